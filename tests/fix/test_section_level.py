"""Subsections one level too high are moved into their section, with all that is below them, or nothing is."""

from __future__ import annotations

import pytest
from tests.fix.one_fix import after

from postmortems.fix.fixes.section_level import FIX


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "## Root Cause Analysis\n\n## Primary Cause\n\nA.\n\n## Contributing Factors\n\n- B.\n\n## Timeline\n\nC.\n",
            "## Root Cause Analysis\n\n### Primary Cause\n\nA.\n\n### Contributing Factors\n\n- B.\n\n## Timeline\n\nC.\n",
            id="both, and not what follows",
        ),
        pytest.param(
            "# Root Cause\n# Direct cause\n## Why\nA.\n",
            "# Root Cause\n## Direct cause\n### Why\nA.\n",
            id="what stands below moves along",
        ),
        pytest.param(
            "## Response Evaluation ##\r\n\r\n## What Went Well ##\r\nA.\r\n",
            "## Response Evaluation ##\r\n\r\n### What Went Well ##\r\nA.\r\n",
            id="other line ends, and signs behind",
        ),
        pytest.param(
            "## Root Cause Analysis\n\n<!-- why? -->\n\n## Primary Cause\n\n```\n## no heading\n```\n\n## Contributing Factors\n\nB.\n",
            "## Root Cause Analysis\n\n<!-- why? -->\n\n### Primary Cause\n\n```\n## no heading\n```\n\n### Contributing Factors\n\nB.\n",
            id="code keeps its signs",
        ),
    ],
)
def test_they_are_moved_into_it(text: str, expected: str) -> None:
    assert after(FIX, text) == expected
    assert after(FIX, expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("## Root Cause Analysis\n\nA.\n\n## Primary Cause\n\nB.\n", id="the section has text"),
        pytest.param("## Timeline\n\n## Primary Cause\n\nB.\n", id="another section's"),
        pytest.param("## Root Cause Analysis\n\n## Notes\n\nA.\n\n## Primary Cause\n\nB.\n", id="not right behind it"),
        pytest.param("Root Cause\n---\n\nDirect cause\n---\n\nB.\n", id="underlined"),
        pytest.param("###### Root Cause\n\n###### Direct cause\n\nB.\n", id="no level is left"),
        pytest.param("## Root Cause\n\n## Direct cause\n\n###### B\n\nB.\n", id="no level is left below it"),
        pytest.param("## Root Cause Analysis\n\n### Primary Cause\n\nB.\n", id="they are in it"),
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert after(FIX, text) == text

"""A skeleton for what is missing: at its place, one level below its parent, with nothing in it that passes for content."""

from __future__ import annotations

import pytest
from tests.fix.one_fix import after, proposed

from postmortems.fix.fixes.missing_section import FIX

TEMPLATE = """\
---
title: x
---

# Title

## Executive Summary

<!-- In short. -->

[Summary]

## Timeline

<!-- postmortems: allow empty-timeline: it is a template -->
<!-- When? -->

| Time | Event |
|---|---|

## Causes ##

### Primary cause (technical)

<!-- Why?
     Really. -->

- [Cause]
"""

DOCUMENT = """\
---
severity: SEV1
---

# Title

Intro.

## Executive Summary

Text.

## Root Cause Analysis

### Primary Cause

Text.

### Contributing Factors

- Text.

## Impact Assessment

Text.
"""


def fill(text: str, *sections: str, template: str = TEMPLATE) -> str:
    """The text with those of these sections that it lacks, by the template above."""
    return after(FIX, text, template=template, sections=list(sections))


@pytest.mark.parametrize(
    ("sections", "line", "added"),
    [
        pytest.param(
            ["Timeline"],
            "Text.\n\n## Root Cause Analysis",
            "Text.\n\n## Timeline\n\n<!-- When? -->\n\n## Root Cause Analysis",
            id="behind the one that precedes it",
        ),
        pytest.param(
            ["Detection Gaps"],
            "- Text.\n",
            "- Text.\n\n### Detection Gaps\n",
            id="below its parent, behind its sister",
        ),
        pytest.param(
            ["Technical Impact", "Business Impact"],
            "## Impact Assessment\n\nText.\n",
            "## Impact Assessment\n\nText.\n\n### Technical Impact\n\n### Business Impact\n",
            id="two at one place in the template's order",
        ),
        pytest.param(
            ["Long-term", "Action Items", "Immediate"],
            "## Impact Assessment\n\nText.\n",
            "## Impact Assessment\n\nText.\n\n## Action Items\n\n### Immediate\n\n### Long-term\n",
            id="a parent with what it lacks",
        ),
    ],
)
def test_where_it_is_put(sections: list[str], line: str, added: str) -> None:
    assert DOCUMENT.count(line) == 1
    assert fill(DOCUMENT, *sections) == DOCUMENT.replace(line, added)


@pytest.mark.parametrize(
    ("text", "section", "expected"),
    [
        pytest.param(
            "---\na: b\n---\n\n## Timeline\n\nText\n",
            "Executive Summary",
            "---\na: b\n---\n\n## Executive Summary\n\n<!-- In short. -->\n\n## Timeline\n\nText\n",
            id="before the one that follows it",
        ),
        pytest.param(
            "---\na: b\n---\n## Timeline\nText\n",
            "Executive Summary",
            "---\na: b\n---\n\n## Executive Summary\n\n<!-- In short. -->\n\n## Timeline\nText\n",
            id="right below the front matter",
        ),
        pytest.param("## Timeline\n\nText", "Executive Summary", "## Executive Summary\n\n<!-- In short. -->\n\n## Timeline\n\nText", id="on the first line"),
        pytest.param("---\na: b\n---", "Timeline", "---\na: b\n---\n\n## Timeline\n\n<!-- When? -->", id="in a file without a body"),
        pytest.param("---\na: b\n---\n\nText  \n\n", "Timeline", "---\na: b\n---\n\nText  \n\n## Timeline\n\n<!-- When? -->\n\n", id="in a file without headings"),
        pytest.param("# Timeline\n\nText\n", "Root Cause Analysis", "# Timeline\n\nText\n\n# Causes\n", id="on the level of the others, in the template's words"),
        pytest.param(
            "## A\n\n### Root Cause\n\nText\n\n## B\n",
            "Primary Cause",
            "## A\n\n### Root Cause\n\nText\n\n#### Primary cause (technical)\n\n<!-- Why?\n     Really. -->\n\n## B\n",
            id="one level below its parent, with the guidance as it is",
        ),
        pytest.param("## Timeline\n\n- 14:23 x\n## Lessons\n", "Action Items", "## Timeline\n\n- 14:23 x\n\n## Action Items\n\n## Lessons\n", id="where no empty line was"),
    ],
)  # fmt: skip
def test_shapes_of_documents(text: str, section: str, expected: str) -> None:
    assert fill(text, section) == expected


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        pytest.param(
            "## Time line of it all\n\nText\n", ["Time line of all"], id="a section that is not the template's"
        ),
        pytest.param("## Timelines\n\nText\n", ["Timeline"], id="a heading may be meant for it"),
        pytest.param("## Timeline\n\nText\n", ["Primary Cause"], id="its parent is missing and not asked for"),
        pytest.param("###### Root Cause\n\nText\n", ["Primary Cause"], id="no level is left"),
        pytest.param("## Timeline\n\nText\n", ["Timeline"], id="it is there"),
        pytest.param("", ["Timeline"], id="an empty file"),
        pytest.param("# A\n\n**Summary:** b\n", ["Timeline"], id="labels play the part of headings"),
    ],
)
def test_what_is_not_added(text: str, sections: list[str]) -> None:
    assert fill(text, *sections) == text


def test_a_comment_of_the_template_that_is_not_closed_is_not_copied() -> None:
    assert fill("Text\n", "Timeline", template="## Timeline\n\n<!-- When?\n") == "Text\n\n## Timeline\n"


def test_it_is_no_matter_of_form() -> None:
    assert not any(one.is_form for one in proposed(FIX, DOCUMENT))

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
            "## A\n\n### Root Cause\n\n#### Primary cause (technical)\n\nText\n\n## B\n",
            id="above its text, one level below its parent",
        ),
        pytest.param(
            "## A\n\n### Root Cause\n\n## B\n",
            "Primary Cause",
            "## A\n\n### Root Cause\n\n#### Primary cause (technical)\n\n<!-- Why?\n     Really. -->\n\n## B\n",
            id="one level below its parent, with the guidance as it is",
        ),
        pytest.param(
            "# Checkout\n\nFor half an hour one order in five failed.\n\n- It is over.\n\n## Timeline\n\nText\n",
            "Executive Summary",
            "# Checkout\n\n## Executive Summary\n\nFor half an hour one order in five failed.\n\n- It is over.\n\n## Timeline\n\nText\n",
            id="above what the document begins with",
        ),
        pytest.param(
            "---\na: b\n---\nFor half an hour one order in five failed.\n\n## Timeline\n\nText\n",
            "Executive Summary",
            "---\na: b\n---\n\n## Executive Summary\n\nFor half an hour one order in five failed.\n\n## Timeline\n\nText\n",
            id="above what stands before all headings",
        ),
        pytest.param(
            "# Checkout\n\n**Date:** 2 March 2026, written by the orders team\n\n## Timeline\n\nText\n",
            "Executive Summary",
            "# Checkout\n\n**Date:** 2 March 2026, written by the orders team\n\n## Executive Summary\n\n<!-- In short. -->\n\n## Timeline\n\nText\n",
            id="below what is no summary",
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
        pytest.param(
            "## Response Evaluation\n\nText.\n",
            ["What Went Well", "Areas for Improvement"],
            id="the text may be of either",
        ),
        pytest.param("## Timelines\n\nText\n", ["Timeline"], id="a heading may be meant for it"),
        pytest.param("## Timeline\n\nText\n", ["Primary Cause"], id="its parent is missing and not asked for"),
        pytest.param("###### Root Cause\n\nText\n", ["Primary Cause"], id="no level is left"),
        pytest.param("###### Root Cause\n", ["Primary Cause"], id="no level is left, and no text is there"),
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


def test_two_at_one_place_stand_in_the_order_of_the_template() -> None:
    text = "## Impact Assessment\n\n## Timeline\n\nText\n"
    assert fill(text, "Business Impact", "Technical Impact") == (
        "## Impact Assessment\n\n### Technical Impact\n\n### Business Impact\n\n## Timeline\n\nText\n"
    )


def test_both_causes_are_missing_and_the_text_is_of_the_first() -> None:
    text = "## Root Cause Analysis\n\nThe pool was too small.\n\n## Timeline\n\nText\n"
    assert fill(text, "Primary Cause", "Contributing Factors") == (
        "## Root Cause Analysis\n\n### Primary cause (technical)\n\nThe pool was too small.\n\n"
        "### Contributing Factors\n\n## Timeline\n\nText\n"
    )


NEAR_MISS = """\
---
severity: SEV1
kind: near-miss
---

The archive had filled the disk of the orders database to 97 %.

## Action Items

- [ ] Alert at 80 % of the disk
"""


def test_a_near_miss_gets_the_sections_of_its_short_form() -> None:
    written = after(FIX, NEAR_MISS)
    assert written == NEAR_MISS.replace("The archive", "## Executive Summary\n\nThe archive").replace(
        "## Action Items",
        "## What Saved Us\n\n<!-- A line each: a limit, an alert, a habit, a second look. Say when it was luck: luck is"
        " what may be missing the next time. -->\n\n## Action Items",
    )
    assert after(FIX, written) == written


def test_a_near_miss_with_what_went_well_gets_nothing_else() -> None:
    text = NEAR_MISS.replace("The archive", "## Summary\n\nThe archive").replace(
        "## Action Items", "## What went well\n\nSomeone looked.\n\n## Action Items"
    )
    assert proposed(FIX, text) == []


def test_a_section_that_only_the_settings_ask_for_has_no_guidance() -> None:
    sections = {"default": ["Executive Summary", "Runbook Changes"]}
    written = after(FIX, "---\nseverity: SEV1\n---\n\n## Executive Summary\n\nText.\n", sections=sections)
    assert written.endswith("Text.\n\n## Runbook Changes\n")

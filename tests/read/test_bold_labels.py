"""Bold labels that play a heading's part, and better headings that outdo weaker ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.section import Body
from postmortems.model.source import Source
from postmortems.read.body import read_body


def read(text: str) -> Body:
    return read_body(Source("x.md", text), {})


def sections(text: str) -> list[tuple[int, int, str, str | None]]:
    """Level, line, title and canonical name of every section."""
    return [(one.level, one.line, one.title, one.name) for one in read(text).walk()]


def test_a_document_of_labels() -> None:
    text = """\
# Queue stalled

**Summary**

The queue stalled.

**Root Cause:** a full disk
on one node.

__Impact__: 40 orders
**Timeline**
- 14:23 Alert

**Note:** all is well.
"""
    assert sections(text) == [
        (1, 1, "Queue stalled", None),
        (2, 3, "Summary", "Executive Summary"),
        (2, 7, "Root Cause:", "Root Cause Analysis"),
        (2, 10, "Impact", "Impact Assessment"),
        (2, 11, "Timeline", "Timeline"),
    ]
    by_name = {one.name: one for one in read(text).walk()}
    cause = by_name["Root Cause Analysis"]
    assert [(block.first, block.last, block.text) for block in cause.blocks] == [(7, 8, "a full disk\non one node.")]
    assert (cause.last, cause.is_label, by_name[None].is_label) == (9, True, False)
    assert [(block.first, block.text) for block in by_name["Impact Assessment"].blocks] == [(10, "40 orders")]
    assert [block.text for block in by_name["Timeline"].blocks] == ["14:23 Alert", "**Note:** all is well."]


def test_labels_below_a_heading_are_its_subsections() -> None:
    text = (
        "## Root Cause Analysis\n\n**Primary Cause:** a disk\n\n**Contributing factors**\n\n- no alert\n\n## Timeline\n"
    )
    assert sections(text) == [
        (2, 1, "Root Cause Analysis", "Root Cause Analysis"),
        (3, 3, "Primary Cause:", "Primary Cause"),
        (3, 5, "Contributing factors", "Contributing Factors"),
        (2, 9, "Timeline", "Timeline"),
    ]


def test_each_incident_of_a_file_has_labels_of_its_own() -> None:
    text = "## First\n\n**Summary:** a\n\n## Second\n\n**Summary:** b\n"
    assert [(level, name) for level, _, _, name in sections(text)] == [
        (2, None), (3, "Executive Summary"), (2, None), (3, "Executive Summary"),
    ]  # fmt: skip


def test_labels_at_the_head_of_a_document_with_headings() -> None:
    text = (
        "# Stall\n\n**Date:** 2024-05-02\n\n**Summary**: It stalled.\n\n**Root Causes**: a disk\n**Detection:** alert\n\n"
        "**Timeline:** below\n\n## Timeline\n\n**Impact:** none\n"
    )
    assert sections(text) == [
        (1, 1, "Stall", None),
        (2, 5, "Summary", "Executive Summary"),
        (2, 7, "Root Causes", "Root Cause Analysis"),
        (3, 8, "Detection:", "Detection Gaps"),
        (2, 12, "Timeline", "Timeline"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("## Summary\n\n**Impact:** high\n", id="headings name sections"),
        pytest.param("## Root cause\n\n### Details\n\n**Primary cause:** x\n", id="the section has headings below it"),
        pytest.param("## Timeline\n\n**Immediate**\n\n- 14:23 x\n", id="a subsection of another section"),
        pytest.param("**Impact** of this was high.\n", id="a bold word in a sentence"),
        pytest.param("- **Impact:** high\n", id="in a list"),
        pytest.param("> **Impact:** high\n", id="in a quote"),
        pytest.param("```\n**Impact**\n```\n", id="in code"),
        pytest.param("Text **Impact:** high\n", id="not at the beginning"),
        pytest.param("**Severity:** 2\n**Status:** Resolved\n", id="no section"),
        pytest.param("**14:23 UTC** - Alert\n", id="a time"),
    ],
)
def test_labels_that_are_none(text: str) -> None:
    assert not [one for one in read(text).walk() if one.is_label]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("## Preventive Measures\n\n- a\n\n## Action Items\n\n- b\n", [None, "Action Items"], id="weak"),
        pytest.param("## Preventive Measures\n\n- a\n\n## Follow-ups\n", [None, "Action Items"], id="weak and a synonym"),
        pytest.param("## Preventive Measures\n\n- a\n", ["Action Items"], id="weak alone"),
        pytest.param("## Action Items\n\n- b\n\n## Prevention\n\n- [ ] a\n", ["Action Items", "Action Items"], id="with boxes"),
        pytest.param("## What happened\n\n## TL;DR\n", [None, "Executive Summary"], id="a summary"),
        pytest.param("## Impact & Scope\n\n## Impact\n", [None, "Impact Assessment"], id="a part"),
        pytest.param("## Remediation\n\n## Follow-ups & thanks\n", ["Action Items", None], id="weak and a part"),
        pytest.param("# Postmortem: root cause\n\n## Timeline\n", [None, "Timeline"], id="a title"),
        pytest.param("# Root cause: disk\n\n# Timeline\n", ["Root Cause Analysis", "Timeline"], id="headings of level 1"),
    ],
)  # fmt: skip
def test_a_better_heading_outdoes_a_weaker_one(text: str, expected: list[str | None]) -> None:
    assert [one.name for one in read(text).walk()] == expected


def test_an_optional_section_leaves_labels_their_part() -> None:
    text = "**Impact**\n\nAll users.\n\n## What Surprised Us\n\nThe queue.\n"
    assert [section.name for section in read(text).walk()] == ["Impact Assessment", "What Surprised Us"]


def test_the_section_that_bears_the_name_is_found_first() -> None:
    body = read("## Overview\n\na\n\n## Executive Summary\n\nb\n")
    found = body.find("Executive Summary")
    assert (found and found.line, [one.line for one in body.find_all("Executive Summary")]) == (5, [1, 5])


LINES = [
    "**Summary**",
    "**Impact:** x",
    "text",
    "",
    "# T",
    "## Root cause",
    "**Primary cause** - y",
    "- a",
    "__Timeline__",
]


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_every_line_of_text_stays_where_it_was(lines: list[str]) -> None:
    body = read("\n".join(lines))
    for block in body.blocks():
        for number, text in enumerate(block.text.split("\n"), block.first):
            assert text.strip() in body.line(number)
    for section in body.walk():
        assert section.title.strip("*_: ") in body.line(section.line)
        assert section.line <= section.last

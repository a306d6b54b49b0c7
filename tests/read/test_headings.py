"""Headings as authors write them, and the section that each opens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.section import SECTIONS
from postmortems.read.headings import canonical_name, plain_heading


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        *((name, name) for name in SECTIONS),
        ("executive summary", "Executive Summary"),
        ("TL;DR", "Executive Summary"),
        ("1. Timeline:", "Timeline"),
        (r"1\. Timeline", "Timeline"),
        ("2.1 Timeline", "Timeline"),
        ("**Timeline**", "Timeline"),
        ("⏱️ Timeline", "Timeline"),
        (":alarm_clock: Timeline", "Timeline"),
        ("Timeline (UTC)", "Timeline"),
        ("Timeline (all times PST)", "Timeline"),
        ("Timeline [CET]", "Timeline"),
        ("Timeline (UTC) 1/29/24 - 2/16/24. All times approximate", "Timeline"),
        ("Timeline, Monday May 10th 2021", "Timeline"),
        ("Incident Timeline", "Timeline"),
        ("Sequence of events", "Timeline"),
        ("[Timeline](#timeline)", "Timeline"),
        ("Timeline {#timeline}", "Timeline"),
        ("What didn't go well", "Areas for Improvement"),
        ("What didn’t go well?", "Areas for Improvement"),
        ("Where we got lucky", "What Went Well"),
        ("Short term", "Short-term"),
        ("Immediate (Complete within 1 week)", "Immediate"),
        ("Follow-up tasks", "Action Items"),
        ("Corrective and Preventative Measures", "Action Items"),
        ("Root Cause(s) — 5-Whys", "Root Cause Analysis"),
        ("Root cause: the pool", "Root Cause Analysis"),
        ("What happened?", "Executive Summary"),
        ("How we responded", "Response Evaluation"),
        ("Root cause of the outage", "Root Cause Analysis"),
        ("2. Root Cause of the Issue", "Root Cause Analysis"),
        ("Impact of the outage", "Impact Assessment"),
        ("Impact Summary", "Impact Assessment"),
        ("What was impacted?", "Impact Assessment"),
        ("Synopsis", "Executive Summary"),
        ("Remediation", "Action Items"),
        ("Conclusion", "Lessons Learned"),
        ("Follow-up improvements", "Action Items"),
        ("Impact on users", "Impact Assessment"),
        ("What was the problem?", "Executive Summary"),
        ("Why this happens", "Root Cause Analysis"),
        ("Action Items & Follow-ups", "Action Items"),
        ("Action items / next steps", "Action Items"),
        ("Lessons learned and thanks", "Lessons Learned"),
        ("Impact, by region", "Impact Assessment"),
        ("3. Background & Timeline", "Timeline"),
        ("P1 – Short-term", "Short-term"),
        ("Saved by", "What Saved Us"),
        ("What prevented an incident?", "What Saved Us"),
        ("Surprises", "What Surprised Us"),
        ("6. What surprised us:", "What Surprised Us"),
        ("Difficulties in handling", "What Made It Hard"),
        ("Open questions", "Still Not Understood"),
        ("What we still don't understand", "Still Not Understood"),
        ("Runbook updates", "Runbook Changes"),
        ("Open questions and next steps", "Action Items"),
        ("Surprises & Root Cause", "Root Cause Analysis"),
    ],
)
def test_sections(heading: str, name: str) -> None:
    assert canonical_name(heading, {}) == name


@pytest.mark.parametrize(
    "heading",
    [
        "Timeline of the deployment tool",
        "Timeliness",
        "Why it went well",
        "Our timeline",
        "Timelines",
        "Well",
        "",
        "1.",
        "Cause of joy",
        "Resolution",
        "Resolution and recovery",
        "Mitigation",
        "Response and thanks",
        "Scope & Goals",
        "Action Items of last year",
        "Bring and What went wellness",
        "Runbook",
        "Questions",
        "Surprises of the year",
        "Conclusions-first writing",
        "and",
        "&",
    ],
)
def test_other_headings(heading: str) -> None:
    assert canonical_name(heading, {}) is None


def test_synonyms_of_the_settings_come_first() -> None:
    synonyms = {"Was ist passiert?": "Executive Summary", "Events": "Lessons Learned"}
    assert canonical_name("Was ist passiert", synonyms) == "Executive Summary"
    assert canonical_name("EVENTS:", synonyms) == "Lessons Learned"


@pytest.mark.parametrize(
    ("heading", "plain"),
    [
        ("**Root** `cause` of [it](a.md)", "Root cause of it"),
        ("_Timeline_ of snake_case", "Timeline of snake_case"),
        ("Timeline {: .wide }", "Timeline"),
        (r"1\. Follow-ups \& actions", "1. Follow-ups & actions"),
    ],
)
def test_plain(heading: str, plain: str) -> None:
    assert plain_heading(heading) == plain


@given(st.text(max_size=80))
def test_case_and_emphasis_never_count(heading: str) -> None:
    name = canonical_name(heading, {})
    if name:
        assert canonical_name(f"**{heading.strip()}**", {}) == name

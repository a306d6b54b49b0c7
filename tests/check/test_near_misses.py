"""A near miss in its short form: three sections, a day, and nothing asked for that it cannot have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortems.model.diagnostic import Diagnostic

Check = Callable[..., tuple[Diagnostic, ...]]

PATH = "postmortems/2024/02-disk/postmortem.md"
SHORT = """\
---
title: The disk was 97 % full
status: published
severity: SEV1
kind: near-miss
services: [orders]
owner: Orders
date: 2024-02-06
root_cause: disk without an alert
patterns: []
published_on: 2024-02-07
---

## Executive Summary

The archive had filled the disk of the orders database to 97 %.

## What Saved Us

- An engineer looked at the disk for another reason.

## Action Items

- [ ] [Orders] Alert at 80 % of the disk (due: 2024-03-01, kind: detect)
"""
FULL = """
## Timeline

The archive grew for weeks.

## Root Cause Analysis

### Primary Cause

Nothing removes old files.

### Contributing Factors

- No alert.
- No quota.

## Impact Assessment

No user saw anything.

## Response Evaluation

### What Went Well

- Someone looked.

### Areas for Improvement

- Look sooner.
"""


def said(found: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{each.rule}: {each.message}" for each in found if each.place.path == PATH]


def test_the_short_form_passes(check: Check) -> None:
    assert said(check(files={PATH: SHORT})) == []


@pytest.mark.parametrize("kind", ["near miss", "nearmiss", "Near-Miss", "near_miss", "near-mis"])
def test_a_slip_in_its_kind_is_one_error_and_no_more(kind: str, check: Check) -> None:
    found = check(files={PATH: SHORT.replace("kind: near-miss", f"kind: {kind}")})
    assert said(found) == [f'invalid-value: "kind" is "{kind}", which is not an allowed value']


def test_front_matter_that_cannot_be_read_is_asked_for_the_short_form(check: Check) -> None:
    broken = SHORT.replace("title: The disk was 97 % full", 'title: "The disk" was 97 % full')
    assert {each.partition(":")[0] for each in said(check(files={PATH: broken}))} == {"invalid-yaml"}


def test_another_word_for_a_kind_is_no_near_miss(check: Check) -> None:
    found = check(files={PATH: SHORT.replace("kind: near-miss", "kind: outage")})
    assert "missing-section" in {each.rule for each in found if each.place.path == PATH}


def test_an_incident_of_this_form_does_not(check: Check) -> None:
    found = check(files={PATH: SHORT.replace("kind: near-miss\n", "")})
    assert {each.rule for each in found if each.place.path == PATH} == {"missing-field", "missing-section"}
    assert ['"kind: near-miss"' in each.help for each in found if each.rule == "missing-section"] == [True] + 7 * [
        False
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param("## Executive Summary", "## What happened", [], id="a usual heading of the summary"),
        pytest.param("## What Saved Us", "## Saved by", [], id="a usual heading of what saved it"),
        pytest.param("## What Saved Us", "### What went well", [], id="what went well"),
        pytest.param("## What Saved Us", "## Where we got lucky", [], id="luck"),
        pytest.param(
            "## What Saved Us", "## Details", ['missing-section: section "What Saved Us" is missing'], id="without it"
        ),
        pytest.param(
            "- An engineer looked at the disk for another reason.",
            "<!-- soon -->",
            ['empty-section: section "What Saved Us" is empty'],
            id="with nothing in it",
        ),
        pytest.param(
            "## Executive Summary\n\nThe archive had filled the disk of the orders database to 97 %.\n\n",
            "",
            ['missing-section: section "Executive Summary" is missing'],
            id="without a summary",
        ),
        pytest.param(
            "\n## Action Items\n\n- [ ] [Orders] Alert at 80 % of the disk (due: 2024-03-01, kind: detect)\n",
            FULL,
            ['missing-section: section "Action Items" is missing'],
            id="the full form without its end",
        ),
        pytest.param("\n## Action Items", f"{FULL}\n## Action Items", [], id="with the sections of the full form"),
        pytest.param("date: 2024-02-06\n", "", ['missing-field: the front matter has no "date", and no "started_at"'], id="no day"),
        pytest.param("date: 2024-02-06", "started_at: 2024-02-06T14:20:00Z", [], id="a time in place of the day"),
        pytest.param(
            "date: 2024-02-06",
            "started_at: unknown",
            ['missing-field: the front matter has no "date", and "started_at" is unknown'],
            id="an unknown time in place of the day",
        ),
        pytest.param(
            "root_cause: disk without an alert\n", "", ['missing-field: the front matter has no "root_cause"'], id="no cause"
        ),
        pytest.param(
            "date: 2024-02-06",
            "started_at: 2024-02-06T14:20:00Z\ndetected_at: 2024-02-06T20:20:00Z\ndetected_by: staff",
            [],
            id="seen late, and by a person",
        ),
        pytest.param(
            "date: 2024-02-06",
            "started_at: 2024-02-06T14:20:00Z\ndetected_at: 2024-02-06T14:20:00Z",
            [],
            id="seen as it began",
        ),
    ],
)  # fmt: skip
def test_what_it_needs(old: str, new: str, found: list[str], check: Check) -> None:
    assert old in SHORT
    assert said(check(files={PATH: SHORT.replace(old, new)})) == found


@pytest.mark.parametrize(
    ("sections", "found"),
    [
        pytest.param(["Executive Summary"], [], id="those of an incident, all there"),
        pytest.param(["Timeline", "Lessons Learned"], [], id="those of an incident, not there"),
        pytest.param({"near-miss": ["Lessons Learned"]}, ["Lessons Learned"], id="its own"),
        pytest.param({"near-miss": []}, [], id="none"),
        pytest.param({"default": ["Timeline"], "drill": ["Timeline"], "SEV1": ["Timeline"]}, [], id="those of others"),
    ],
)
def test_the_setting_by_kind(sections: object, found: list[str], check: Check) -> None:
    short = said(check(files={PATH: SHORT}, sections=sections))
    assert short == [f'missing-section: section "{name}" is missing' for name in found]


def test_what_passed_before_passes(check: Check) -> None:
    only_summary = SHORT.partition("## What Saved Us")[0]
    assert said(check(files={PATH: only_summary}, sections=["Executive Summary"], only="missing-section")) == []
    missing = said(check(files={PATH: only_summary}, only="missing-section"))
    assert missing == [f'missing-section: section "{name}" is missing' for name in ("What Saved Us", "Action Items")]


def test_a_drill_may_have_a_list_of_its_own(check: Check) -> None:
    drill = SHORT.replace("kind: near-miss", "kind: drill")
    found = check(files={PATH: drill}, sections={"drill": ["Executive Summary"]}, only="missing-section")
    assert said(found) == []


@pytest.mark.parametrize("name", ["What Surprised Us", "What Made It Hard", "Still Not Understood", "Runbook Changes"])
def test_optional_sections_are_free(name: str, check: Check) -> None:
    written = SHORT.replace("## Action Items", f"## {name}\n\n- The archive has no owner.\n\n## Action Items")
    assert said(check(files={PATH: written})) == []


@pytest.mark.parametrize("name", ["What Surprised Us", "What Made It Hard", "Still Not Understood", "What Saved Us"])
def test_optional_sections_are_read_for_blame(name: str, check: Check) -> None:
    blame = f"## {name}\n\n- The on-call engineer forgot the archive.\n\n## Action Items"
    found = check(files={PATH: SHORT.replace("## Action Items", blame)}, only="blaming-language")
    assert [each.place.line for each in found if each.place.path == PATH] == [24]

"""Levels from the settings: by rule, and where a team needs it by the status and the severity of the postmortem."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postmortems.check.levels import unknown_rules
from postmortems.model.diagnostic import Diagnostic
from postmortems.settings.parsing import SettingProblem, parse_settings

Check = Callable[..., tuple[Diagnostic, ...]]

NO_SUMMARY = ("## Executive Summary", "")
DRAFT = ("status: published", "status: draft")
IN_REVIEW = ("status: published", "status: in-review")
SEV1 = ("severity: SEV2", "severity: SEV1")
SEV3 = ("severity: SEV2", "severity: SEV3")


OTHER = """---
title: Another
status: published
severity: SEV3
services: [api]
started_at: unknown
detected_at: unknown
mitigated_at: unknown
resolved_at: unknown
date: 2024-02-07
root_cause: unknown
patterns: []
published_on: 2024-02-12
---
"""


def levels(found: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.level.value) for one in found]


@pytest.mark.parametrize(
    ("table", "changes", "expected"),
    [
        pytest.param({"SEV1": "info"}, [SEV1], "info", id="by severity"),
        pytest.param({"SEV1": "info"}, [], "error", id="another severity: as the rule says"),
        pytest.param({"SEV1": "info", "default": "warning"}, [], "warning", id="another severity: the default"),
        pytest.param({"SEV1": "info", "default": "warning"}, [SEV1], "info", id="the severity before the default"),
        pytest.param({"in-review": "info"}, [IN_REVIEW], "info", id="by status"),
        pytest.param({"in-review": "info"}, [], "error", id="another status: as the rule says"),
        pytest.param({"in-review": "info", "SEV1": "warning"}, [IN_REVIEW, SEV1], "info", id="status before severity"),
        pytest.param({"SEV1": "warning", "in-review": "info"}, [IN_REVIEW, SEV1], "info", id="in any order"),
        pytest.param({"draft": "off", "SEV1": "error"}, [DRAFT, SEV1], None, id="off in a draft, even of the worst"),
        pytest.param({"draft": "off", "SEV1": "error"}, [SEV1], "error", id="and back when it is published"),
        pytest.param({"draft": False}, [DRAFT], None, id="off, as YAML reads it"),
        pytest.param({"default": False, "SEV1": "error"}, [SEV1], "error", id="off, but not for the worst"),
        pytest.param({"default": False, "SEV1": "error"}, [], None, id="off for all others"),
        pytest.param({"SEV1": False, "SEV2": False}, [], None, id="off for two"),
        pytest.param({"SEV1": False, "SEV2": False}, [SEV3], "error", id="and not for the third"),
        pytest.param({"SEV1": "error", "default": "error"}, [DRAFT, SEV1], "warning", id="a draft is softened"),
        pytest.param({"draft": "error"}, [DRAFT], "error", id="unless the level is for drafts"),
        pytest.param({}, [], "error", id="an empty table says nothing"),
    ],
)
def test_a_level_by_status_and_severity(
    table: dict[str, object], changes: list[tuple[str, str]], expected: str | None, check: Check
) -> None:
    found = check(NO_SUMMARY, *changes, levels={"missing-section": table})
    assert levels(found) == ([("PM101", expected)] if expected else [])


def test_the_name_outweighs_the_code_as_a_whole(check: Check) -> None:
    chosen = {"PM101": {"SEV2": "info"}, "missing-section": {"SEV1": "info"}}
    assert levels(check(NO_SUMMARY, levels=chosen)) == [("PM101", "error")]


def test_without_a_severity_the_default_counts(check: Check) -> None:
    chosen = {"missing-section": {"SEV2": "info", "default": "warning"}}
    assert ("PM101", "warning") in levels(check(NO_SUMMARY, ("severity: SEV2\n", ""), levels=chosen))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("postmortems/2024/01-database-connection-pool/timeline.json", "info", id="its timeline.json"),
        pytest.param("postmortems/2024/02-other/timeline.json", "error", id="that of another"),
    ],
)
def test_a_finding_beside_a_postmortem_goes_by_its_severity(path: str, expected: str, check: Check) -> None:
    too_large = b" " * (2 * 1024 * 1024 + 1)
    files = {path: too_large, "postmortems/2024/02-other/postmortem.md": OTHER}
    found = check(files=files, levels={"unreadable-file": {"SEV2": "info"}})
    assert [one.level for one in found if one.rule == "unreadable-file"] == [expected]


def test_a_pattern_has_neither_status_nor_severity(check: Check) -> None:
    chosen = {"missing-front-matter": {"SEV2": "off", "published": "off", "default": "warning"}}
    found = check(("[database-issues]", "[]"), files={"patterns/database-issues.md": "words\n"}, levels=chosen)
    assert ("PM002", "warning") in levels(found)


@pytest.mark.parametrize(
    ("chosen", "problems"),
    [
        ({"missing-section": "off", "PM101": "info"}, ()),
        (
            {"mising-section": "off"},
            (
                SettingProblem(
                    "levels.mising-section", 'no rule has this name or code; did you mean "missing-section"?'
                ),
            ),
        ),
        (
            {"zzz": "off"},
            (
                SettingProblem(
                    "levels.zzz", "no rule has this name or code; the rules are PM001 to PM905, see the guide"
                ),
            ),
        ),
    ],
)
def test_levels_of_unknown_rules(chosen: dict[str, str], problems: tuple[SettingProblem, ...]) -> None:
    assert unknown_rules(parse_settings({"levels": chosen})[0]) == problems


@pytest.mark.parametrize(
    ("status", "broken", "expected"),
    [
        pytest.param("draft", ("title: ", "title: a: "), [("PM003", "error"), ("PM101", "warning")], id="a draft"),
        pytest.param("published", ("title: ", "title: a: "), [("PM003", "error"), ("PM101", "error")], id="published"),
        pytest.param("draft", ("---\ntitle", "+++\ntitle"), [("PM002", "error"), ("PM101", "warning")], id="no YAML"),
        pytest.param("draft", ("severity: SEV2", "severity: [SEV2"), [("PM003", "error"), ("PM101", "warning")], id="a bracket"),
        pytest.param("darft", ("title: ", "title: a: "), [("PM003", "error"), ("PM101", "error")], id="no status there is"),
    ],
)  # fmt: skip
def test_a_broken_line_does_not_cost_a_draft_its_status(
    status: str, broken: tuple[str, str], expected: list[tuple[str, str]], check: Check
) -> None:
    found = check(broken, ("status: published", f"status: {status}"), NO_SUMMARY)
    assert [pair for pair in levels(found) if pair[0] in ("PM002", "PM003", "PM005", "PM101")] == expected

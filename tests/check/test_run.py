"""How problems are weighed: by the rule, by the settings, and by whether the postmortem is a draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from postmortems.analyse.analysis import Analysis
from postmortems.check.registry import RULES
from postmortems.check.run import check_corpus, fails
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic, Level, Problem
from postmortems.model.place import Place
from postmortems.settings import Settings

Check = Callable[..., tuple[Diagnostic, ...]]

NO_SUMMARY = ("## Executive Summary", "")
DRAFT = ("status: published", "status: draft")
TODAY = date(2024, 3, 1)


def levels(found: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.level.value) for one in found]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        pytest.param({}, [("PM101", "error")], id="as the rule says"),
        pytest.param({"missing-section": "info"}, [("PM101", "info")], id="by name"),
        pytest.param({"PM101": "warning"}, [("PM101", "warning")], id="by code"),
        pytest.param({"pm101": "off"}, [], id="off"),
        pytest.param({"missing-section": False}, [], id="off, as YAML reads it"),
        pytest.param(
            {"missing-section": "info", "PM101": "off"}, [("PM101", "info")], id="the name outweighs the code"
        ),
        pytest.param({"PM101": "off", "missing-section": "info"}, [("PM101", "info")], id="in any order"),
    ],
)
def test_the_settings_choose_the_level(chosen: dict[str, str], expected: list[tuple[str, str]], check: Check) -> None:
    assert levels(check(NO_SUMMARY, levels=chosen)) == expected


def test_what_reading_finds_can_be_switched_off_too(check: Check) -> None:
    replaced = ("owner: storage-team", "ownr: storage-team")
    assert levels(check(replaced)) == [("PM006", "error")]
    assert check(replaced, levels={"unknown-field": "off"}) == ()


@pytest.mark.parametrize(
    ("replaced", "expected"),
    [
        pytest.param(NO_SUMMARY, [("PM101", "warning")], id="missing section"),
        pytest.param(
            ("A pool is a queue, and a queue wants an alert on its length.", ""),
            [("PM102", "warning")],
            id="empty section",
        ),
        pytest.param(("[storage-team] Alert", "[Owner] Alert"), [("PM103", "warning")], id="template text"),
        pytest.param(("| 14:32 |", "| 14:72 |"), [("PM202", "warning")], id="unreadable time"),
        pytest.param(("| 14:32 |", "| 14:22 |"), [("PM203", "warning")], id="timeline goes back"),
        pytest.param(("root_cause: connection pool exhaustion\n", ""), [("PM005", "warning")], id="missing field"),
        pytest.param(
            ("root_cause: connection pool exhaustion\n", "root_cause:\n"), [("PM005", "warning")], id="empty field"
        ),
        pytest.param(("severity: SEV2\n", ""), [("PM005", "error")], id="missing severity"),
        pytest.param(("severity: SEV2\n", "severity:\n"), [("PM005", "error")], id="empty severity"),
        pytest.param(
            ("title: API outage - the connection pool ran dry\n", ""), [("PM005", "error")], id="missing title"
        ),
        pytest.param(("severity: SEV2", "severity: SEV9"), [("PM007", "error")], id="invalid value"),
        pytest.param(("14:23:00Z", "14:19:00Z"), [("PM204", "error")], id="moments out of order"),
        pytest.param(("[database-issues]", "[dns]"), [("PM401", "error")], id="unknown pattern"),
        pytest.param(("A pool is a queue,", '<script src="x"></script>'), [("PM705", "error")], id="active HTML"),
    ],
)
def test_a_draft_may_have_parts_missing(
    replaced: tuple[str, str], expected: list[tuple[str, str]], check: Check
) -> None:
    assert levels(check(replaced, DRAFT)) == expected


def test_without_a_status_nothing_is_a_draft(check: Check) -> None:
    found = check(NO_SUMMARY, ("status: published\n", ""))
    assert levels(found) == [("PM005", "error"), ("PM101", "error")]


def test_softened_rules_are_those_of_the_design() -> None:
    softened = {rule.code for rule in RULES if rule.softened_in_drafts}
    ranges = ("PM1", "PM201", "PM202", "PM203", "PM205", "PM206", "PM207", "PM208", "PM3", "PM5", "PM005")
    assert softened == {rule.code for rule in RULES if rule.code.startswith(ranges)}


def test_a_draft_is_softened_even_where_the_settings_say_error_and_never_hardened(check: Check) -> None:
    assert levels(check(NO_SUMMARY, DRAFT, levels={"PM101": "error"})) == [("PM101", "warning")]
    assert levels(check(NO_SUMMARY, DRAFT, levels={"PM101": "info"})) == [("PM101", "info")]


def test_everything_is_reported_at_once_in_the_order_of_place(check: Check) -> None:
    found = check(
        NO_SUMMARY,
        ("severity: SEV2", "severity: SEV9"),
        ("[database-issues]", "[dns]"),
        ("| 14:32 |", "| 14:72 |"),
        files={"patterns/database-issues.md": "no front matter\n"},
    )
    assert [(one.place.path.split("/")[0], one.place.line, one.code) for one in found] == sorted(
        (one.place.path.split("/")[0], one.place.line, one.code) for one in found
    )
    assert {one.code for one in found} >= {"PM007", "PM401", "PM101", "PM202"}


def test_a_problem_that_is_found_twice_is_reported_once() -> None:
    problem = Problem("unreadable-file", Place.at("patterns/x.md"), "m", "h")
    corpus = Corpus(problems=(problem, problem))
    assert len(check_corpus(corpus, Settings(), Analysis(corpus, Settings(), TODAY), TODAY)) == 1


def test_a_problem_of_no_rule_is_a_programming_error() -> None:
    corpus = Corpus(problems=(Problem("no-such-rule", Place.at("x.md"), "m", "h"),))
    with pytest.raises(KeyError, match="no-such-rule"):
        check_corpus(corpus, Settings(), Analysis(corpus, Settings(), TODAY), TODAY)


@pytest.mark.parametrize(
    ("level", "strict", "expected"),
    [
        (Level.ERROR, False, True),
        (Level.ERROR, True, True),
        (Level.WARNING, False, False),
        (Level.WARNING, True, True),
        (Level.INFO, True, False),
    ],
)
def test_what_fails_a_run(level: Level, strict: bool, expected: bool) -> None:
    found = Diagnostic("PM101", "missing-section", level, Place.at("x.md"), "m", "h")
    assert fails([found], strict=strict) is expected
    assert fails([], strict=strict) is False

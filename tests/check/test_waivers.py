"""Waivers at work: what they silence, what they cannot, and which of them are reported themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from postmortems.check.registry import RULES
from postmortems.check.run import fails
from postmortems.check.waivers import Waivers
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic, Problem
from postmortems.model.front_matter import FrontMatter
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body
from postmortems.model.waiver import Waiver

Check = Callable[..., tuple[Diagnostic, ...]]

PATH = "postmortems/2024/01-database-connection-pool/postmortem.md"
FACTORS = "### Contributing Factors\n\n- The pool had no alert on waiting requests.\n- Load tests ran without timeouts."
ONE_FACTOR = "### Contributing Factors\n\n- Load tests ran without timeouts."
ITEM = "- [ ] [storage-team] Run the load tests with timeouts (kind: prevent)"
WISH = "- [ ] [storage-team] Improve testing (kind: prevent)"


def allow(rules: str, reason: str = "as agreed") -> str:
    return f"<!-- postmortems: allow {rules}: {reason} -->"


def reported(found: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return [(one.rule, one.level.value) for one in found]


@pytest.mark.parametrize(
    ("replaced", "expected"),
    [
        pytest.param((FACTORS, ONE_FACTOR), [("single-cause", "warning")], id="not waived"),
        pytest.param((FACTORS, f"{allow('single-cause')}\n{ONE_FACTOR}"), [], id="above the heading"),
        pytest.param(
            (FACTORS, ONE_FACTOR.replace("\n", f" {allow('single-cause')}\n", 1)), [], id="beside the heading"
        ),
        pytest.param((FACTORS, f"{allow('PM402')}\n{ONE_FACTOR}"), [], id="by its code"),
        pytest.param((FACTORS, f"{allow('pm402')}\n{ONE_FACTOR}"), [], id="by its code in small letters"),
        pytest.param(
            (FACTORS, f"{ONE_FACTOR} {allow('single-cause')}"),
            [("single-cause", "warning"), ("unused-waiver", "info")],
            id="on another line",
        ),
        pytest.param(
            (FACTORS, f"{allow('empty-section')}\n{ONE_FACTOR}"),
            [("unused-waiver", "info"), ("single-cause", "warning")],
            id="of another rule",
        ),
        pytest.param(
            (FACTORS, f"{allow('single-cause', '')}\n{ONE_FACTOR}"),
            [("unused-waiver", "warning"), ("single-cause", "warning")],
            id="without a reason",
        ),
        pytest.param((ITEM, WISH), [("action-that-is-a-wish", "warning")], id="a wish"),
        pytest.param((ITEM, f"{WISH} {allow('action-that-is-a-wish')}"), [], id="a wish, waived beside it"),
        pytest.param(
            (ITEM, f"{WISH.replace('[storage-team] ', '')} {allow('action-that-is-a-wish, PM502')}"),
            [],
            id="two rules at once",
        ),
        pytest.param(
            (ITEM, f"{WISH} {allow('action-that-is-a-wish, action-without-owner')}"),
            [("unused-waiver", "info")],
            id="two rules, one of them for nothing",
        ),
        pytest.param(
            ("severity: SEV2", "severity: SEV7 # postmortems: allow PM007: from the old scale"),
            [],
            id="in front matter, beside the value",
        ),
        pytest.param(
            ("severity: SEV2", "# postmortems: allow PM007: from the old scale\nseverity: SEV7"),
            [],
            id="in front matter, above the key",
        ),
        pytest.param(
            (
                "title: API outage - the connection pool ran dry\nstatus",
                "# postmortems: allow missing-field: none yet\nstatus",
            ),
            [],
            id="what stands on line 1",
        ),
    ],
)
def test_a_waiver_silences_its_rule_on_its_lines(
    replaced: tuple[str, str], expected: list[tuple[str, str]], check: Check
) -> None:
    assert reported(check(replaced)) == expected


def test_of_two_waivers_for_one_finding_one_is_too_many(check: Check) -> None:
    twice = f"{allow('action-that-is-a-wish')}\n{WISH} {allow('action-that-is-a-wish')}"
    (found,) = check((ITEM, twice))
    assert (found.rule, found.place.line) == ("unused-waiver", 80)


def test_a_waiver_holds_in_its_own_file_only(check: Check, filled_template: str) -> None:
    other = "postmortems/2024/02-other/postmortem.md"
    files = {
        PATH: filled_template.replace(FACTORS, f"{allow('single-cause')}\n{ONE_FACTOR}"),
        other: filled_template.replace(FACTORS, f"<!-- a -->\n{ONE_FACTOR}"),
    }
    assert [(one.rule, one.place.path) for one in check(files=files)] == [("single-cause", other)]


def test_what_is_found_in_several_files_is_waived_where_it_stands(check: Check, filled_template: str) -> None:
    second = filled_template.replace("---\n", "---\n# postmortems: allow duplicate-number: both are known by it\n", 1)
    again = "postmortems/2024/01-again/postmortem.md"
    found = check(files={again: filled_template})
    assert [one.rule for one in found] == ["duplicate-number"]
    place = found[0].place.path
    whole = {again: second} if place == again else {PATH: second, again: filled_template}
    assert check(files=whole) == ()


def test_a_pattern_can_waive_too(check: Check) -> None:
    pattern = (
        "---\ntitle: x\nfamly: database # postmortems: allow unknown-field: the wiki reads it\nfamily: y\n---\n\nText\n"
    )
    assert check(files={"patterns/database-issues.md": pattern}, only="unknown-field") == ()
    assert check(files={"patterns/database-issues.md": pattern}, only="unused-waiver") == ()


def test_a_timeline_json_cannot(check: Check) -> None:
    beside = PATH.replace("postmortem.md", "timeline.json")
    text = ("## Timeline\n", f"{allow('invalid-timeline-json')}\n## Timeline\n")
    found = check(text, files={beside: "[}"})
    assert reported(found) == [("unused-waiver", "info"), ("invalid-timeline-json", "error")]


def test_a_waived_error_fails_no_run(check: Check) -> None:
    found = check(("## Executive Summary", "## Words"), ("# Postmortem: API", f"{allow('PM101')}\n# Postmortem: API"))
    assert found == ()
    assert not fails(found, strict=True)


@pytest.mark.parametrize(
    ("comment", "level", "message", "help_text"),
    [
        pytest.param(
            "allow sinlge-cause: x",
            "warning",
            '"sinlge-cause" is not a rule',
            'did you mean "single-cause"?',
            id="no rule",
        ),
        pytest.param(
            "allow single-cause",
            "warning",
            'the waiver for "single-cause" has no reason',
            'add a reason after a colon: "allow single-cause: …"',
            id="no reason",
        ),
        pytest.param(
            "allow active-html: x",
            "warning",
            '"active-html" cannot be waived',
            "fix it, or change the rule's level in the settings",
            id="not to be waived",
        ),
        pytest.param(
            "allow unused-waiver: x",
            "warning",
            '"unused-waiver" cannot be waived',
            "fix it, or change the rule's level in the settings",
            id="least of all this one",
        ),
        pytest.param(
            "allow PM402: x",
            "info",
            'the waiver for "PM402" is unused: the rule finds nothing on lines 84 to 85',
            "remove it",
            id="for nothing",
        ),
        pytest.param(
            "alow PM402: x",
            "warning",
            '"alow" does not begin a waiver',
            'write it as "postmortems: allow <rule>: <why>"',
            id="misspelt",
        ),
    ],
)
def test_what_is_said_of_a_waiver(comment: str, level: str, message: str, help_text: str, check: Check) -> None:
    (found,) = check(("A pool is a queue,", f"<!-- postmortems: {comment} -->\nA pool is a queue,"))
    assert (found.rule, found.level, found.place.line) == ("unused-waiver", level, 84)
    assert (found.message, found.help) == (message, help_text)


def test_a_single_line_is_said_as_one(check: Check) -> None:
    (found,) = check(("A pool is a queue,", f"A pool is a queue, {allow('PM402')}"))
    assert found.message == 'the waiver for "PM402" is unused: the rule finds nothing on line 84'


WAIVED = (FACTORS, f"{allow('single-cause')}\n{ONE_FACTOR}")


@pytest.mark.parametrize(
    ("levels", "status", "expected"),
    [
        pytest.param({}, "published", [], id="needed"),
        pytest.param({"single-cause": "off"}, "published", ["unused-waiver"], id="the rule is off"),
        pytest.param({"single-cause": "error"}, "published", [], id="the rule is an error"),
        pytest.param({"single-cause": {"draft": "off"}}, "draft", [], id="the rule is off in drafts only"),
        pytest.param(
            {"single-cause": "off", "unused-waiver": "off"}, "published", [], id="the rule and this one are off"
        ),
    ],
)
def test_a_waiver_of_a_rule_that_is_off(
    levels: dict[str, object], status: str, expected: list[str], check: Check
) -> None:
    found = check(WAIVED, ("status: published", f"status: {status}"), levels=levels)
    assert [one.rule for one in found] == expected
    assert [one.message.partition(": ")[2] for one in found] == ["the rule is off"] * len(expected)


def test_what_reading_found_of_a_rule_that_is_off_needs_no_waiver(check: Check) -> None:
    changed = ("owner: storage-team", "ownr: storage-team # postmortems: allow unknown-field: x")
    assert check(changed) == ()
    (found,) = check(changed, levels={"unknown-field": "off"})
    assert found.message == 'the waiver for "unknown-field" is unused: the rule is off'


@pytest.mark.parametrize("today", [date(2024, 2, 28), date(2024, 3, 1), date(2024, 3, 2), date(2025, 3, 2)])
def test_the_calendar_never_turns_a_waiver_into_an_unused_one(today: date, check: Check) -> None:
    item = "- [ ] [api-team] Return a connection after every timeout (kind: prevent, due: 2024-03-01)"
    waived = (item, f"{item} {allow('overdue-action')}"), (ITEM, f"{ITEM} {allow('overdue-action')}")
    assert check(*waived, today=today) == ()


def test_a_waiver_of_a_calendar_rule_that_is_off_can_go(check: Check) -> None:
    waived = (ITEM, f"{ITEM} {allow('overdue-action')}")
    assert reported(check(waived, levels={"overdue-action": "off"})) == [("unused-waiver", "info")]


def test_what_cannot_be_waived() -> None:
    assert [rule.name for rule in RULES if not rule.may_be_waived] == [
        "unreadable-file",
        "missing-front-matter",
        "invalid-yaml",
        "misplaced-file",
        "time-in-the-future",
        "path-leaves-the-folder",
        "active-html",
        "active-artifact",
        "overcomplex-markup",
        "unused-waiver",
    ]


def test_active_html_is_refused_whatever_its_file_says(check: Check) -> None:
    script = f'{allow("active-html")}\n<script src="x"></script>\n\nA pool is a queue,'
    assert reported(check(("A pool is a queue,", script))) == [("unused-waiver", "warning"), ("active-html", "error")]


def test_the_waiver_that_covers_a_line_need_not_be_the_last_before_it() -> None:
    outer, inner = (Waiver("PM402", "x", Place.at("x.md", line), line, last) for line, last in ((1, 10), (3, 3)))
    postmortem = Postmortem("x", "x.md", FrontMatter(), Body(1, ()), waivers=(outer, inner))
    book = Waivers(Corpus(postmortems=(postmortem,)))
    assert book.silence(Problem("single-cause", Place.at("x.md", 5), "m", "h"))
    assert [one.place.line for one in book.problems(())] == [3]


@pytest.mark.large
def test_many_waivers_and_many_findings_are_matched_by_line_and_not_one_by_one() -> None:
    # 40,000 of each: compared one by one they would take minutes.
    number = 40_000
    waivers = tuple(Waiver("PM402", "x", Place.at("x.md", line), line, line) for line in range(1, number))
    whole = Waiver("PM402", "x", Place.at("x.md", 1), 1, 10)
    postmortem = Postmortem("x", "x.md", FrontMatter(), Body(1, ()), waivers=(whole, *waivers))
    book = Waivers(Corpus(postmortems=(postmortem,)))
    problems = [Problem("single-cause", Place.at("x.md", line), "m", "h") for line in range(1, 2 * number)]
    assert sum(map(book.silence, problems)) == number - 1
    assert [one.place.line for one in book.problems(())] == [1]

"""PM502 to PM507: what an action item needs so that somebody does it, and somebody else can tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.growth import grows_with_its_length

from postmortems.check.rules.action_that_is_a_wish import examine
from postmortems.check.run import fails
from postmortems.model.action_item import ActionItem, ActionList, ActionState
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.front_matter import FrontMatter
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body

Check = Callable[..., tuple[Diagnostic, ...]]

PATH = "postmortems/2024/01-database-connection-pool/postmortem.md"


@pytest.fixture
def check_items(check: Check, filled_template: str) -> Callable[..., tuple[Diagnostic, ...]]:
    """Check the filled-in template with other action items; they begin on line 70."""
    begin, end = filled_template.index("### Immediate"), filled_template.index("## Lessons")

    def check_items(items: str, **options: object) -> tuple[Diagnostic, ...]:
        return check(files={PATH: f"{filled_template[:begin]}{items}\n\n{filled_template[end:]}"}, **options)

    return check_items


def messages(rule: str, found: tuple[Diagnostic, ...]) -> list[str]:
    return [one.message for one in found if one.rule == rule]


@pytest.mark.parametrize(
    ("item", "message"),
    [
        pytest.param("- [ ] [api] Fix it (due: 2024-03-01)", None, id="an owner"),
        pytest.param("- [ ] Fix it (due: 2024-03-01)", 'action item "Fix it" has no owner', id="none"),
        pytest.param("- [x] Fix it", 'action item "Fix it" has no owner', id="none, though it is done"),
        pytest.param("- [ ] Fix it (wont-do: no longer used)", None, id="dropped"),
        pytest.param("- [ ] [TBD] Fix it (due: 2024-03-01)", 'action item "Fix it" has no owner', id="TBD"),
        pytest.param(
            "- [ ] [Everyone] Fix it (due: 2024-03-01)",
            'action item "Fix it" has no owner',
            id="everyone",
        ),
        pytest.param(
            "| Action | Owner | Due |\n|---|---|---|\n| Fix it | - | 2024-03-01 |",
            'action item "Fix it" has no owner',
            id="an empty cell",
        ),
        pytest.param("| Action | Owner | Due |\n|---|---|---|\n| Fix it | api | 2024-03-01 |", None, id="a cell"),
        pytest.param(
            "- [ ] Fix **the** [storm](https://example.com/1) of `retries`, whose end nobody has seen until today (due: 2024-03-01)",
            'action item "Fix **the** [storm](https://example.com/1) of `retries`, wh…" has no owner',
            id="a long one, as its author wrote it",
        ),
        pytest.param(
            "- [ ] Fix  *pool\\_size* <!-- how? --> on `a | b` (due: 2024-03-01)",
            'action item "Fix  *pool\\_size* <!-- how? --> on `a | b`" has no owner',
            id="marks, escapes, comments and blanks",
        ),
        pytest.param(
            "| Action | Owner | Due |\n|---|---|---|\n| Fix **the** `pool` | - | 2024-03-01 |",
            'action item "Fix **the** `pool`" has no owner',
            id="marks in a cell",
        ),
    ],
)
def test_owners(item: str, message: str | None, check_items: Check) -> None:
    found = check_items(item)
    assert messages("action-without-owner", found) == ([message] if message else [])
    assert len(found) == (message is not None)


def test_an_owner_in_the_text_is_offered(check_items: Check) -> None:
    (found,) = check_items("- [ ] Fix it, @ada-l please (due: 2024-03-01)")
    assert found.help == "name a person or team: - [ ] [ada-l] …"
    assert (found.place.line, found.place.column) == (70, 7)


@pytest.mark.parametrize(
    ("items", "options", "found"),
    [
        pytest.param("- [ ] [api] Fix it", {}, 1, id="no date"),
        pytest.param("- [ ] [api] Fix it (due: 2024-03-01)", {}, 0, id="a date"),
        pytest.param("### Short-term\n\n- [ ] [api] Fix it", {}, 0, id="a horizon"),
        pytest.param("### Next spring\n\n- [ ] [api] Fix it", {}, 1, id="another heading"),
        pytest.param(
            "### Short-term\n\n- [ ] [api] Fix it", {"horizons": {"long-term": "90d"}}, 1, id="no such horizon"
        ),
        pytest.param("- [x] [api] Fix it", {}, 0, id="done"),
        pytest.param("- [ ] [api] Fix it (wont-do: no longer used)", {}, 0, id="dropped"),
        pytest.param("- [ ] [api] Fix it (state: unknown)", {}, 0, id="unknown"),
    ],
)
def test_due_dates(items: str, options: dict[str, object], found: int, check_items: Check) -> None:
    reported = check_items(items, **options)
    assert messages("action-without-due-date", reported) == ['action item "Fix it" has no due date'] * found
    assert len(reported) == found


def test_a_horizon_holds_before_its_first_day_is_known(check: Check, filled_template: str) -> None:
    unknown = ("resolved_at: 2024-02-06T16:00:00Z", "resolved_at: unknown")
    draft = ("published_on: 2024-02-12\n", ""), ("status: published", "status: draft")
    assert check(unknown, *draft, today=date(2024, 3, 1)) == ()


@pytest.mark.parametrize(
    ("items", "today", "expected"),
    [
        pytest.param("- [ ] [api] Fix it (due: 2024-03-01)", date(2024, 3, 1), None, id="on the day"),
        pytest.param(
            "- [ ] [api] Fix it (due: 2024-03-01)",
            date(2024, 3, 2),
            "1 day overdue; it was due on 2024-03-01",
            id="a day",
        ),
        pytest.param(
            "### Immediate\n\n- [ ] [api] Fix it",
            date(2024, 3, 26),
            '36 days overdue; it was due on 2024-02-19 (from the heading "immediate")',
            id="by its horizon, from the publication on",
        ),
        pytest.param("- [x] [api] Fix it (due: 2024-03-01)", date(2025, 3, 1), None, id="done"),
        pytest.param("- [ ] [api] Fix it (due: 2024-03-01, state: unknown)", date(2025, 3, 1), None, id="unknown"),
        pytest.param("- [ ] [api] Fix it (due: 2024-03-01, wont-do: x)", date(2025, 3, 1), None, id="dropped"),
    ],
)
def test_overdue(items: str, today: date, expected: str | None, check_items: Check) -> None:
    found = check_items(items, today=today)
    assert [(one.rule, one.message) for one in found] == (
        [("overdue-action", f'action item "Fix it" is {expected}')] if expected else []
    )


def test_the_calendar_fails_no_run(check_items: Check) -> None:
    found = check_items(
        "- [ ] [api] Fix it (due: 2024-03-01)", today=date(2024, 4, 1), levels={"overdue-action": "error"}
    )
    assert [(one.rule, one.level) for one in found] == [("overdue-action", "error")]
    assert not fails(found, strict=True)


@pytest.mark.parametrize(
    ("items", "found"),
    [
        pytest.param("- [ ] [api] Fix it (wont-do: the service is switched off)", 0, id="a reason"),
        pytest.param("- [ ] [api] Fix it (wont-do:)", 1, id="none"),
        pytest.param("- [ ] [api] Fix it (kind: docs, wont-do)", 1, id="not even a colon"),
        pytest.param("- [ ] [api] Fix it (wont-do: n/a)", 1, id="n/a"),
        pytest.param("- [ ] [api] Fix it (state: dropped)", 1, id="by its state"),
        pytest.param("| Action | Owner | Status |\n|---|---|---|\n| Fix it | api | won't fix |", 1, id="in a table"),
        pytest.param(
            "| Action | Owner | Status |\n|---|---|---|\n| Fix it (wont-do: replaced) | api | won't fix |",
            0,
            id="in a table, with a reason",
        ),
    ],
)
def test_dropped(items: str, found: int, check_items: Check) -> None:
    reported = check_items(items)
    expected = ['action item "Fix it" was dropped without a reason'] * found
    assert messages("dropped-action-without-reason", reported) == expected
    assert len(reported) == found


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param("- [x] [api] Fix it", [], id="done"),
        pytest.param("- [ ] [api] Fix it (state: unknown)", [], id="unknown, and the author says so"),
        pytest.param("- [~] [api] Fix it", ['the state "[~]" of an action item is unknown'], id="a box"),
        pytest.param(
            "| Action | Owner | State |\n|---|---|---|\n| Fix it | api | Parked |\n| Read it | api | |",
            [
                'the state "Parked" of an action item is unknown',
                'the state of an action item is empty in the column "State"',
            ],
            id="cells",
        ),
    ],
)
def test_states(items: str, expected: list[str], check_items: Check) -> None:
    found = check_items(items)
    assert messages("unknown-action-state", found) == expected
    assert messages("overdue-action", found) == []


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param(
            "| Aufgabe | Wer | Status |\n|---|---|---|\n| Grenze setzen | db | offen |",
            'no row of the table is read as an action item: none of its columns ("Aufgabe", "Wer", "Status") is known to hold'
            " the action",
            id="the only list",
        ),
        pytest.param(
            "- [ ] [api] Fix it (due: 2034-01-01)\n\n| Aufgabe | Owner |\n|---|---|\n| Grenze | db |",
            'no row of the table is read as an action item: none of its columns ("Aufgabe", "Owner") is known to hold the'
            " action",
            id="half known, beside a list",
        ),
        pytest.param(
            "- [ ] [api] Fix it (due: 2034-01-01)\n\n| Priority | Meaning |\n|---|---|\n| P1 | now |",
            None,
            id="another table beside a list",
        ),
        pytest.param("None: the service is gone.\n\n| Aufgabe | Wer |\n|---|---|\n| | |", None, id="an empty table"),
    ],
)
def test_a_table_whose_columns_are_not_known_is_said(items: str, expected: str | None, check_items: Check) -> None:
    assert messages("no-action-items", check_items(items)) == ([expected] if expected else [])


def test_what_is_missed_may_be_in_a_column_that_is_not_known(check_items: Check) -> None:
    table = "| Action | Zuständig | Frist | Status |\n|---|---|---|---|\n| Fix it | db | 2024-03-01 | open |"
    helps = {one.rule: one.help for one in check_items(table)}
    hint = 'if it is in the column "Zuständig", "Frist", the setting "columns" can say so'
    assert helps["action-without-owner"].endswith(f"{hint}: Zuständig: owner")
    assert helps["action-without-due-date"].endswith(f"{hint}: Zuständig: due")
    table = table.replace("Zuständig", "Owner").replace("Frist", "Due")
    assert not {"action-without-owner", "action-without-due-date"} & {one.rule for one in check_items(table)}


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        pytest.param(["mitigate", "docs", "mitigate"], ["mitigate, docs"], id="only afterwards"),
        pytest.param(["mitigate", "prevent"], [], id="one prevents"),
        pytest.param(["learn", "detect"], [], id="one detects"),
        pytest.param(["mitigate", ""], [], id="one says nothing"),
        pytest.param(["process", "prevent, wont-do: too dear"], ["process"], id="what prevents was dropped"),
        pytest.param(["prevent, wont-do: too dear"], [], id="all were dropped"),
    ],
)
def test_kinds(kinds: list[str], found: list[str], check_items: Check) -> None:
    items = [f"- [ ] [api] Fix it (due: 2024-03-01{f', kind: {kind}' if kind else ''})" for kind in kinds]
    reported = check_items("\n".join(items))
    assert [(one.rule, one.level, one.place.line, one.message) for one in reported] == [
        ("only-mitigating-actions", "info", 68, f"no action item prevents or detects a repeat; kinds: {listed}")
        for listed in found
    ]


def wishes(text: str, state: ActionState = ActionState.OPEN, ticket: str = "") -> list[str]:
    item = ActionItem(Place.at("x.md", 1), text, state, 1, 1, ticket=ticket)
    postmortem = Postmortem("x", "x.md", FrontMatter(), Body(1, ()), actions=ActionList((item,)))
    return [one.message.rpartition("cannot be verified: ")[2].strip('"') for one in examine(postmortem, None)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Be more careful with migrations", "Be more careful"),
        ("We need to be more careful when deploying", "be more careful"),
        ("All engineers should pay closer attention to alerts", "pay closer attention"),
        ("Engineers must try to keep deployments small", "try to"),
        ("Remember to check the queue", "Remember to"),
        ("Raise awareness of the backlog", "Raise awareness"),
        ("Remind everyone to check staging", "Remind everyone"),
        ("Make sure that the team knows the runbook", "Make sure that the team knows"),
        ("**Consider** a smaller pool", "Consider"),
        ("We should consider a smaller pool", "consider"),
        ("Think about limits", "Think about"),
        ("Look into limits of the pool", "Look into"),
        ("It would be nice to have a limit", "It would be nice"),
        ("Find ways to restart faster", "Find ways"),
        ("Improve monitoring", "Improve monitoring"),
        ("Improve our monitoring and alerting.", "Improve our monitoring and alerting"),
        ("Better documentation of the pool", "Better documentation of the pool"),
        ("Strengthen deployment processes", "Strengthen deployment processes"),
        ("more tests!", "more tests"),
    ],
)
def test_a_wish(text: str, wish: str) -> None:
    assert wishes(text) == [wish]
    assert wishes(text, ActionState.UNKNOWN) == [wish]
    assert wishes(text, ActionState.DONE) == []
    assert wishes(text, ActionState.DROPPED) == []
    assert wishes(text, ticket="OPS-12") == []
    assert wishes(f"{text} ([ticket](https://example.com/12))") == []


@pytest.mark.parametrize(
    "text",
    [
        "Alert at 80 % of pool use for each shard",
        "Improve monitoring: alert at 80 % of pool use",
        "Improve monitoring so that a full pool pages on-call within 5 minutes",
        "Improve alerts\n  - at 80 % of pool use",
        "Improve the error message of the upload form",
        "Increase the pool from 40 to 80 connections",
        "Increase test timeouts",
        "Look into why the failover took 40 minutes",
        "Look into whether the driver returns connections",
        "Investigate continuous archiving and point-in-time recovery",
        "Review the vacuum settings and test them under high load",
        "Retry the call at most twice",
        "Try block around the call to the cache",
        "Remind on-call by a bot when a silence ends",
        "Considerate retries in the client: back off with jitter",
        "Explorer nodes: add two",
        "Encourage-mode is removed from the client",
        "Document what to consider when the pool is resized",
        "Consider a smaller pool, see OPS-12",
        "Consider a smaller pool #128",
        "Consider a smaller pool [issue][1]",
        "More connections for the pool: 80",
        "Reflector failures abort the hub",
    ],
)
def test_no_wish(text: str) -> None:
    assert wishes(text) == []


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("**Be** more *careful* with the pool", "Be** more *careful"),
        ("Be  more `careful`", "Be  more `careful"),
        ("We should <!-- who? --> be more careful", "be more careful"),
    ],
)
def test_a_wish_is_quoted_as_it_is_written(text: str, wish: str) -> None:
    assert wishes(text) == [wish]
    assert wish in text


def test_the_place_of_a_wish_is_that_of_its_words(check_items: Check) -> None:
    (found,) = check_items("- [ ] [api] We should **think about** limits (due: 2024-03-01)")
    assert (found.place.line, found.place.column, found.place.end_column) == (70, 25, 36)
    assert found.message == 'action item "We should **think about** limits" cannot be verified: "think about"'


@pytest.mark.large
@pytest.mark.parametrize(
    "piece", ["please ", "we should ", "improve a ", "improve tests and ", "@", "[", "](", "*", "#1", "AB-"]
)
def test_much_of_a_sign_costs_no_more_than_its_length(piece: str, check_items: Check) -> None:
    assert grows_with_its_length(check_items, lambda length: f"- [ ] {piece * (length // len(piece))}x")

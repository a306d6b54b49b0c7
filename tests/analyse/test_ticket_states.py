"""Action items beside tickets: who knows better, what contradicts, and what an export cannot tell."""

from __future__ import annotations

from datetime import date

import pytest
from tests.builders import action_item, dated_incident, page_context

from postmortems.analyse.ticket_states import ComparedAction, compare_with_tickets
from postmortems.model.action_item import ActionState
from postmortems.model.ticket import Ticket, ticket_references

DAY, LATER = date(2026, 3, 4), date(2026, 3, 9)
OPEN, DONE, DROPPED, UNKNOWN = ActionState.OPEN, ActionState.DONE, ActionState.DROPPED, ActionState.UNKNOWN


def ticket(name: str, state: ActionState = DONE, closed: date | None = DAY, reason: str = "") -> Ticket:
    (reference,) = ticket_references(name)
    return Ticket(
        reference, state, state.upper(), None if state is OPEN else closed, reason or "no use" * (state is DROPPED)
    )


EXPORT = (
    ticket("example/shop#1"), ticket("example/shop#2", DROPPED), ticket("example/shop#3", OPEN),
    ticket("example/shop#4", UNKNOWN), ticket("https://github.com/example/shop/issues/5", DONE, None),
    ticket("example/shop#6", DONE, LATER), ticket("OPS-1"), ticket("https://a.example/browse/WEB-1"),
)  # fmt: skip


def compared(
    written: str, state: ActionState = OPEN, done: date | None = None, *tickets: Ticket, repository: str = ""
) -> ComparedAction:
    postmortem = dated_incident("a", action_item("x", state, ticket=written, done=done))
    actions = page_context(postmortem).analysis.actions_of(postmortem)
    (found,) = compare_with_tickets(actions, tickets or EXPORT, repository).compared
    return found


@pytest.mark.parametrize(
    ("state", "done", "written", "outcome"),
    [
        (OPEN, None, "#1", "done"),
        (OPEN, None, "#2", "dropped"),
        (OPEN, None, "#3", "agrees"),
        (UNKNOWN, None, "#1", "done"),
        (UNKNOWN, None, "#2", "dropped"),
        (UNKNOWN, None, "#3", "open-ticket"),
        (DONE, LATER, "#1", "agrees"),
        (DONE, None, "#1", "dated"),
        (DONE, None, "#5", "agrees"),
        (DONE, None, "#2", "contradiction"),
        (DONE, None, "#3", "open-ticket"),
        (DROPPED, None, "#2", "agrees"),
        (DROPPED, None, "#1", "contradiction"),
        (DROPPED, None, "#3", "open-ticket"),
        (OPEN, None, "#4", "unknown-state"),
        (OPEN, None, "#1 #2", "several-states"),
        (OPEN, None, "#1 #6", "done"),
        (OPEN, None, "#99", "not-in-export"),
        (OPEN, None, "#1 #99", "not-in-export"),
        (OPEN, None, "OPS-99", "not-in-export"),
        (OPEN, None, "API-1", "other-tracker"),
        (OPEN, None, "example/api#1", "other-tracker"),
        (OPEN, None, "ask Dana", "unreadable"),
        (OPEN, None, "", "no-ticket"),
        (OPEN, None, "OPS-1", "done"),
        (OPEN, None, "shop#1", "done"),
        (OPEN, None, "EXAMPLE/shop#1", "done"),
        (OPEN, None, "https://github.com/example/shop/issues/5", "done"),
        (OPEN, None, "https://git.example/example/shop/issues/5", "not-in-export"),
        (OPEN, None, "https://b.example/browse/WEB-1", "not-in-export"),
    ],
)
def test_the_outcome(state: ActionState, done: date | None, written: str, outcome: str) -> None:
    assert compared(written, state, done).outcome == outcome


@pytest.mark.parametrize(("written", "day"), [("#1", DAY), ("#1 #6", LATER), ("#1 #5", None), ("#5", None)])
def test_the_day_is_that_of_the_last_one_and_of_none_if_one_is_unknown(written: str, day: date | None) -> None:
    assert compared(written).day == day


TWO = (ticket("example/shop#1"), ticket("example/api#1", OPEN), ticket("example/api#2", OPEN))


@pytest.mark.parametrize(
    ("written", "repository", "outcome"),
    [
        ("#1", "", "ambiguous"),
        ("#1", "example/shop", "done"),
        ("#1", "Example/API", "agrees"),
        ("#1", "example/kb", "other-tracker"),
        ("example/shop#1", "example/kb", "done"),
        ("#2", "", "ambiguous"),
    ],
)
def test_a_bare_number_is_of_the_named_repository_and_never_guessed(
    written: str, repository: str, outcome: str
) -> None:
    assert compared(written, OPEN, None, *TWO, repository=repository).outcome == outcome


def test_a_ticket_that_is_exported_twice_with_two_states_is_none() -> None:
    assert compared("OPS-1", OPEN, None, ticket("OPS-1"), ticket("OPS-1", OPEN)).outcome == "several-states"
    assert compared("OPS-1", OPEN, None, ticket("OPS-1"), ticket("OPS-1")).outcome == "done"


def test_every_item_is_counted_once() -> None:
    postmortem = dated_incident("a", *(action_item(text, ticket=text) for text in ("#1", "#99", "x", "", "#3")))
    found = compare_with_tickets(page_context(postmortem).analysis.actions_of(postmortem), EXPORT)
    assert sum(found.counts.values()) == 5
    assert [each.outcome for each in found.changes] == ["done"]
    assert [each.outcome for each in found.findings] == ["not-in-export", "unreadable"]


@pytest.mark.parametrize(
    ("text", "is_asked", "outcome"),
    [
        ("Alert on it [Issue](https://github.com/example/shop/issues/5)", False, "in-text"),
        ("Alert on it [Issue](https://github.com/example/shop/issues/5)", True, "done"),
        ("Alert on it (example/shop#2)", True, "dropped"),
        ("Alert on it - [jira](https://a.example/browse/WEB-1)", True, "done"),
        ("OPS-1: alert on it", True, "done"),
        pytest.param("Alert on pod #1", True, "no-ticket", id="a number alone may be of anything"),
        pytest.param("Alert on it OPS-1, https://a.example/browse/WEB-1", True, "no-ticket", id="two tickets"),
        pytest.param("Alert on it https://github.com/example/shop/issues/77", True, "no-ticket", id="not exported"),
        pytest.param("Use SHA-256", True, "no-ticket", id="no ticket"),
        pytest.param(
            "Alert on it (blocked by [the first](https://github.com/example/shop/issues/1))",
            True,
            "no-ticket",
            id="another's",
        ),
        pytest.param(
            "Alert on it (waiting for OPS-1), https://a.example/browse/WEB-1", True, "done", id="another's and its own"
        ),
    ],
)
def test_a_ticket_that_only_the_text_names_counts_where_it_is_asked_for(
    text: str, is_asked: bool, outcome: str
) -> None:
    postmortem = dated_incident("a", action_item(text))
    actions = page_context(postmortem).analysis.actions_of(postmortem)
    (found,) = compare_with_tickets(actions, EXPORT, in_text=is_asked).compared
    assert found.outcome == outcome


def test_a_ticket_of_its_own_comes_before_that_in_the_text() -> None:
    postmortem = dated_incident("a", action_item("Alert on it, unlike example/shop#2", ticket="example/shop#1"))
    actions = page_context(postmortem).analysis.actions_of(postmortem)
    (found,) = compare_with_tickets(actions, EXPORT, in_text=True).compared
    assert found.outcome == "done"

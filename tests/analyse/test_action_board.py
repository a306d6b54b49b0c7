"""Action items by their status on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import TODAY, action_item, dated_incident

from postmortems.analyse.action_board import ActionBoard
from postmortems.analyse.actions import NO_ACTIONS
from postmortems.analyse.analysis import Analysis
from postmortems.model.action_item import ActionState, Horizon
from postmortems.model.corpus import Corpus
from postmortems.model.dated_action import ActionStatus
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings


def board_of(*members: Postmortem) -> ActionBoard:
    return Analysis(Corpus(members), Settings(), TODAY).board


def texts(board: ActionBoard, status: ActionStatus) -> list[str]:
    return [one.item.text for one in board.by_status[status]]


@pytest.mark.parametrize(
    ("due", "status", "late"),
    [
        pytest.param(date(2025, 12, 30), ActionStatus.OVERDUE, 1, id="yesterday"),
        pytest.param(date(2025, 12, 31), ActionStatus.SOON, 0, id="today is not late"),
        pytest.param(date(2026, 1, 30), ActionStatus.SOON, 0, id="in 30 days"),
        pytest.param(date(2026, 1, 31), ActionStatus.OPEN, 0, id="in 31 days"),
        pytest.param(None, ActionStatus.OPEN, 0, id="no date"),
        pytest.param(date.max, ActionStatus.OPEN, 0, id="the last day there is"),
    ],
)
def test_an_open_item_by_its_day(due: date | None, status: ActionStatus, late: int) -> None:
    (found,) = board_of(dated_incident("a", action_item(due=due))).by_status[status]
    assert found.days_late == late


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (ActionState.DONE, ActionStatus.DONE),
        (ActionState.DROPPED, ActionStatus.DROPPED),
        (ActionState.UNKNOWN, ActionStatus.UNKNOWN),
    ],
)
def test_what_is_closed_or_unknown_is_never_late(state: ActionState, status: ActionStatus) -> None:
    found = board_of(dated_incident("a", action_item(state=state, due=date(2020, 1, 1))))
    assert [found.count(one) for one in ActionStatus] == [int(one is status) for one in ActionStatus]
    assert found.counts.overdue == 0


def test_a_day_may_follow_from_the_heading() -> None:
    member = dated_incident("a", action_item(horizon=Horizon.IMMEDIATE), status="published", published_on="2025-12-01")
    (late,) = board_of(member).by_status[ActionStatus.OVERDUE]
    assert (late.due, late.days_late, late.due_is_derived) == (date(2025, 12, 8), 23, True)


def test_the_order_of_each_status() -> None:
    older = dated_incident(
        "a",
        action_item("late 2", due=date(2025, 5, 2)),
        action_item("no date, older"),
        action_item("done, day unknown", ActionState.DONE),
        action_item("done 1", ActionState.DONE, done=date(2025, 1, 1)),
        action_item("dropped, older", ActionState.DROPPED),
    )
    newer = dated_incident(
        "b",
        action_item("late 1", due=date(2025, 5, 1)),
        action_item("no date, newer"),
        action_item("later", due=date(2026, 6, 1)),
        action_item("done 2", ActionState.DONE, done=date(2025, 1, 2)),
        action_item("dropped, newer", ActionState.DROPPED),
        action_item("dropped, newer, second", ActionState.DROPPED),
    )
    found = board_of(older, newer)
    assert texts(found, ActionStatus.OVERDUE) == ["late 1", "late 2"]
    assert texts(found, ActionStatus.OPEN) == ["later", "no date, newer", "no date, older"]
    assert texts(found, ActionStatus.DONE) == ["done 2", "done 1", "done, day unknown"]
    assert texts(found, ActionStatus.DROPPED) == ["dropped, newer", "dropped, newer, second", "dropped, older"]


@pytest.mark.parametrize("kind", ["drill", "near-miss"])
def test_drills_and_near_misses_are_in_no_figure(kind: str) -> None:
    found = Analysis(Corpus((dated_incident("a", action_item(), kind=kind),)), Settings(), TODAY)
    assert found.board.counts.total == 0
    assert found.incident_actions == ()


days = st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2026, 12, 31)))


@given(st.lists(st.tuples(st.sampled_from(ActionState), days), max_size=40))
def test_a_board_counts_what_each_postmortem_counts(
    drawn: list[tuple[ActionState, date | None]],
) -> None:
    half = len(drawn) // 2
    members = [
        dated_incident(name, *(action_item(state=state, due=due) for state, due in part))
        for name, part in (("a", drawn[:half]), ("b", drawn[half:]))
    ]
    found = Analysis(Corpus(tuple(members)), Settings(), TODAY)
    assert found.board.counts == sum(map(found.action_counts_of, members), NO_ACTIONS)
    assert sum(found.board.count(status) for status in ActionStatus) == len(drawn)
    late = [one.due for one in found.board.by_status[ActionStatus.OVERDUE]]
    assert late == sorted(late, key=lambda due: due or date.max)
    assert all(due and due < TODAY for due in late)


def test_one_that_is_due_soon_is_within_the_days() -> None:
    soon = board_of(
        *(dated_incident(f"{n}", action_item(due=TODAY + timedelta(days=n))) for n in range(-3, 40))
    ).by_status[ActionStatus.SOON]
    assert [one.due for one in soon] == [TODAY + timedelta(days=n) for n in range(31)]

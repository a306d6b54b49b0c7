"""What becomes of action items, by the quarter in which they fell due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.builders import incident, metrics

from postmortems.analyse.actions import ActionCounts
from postmortems.analyse.closure import ActionFigures, tells_a_rate
from postmortems.model.action_item import ActionItem, ActionList, ActionState, Horizon
from postmortems.model.place import Place

TODAY = date(2024, 8, 15)


def item(state: str, due: str = "", horizon: Horizon | None = None) -> ActionItem:
    day = date.fromisoformat(due) if due else None
    return ActionItem(Place.at("x.md"), "Promise", ActionState(state), 1, 1, due=day, horizon=horizon)


def figures(*items: ActionItem) -> ActionFigures:
    """The action items of one incident whose postmortem was published on 6 February 2024."""
    return metrics(replace(incident("a", published_on="2024-02-06"), actions=ActionList(items)), today=TODAY).actions


def test_items_are_grouped_by_the_quarter_in_which_they_fell_due() -> None:
    found = figures(
        item("done", "2024-03-31"),
        item("open", "2024-04-01"),
        item("done", "2024-06-30"),
        item("dropped", "2024-05-01"),
    )
    assert [(one.quarter.number, one.counts) for one in found.due] == [
        (1, ActionCounts(done=1)),
        (2, ActionCounts(done=1, open=1, overdue=1, dropped=1)),
    ]
    assert found.all == ActionCounts(done=2, open=1, overdue=1, dropped=1)
    assert (found.all.n, found.all.rate) == (3, 2 / 3)


@pytest.mark.parametrize(
    ("due", "group"),
    [
        pytest.param("2024-08-14", "due", id="yesterday"),
        pytest.param("2024-08-15", "not_due", id="today is not over"),
        pytest.param("2024-09-01", "not_due", id="to come"),
        pytest.param("", "undated", id="without a day"),
    ],
)
@pytest.mark.parametrize("state", ["open", "done", "unknown", "dropped"])
def test_every_item_is_in_one_group(due: str, group: str, state: str) -> None:
    found = figures(item(state, due))
    counted = {"due": len(found.due), "not_due": found.not_due.total, "undated": found.undated.total}
    assert counted == {"due": 0, "not_due": 0, "undated": 0} | {group: 1}
    assert found.all.total == 1


def test_what_is_open_and_not_due_is_no_failure() -> None:
    found = figures(item("done", "2024-09-01"), item("open", "2024-09-01"), item("open"))
    assert (found.all.done, found.all.n) == (1, 1)


def test_a_horizon_gives_the_quarter() -> None:
    found = figures(item("open", horizon=Horizon.LONG_TERM))
    assert [(one.quarter.number, one.counts.overdue) for one in found.due] == [(2, 1)]


def test_unknown_ones_stay_in_their_quarter_and_are_never_overdue() -> None:
    found = figures(
        item("done", "2024-02-20"), item("unknown", "2024-03-01"), item("unknown", horizon=Horizon.IMMEDIATE)
    )
    assert [(one.quarter.number, one.counts) for one in found.due] == [(1, ActionCounts(done=1, unknown=2))]
    assert found.due[0].counts.rate is None


@pytest.mark.parametrize(("unknown", "expected"), [(0, True), (1, True), (2, False)])
def test_a_quarter_has_no_rate_where_all_together_have_none(unknown: int, expected: bool) -> None:
    found = figures(item("done", "2024-02-20"), item("done", "2024-03-20"), *[item("unknown")] * unknown)
    assert tells_a_rate(found.due[0].counts, found.all) is expected


def test_an_unknown_one_without_date_and_horizon_has_no_quarter() -> None:
    assert figures(item("unknown")).undated == ActionCounts(unknown=1)


def test_incidents_without_an_item_are_counted() -> None:
    items = [item("done", "2024-03-01"), item("open", "2024-09-01"), item("unknown")]
    found = metrics(replace(incident("a"), actions=ActionList(tuple(items))), incident("b"), today=TODAY).actions
    assert (found.all.total, found.incidents, found.without_items) == (3, 2, 1)

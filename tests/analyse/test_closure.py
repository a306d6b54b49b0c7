"""What becomes of action items, by the quarter in which they fell due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.analyse.made_metrics import metrics
from tests.render.made_up import incident

from postmortems.analyse.closure import ActionFigures, Closure
from postmortems.model.action_item import ActionItem, ActionList, ActionState, Horizon
from postmortems.model.place import Place

TODAY = date(2024, 8, 15)


def item(state: str, due: str = "", horizon: Horizon | None = None) -> ActionItem:
    day = date.fromisoformat(due) if due else None
    return ActionItem(Place.at("x.md"), "Promise", ActionState(state), 1, 1, due=day, horizon=horizon)


def figures(*items: ActionItem) -> ActionFigures:
    """The action items of one incident that was resolved on 6 February 2024."""
    return metrics(replace(incident("a"), actions=ActionList(items)), today=TODAY).actions


def test_items_are_grouped_by_the_quarter_in_which_they_fell_due() -> None:
    found = figures(
        item("done", "2024-03-31"),
        item("open", "2024-04-01"),
        item("done", "2024-06-30"),
        item("dropped", "2024-05-01"),
    )
    assert [(one.quarter.number, one.closure) for one in found.due] == [
        (1, Closure(done=1)),
        (2, Closure(done=1, open=1, dropped=1)),
    ]
    assert found.fallen_due == Closure(done=2, open=1, dropped=1)
    assert (found.fallen_due.n, found.fallen_due.rate) == (3, 2 / 3)


@pytest.mark.parametrize(
    ("due", "group"),
    [
        pytest.param("2024-08-14", "fallen_due", id="yesterday"),
        pytest.param("2024-08-15", "not_due", id="today is not over"),
        pytest.param("2024-09-01", "not_due", id="to come"),
        pytest.param("", "undated", id="without a day"),
    ],
)
@pytest.mark.parametrize("state", ["open", "done"])
def test_what_is_not_due_is_no_failure_and_no_success(due: str, group: str, state: str) -> None:
    found = figures(item(state, due))
    counted = {name: getattr(found, name).total for name in ("fallen_due", "not_due", "undated")}
    assert counted == {"fallen_due": 0, "not_due": 0, "undated": 0} | {group: 1}


def test_a_horizon_gives_the_day() -> None:
    found = figures(item("open", horizon=Horizon.LONG_TERM))
    assert [(one.quarter.number, one.closure.open) for one in found.due] == [(2, 1)]


def test_unknown_ones_are_missing_and_their_day_is_not_guessed() -> None:
    found = figures(item("unknown", "2024-03-01"), item("unknown", horizon=Horizon.IMMEDIATE))
    assert found.fallen_due == Closure(unknown=1)
    assert found.undated == Closure(unknown=1)
    assert (found.fallen_due.n, found.fallen_due.rate, found.unknown) == (0, None, 2)


@pytest.mark.parametrize(
    ("known", "unknown", "expected"),
    [
        pytest.param(0, 0, False, id="nothing fell due"),
        pytest.param(3, 0, True, id="all known"),
        pytest.param(3, 2, True, id="more known"),
        pytest.param(3, 3, False, id="as many unknown"),
    ],
)
def test_a_rate_is_told_where_more_is_known_than_unknown(known: int, unknown: int, expected: bool) -> None:
    assert figures(*[item("done", "2024-03-01")] * known, *[item("unknown")] * unknown).tells_a_rate is expected


def test_every_item_is_in_one_group_and_incidents_without_one_are_counted() -> None:
    items = [item("done", "2024-03-01"), item("open", "2024-09-01"), item("unknown")]
    found = metrics(replace(incident("a"), actions=ActionList(tuple(items))), incident("b"), today=TODAY).actions
    assert (found.total, found.incidents, found.without_items) == (3, 2, 1)

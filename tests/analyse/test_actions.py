"""Due dates, overdue items and progress, on a day."""

from __future__ import annotations

from datetime import date

import pytest

from postmortems.analyse.actions import Progress, due_date, is_overdue, progress, standings
from postmortems.model.action_item import ActionItem, ActionList, ActionState, Horizon
from postmortems.model.front_matter import FrontMatter
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body
from postmortems.settings import Settings

SETTINGS = Settings()


def item(state: ActionState = ActionState.OPEN, horizon: Horizon | None = None, due: date | None = None) -> ActionItem:
    return ActionItem(Place.at("x.md"), "Do it", state, 1, 1, horizon=horizon, due=due)


def postmortem(*items: ActionItem, **matter: object) -> Postmortem:
    return Postmortem("a", "x.md", FrontMatter.model_validate(matter), Body(1, ()), actions=ActionList(items))


RESOLVED = {"resolved_at": "2024-02-06T23:30:00Z"}


@pytest.mark.parametrize(
    ("written", "matter", "expected"),
    [
        pytest.param(item(due=date(2024, 3, 1)), RESOLVED, (date(2024, 3, 1), False), id="its own date"),
        pytest.param(
            item(horizon=Horizon.LONG_TERM, due=date(2024, 3, 1)), RESOLVED, (date(2024, 3, 1), False), id="own first"
        ),
        pytest.param(item(horizon=Horizon.IMMEDIATE), RESOLVED, (date(2024, 2, 13), True), id="immediate"),
        pytest.param(item(horizon=Horizon.SHORT_TERM), RESOLVED, (date(2024, 3, 7), True), id="short-term"),
        pytest.param(item(horizon=Horizon.LONG_TERM), RESOLVED, (date(2024, 5, 6), True), id="long-term"),
        pytest.param(
            item(horizon=Horizon.IMMEDIATE), {"published_on": "2024-02-10"}, (date(2024, 2, 17), True), id="publication"
        ),
        pytest.param(item(horizon=Horizon.IMMEDIATE), {}, (None, False), id="nothing to count from"),
        pytest.param(item(), RESOLVED, (None, False), id="no horizon"),
        pytest.param(
            item(ActionState.UNKNOWN, Horizon.IMMEDIATE), RESOLVED, (None, False), id="closure unknown: none derived"
        ),
        pytest.param(
            item(horizon=Horizon.IMMEDIATE), {"resolved_at": "9999-12-31T00:00:00Z"}, (None, False), id="end of time"
        ),
    ],
)
def test_a_due_date_is_given_or_derived(
    written: ActionItem, matter: dict[str, object], expected: tuple[date | None, bool]
) -> None:
    assert due_date(written, postmortem(written, **matter), SETTINGS) == expected


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        pytest.param(ActionState.OPEN, date(2024, 2, 29), False, id="the day before"),
        pytest.param(ActionState.OPEN, date(2024, 3, 1), False, id="on the day"),
        pytest.param(ActionState.OPEN, date(2024, 3, 2), True, id="the day after"),
        pytest.param(ActionState.DONE, date(2025, 1, 1), False, id="done"),
        pytest.param(ActionState.DROPPED, date(2025, 1, 1), False, id="dropped"),
        pytest.param(ActionState.UNKNOWN, date(2025, 1, 1), False, id="closure unknown"),
    ],
)
def test_only_an_open_item_is_overdue(state: ActionState, today: date, expected: bool) -> None:
    written = item(state, due=date(2024, 3, 1))
    assert is_overdue(written, postmortem(written), SETTINGS, today) is expected


def test_progress_counts_every_state_and_overdue_among_open() -> None:
    told = postmortem(
        item(ActionState.DONE),
        item(due=date(2024, 3, 1)),
        item(due=date(2030, 3, 1)),
        item(ActionState.DROPPED),
        item(ActionState.UNKNOWN),
    )
    counted = progress(told, SETTINGS, date(2024, 6, 1))
    assert counted == Progress(done=1, open=2, overdue=1, dropped=1, unknown=1)
    assert counted.total == 5
    assert [one.is_overdue for one in standings(told, SETTINGS, date(2024, 6, 1))] == [False, True, False, False, False]

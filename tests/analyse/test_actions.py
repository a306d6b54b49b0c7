"""Due dates, overdue items and what is counted of them, on a day."""

from __future__ import annotations

from datetime import date

import pytest

from postmortems.analyse.actions import ActionCounts, action_counts, dated_actions, due_date
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


PUBLISHED = {"status": "published", "published_on": "2024-02-06", "resolved_at": "2024-01-01T23:30:00Z"}


@pytest.mark.parametrize(
    ("written", "matter", "expected"),
    [
        pytest.param(item(due=date(2024, 3, 1)), PUBLISHED, (date(2024, 3, 1), False), id="its own date"),
        pytest.param(
            item(horizon=Horizon.LONG_TERM, due=date(2024, 3, 1)), PUBLISHED, (date(2024, 3, 1), False), id="own first"
        ),
        pytest.param(item(horizon=Horizon.IMMEDIATE), PUBLISHED, (date(2024, 2, 13), True), id="immediate"),
        pytest.param(item(horizon=Horizon.SHORT_TERM), PUBLISHED, (date(2024, 3, 7), True), id="short-term"),
        pytest.param(item(horizon=Horizon.LONG_TERM), PUBLISHED, (date(2024, 5, 6), True), id="long-term"),
        pytest.param(
            item(horizon=Horizon.IMMEDIATE),
            PUBLISHED | {"status": "in-review"},
            (None, False),
            id="in review: none yet",
        ),
        pytest.param(
            item(horizon=Horizon.IMMEDIATE), {"resolved_at": "2024-02-06T23:30:00Z"}, (None, False), id="no status"
        ),
        pytest.param(
            item(horizon=Horizon.IMMEDIATE, due=date(2024, 3, 1)),
            PUBLISHED | {"status": "draft"},
            (date(2024, 3, 1), False),
            id="its own date counts in a draft",
        ),
        pytest.param(item(horizon=Horizon.IMMEDIATE), {}, (None, False), id="nothing to count from"),
        pytest.param(item(), PUBLISHED, (None, False), id="no horizon"),
        pytest.param(
            item(ActionState.UNKNOWN, Horizon.IMMEDIATE), PUBLISHED, (None, False), id="closure unknown: none derived"
        ),
        pytest.param(
            item(horizon=Horizon.IMMEDIATE),
            {"status": "published", "published_on": "9999-12-31"},
            (None, False),
            id="end of time",
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
    (found,) = dated_actions(postmortem(item(state, due=date(2024, 3, 1))), SETTINGS, today)
    assert found.is_overdue is expected


def test_every_state_is_counted_and_overdue_ones_among_the_open() -> None:
    told = postmortem(
        item(ActionState.DONE),
        item(due=date(2024, 3, 1)),
        item(due=date(2030, 3, 1)),
        item(ActionState.DROPPED),
        item(ActionState.UNKNOWN),
    )
    counted = action_counts(dated_actions(told, SETTINGS, date(2024, 6, 1)))
    assert counted == ActionCounts(done=1, open=2, overdue=1, dropped=1, unknown=1)
    assert counted.total == 5
    assert [one.is_overdue for one in dated_actions(told, SETTINGS, date(2024, 6, 1))] == [
        False,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("counts", "n", "rate"),
    [
        pytest.param(ActionCounts(), 0, None, id="nothing"),
        pytest.param(ActionCounts(done=3, open=1, overdue=1), 4, 3 / 4, id="done and due"),
        pytest.param(ActionCounts(done=3, open=5), 3, 1.0, id="open ones that are not due are no failures"),
        pytest.param(ActionCounts(open=2), 0, None, id="nothing done or due"),
        pytest.param(ActionCounts(done=3, dropped=9), 3, 1.0, id="dropped ones stand apart"),
        pytest.param(ActionCounts(done=3, unknown=2), 3, 1.0, id="more counted than unknown"),
        pytest.param(ActionCounts(done=3, unknown=3), 3, None, id="as many unknown"),
        pytest.param(ActionCounts(done=65, open=3, unknown=153), 65, None, id="most unknown"),
        pytest.param(ActionCounts(done=1, dropped=9, open=9, unknown=5), 1, None, id="known, and not in the rate"),
    ],
)
def test_a_rate_is_done_of_done_and_due_where_more_is_counted_than_unknown(
    counts: ActionCounts, n: int, rate: float | None
) -> None:
    assert (counts.n, counts.rate) == (n, rate)
    assert (counts.interval is not None) is (rate is not None and n >= 6)


def test_counts_add_up() -> None:
    one, other = ActionCounts(1, 2, 1, 3, 4), ActionCounts(10, 20, 10, 30, 40)
    assert one + other == ActionCounts(11, 22, 11, 33, 44)

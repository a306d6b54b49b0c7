"""Action items on a day: when they fall due, how far they are, and how many.

A due date is the author's own, or follows from the horizon above the item, once the postmortem is published: before
that nobody has promised anything. An item whose closure is not public (`state: unknown`) gets no derived date, is never
overdue and counts as missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from postmortems.analyse.statistics import Interval, wilson_interval
from postmortems.model.action_item import ActionItem, ActionState
from postmortems.model.dated_action import ActionStatus, DatedAction
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.model.published import Rate, figure, form
from postmortems.settings import Settings

SOON = timedelta(days=30)
"""The time ahead in which an open item counts as due soon; the last day belongs to it."""

_CLOSED = {
    ActionState.DONE: ActionStatus.DONE,
    ActionState.DROPPED: ActionStatus.DROPPED,
    ActionState.UNKNOWN: ActionStatus.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class ActionCounts:
    """Some action items by their state.

    Every page, file and table counts with this, so that there is one closure rate: done ÷ (done + open and due). Open
    items whose day has not passed are no failures, dropped ones stand apart, and unknown ones are missing.
    """

    done: int = 0
    open: int = 0
    overdue: int = 0
    dropped: int = 0
    unknown: int = 0

    published: ClassVar = form(
        "ActionCountsForm",
        figure("done", "Done"),
        figure("open", "Open, whether due or not"),
        figure("overdue", "How many of the open ones are due: their day has passed"),
        figure("dropped", "Will not be done"),
        figure("unknown", "Closure not known"),
    )

    @property
    def total(self) -> int:
        """All items, whatever their state."""
        return self.done + self.open + self.dropped + self.unknown

    @property
    def n(self) -> int:
        """Number of items that the rate rests on: the done ones, and the open ones that are due."""
        return self.done + self.overdue

    @property
    def tells_a_rate(self) -> bool:
        """True if there is a rate: more items are counted than there are unknown ones.

        Where most are unknown, the rate would tell of those that somebody followed up, which are those that get done.
        """
        return self.n > self.unknown

    @property
    def rate(self) -> Rate | None:
        """The share that is done, from 0 to 1; None where no rate can be told."""
        return self.done / self.n if self.tells_a_rate else None

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the rate; None where there is none, and below n = 6."""
        return wilson_interval(self.done, self.n) if self.tells_a_rate else None

    def __add__(self, other: ActionCounts) -> ActionCounts:
        """The items of both together."""
        return ActionCounts(
            done=self.done + other.done,
            open=self.open + other.open,
            overdue=self.overdue + other.overdue,
            dropped=self.dropped + other.dropped,
            unknown=self.unknown + other.unknown,
        )


NO_ACTIONS = ActionCounts()
"""The counts of a list without an action item."""


def due_date(item: ActionItem, postmortem: Postmortem, settings: Settings) -> tuple[date | None, bool]:
    """Day when an item falls due, and True if it follows from its horizon.

    The horizon counts from the day of the publication; before there is one, there is no date.
    """
    if item.due is not None:
        return item.due, False
    if item.state is ActionState.UNKNOWN:
        return None, False
    by_horizon = horizon_end(item, postmortem, settings)
    return by_horizon, by_horizon is not None


def horizon_end(item: ActionItem, postmortem: Postmortem, settings: Settings) -> date | None:
    """The day on which the horizon of an item ends, whatever its state; None where nothing tells."""
    if item.horizon is None:
        return None
    matter = postmortem.front_matter
    begin = matter.published_on if matter.status is Status.PUBLISHED else None
    length = settings.horizons.get(item.horizon)
    if begin is None or length is None:
        return None
    try:
        return begin + length
    except OverflowError:
        return None


def dated_actions(postmortem: Postmortem, settings: Settings, today: date) -> tuple[DatedAction, ...]:
    """Every action item of a postmortem on a day, in the order of the text."""
    return tuple(_dated(item, postmortem, settings, today) for item in postmortem.actions.items)


def counted_actions(postmortem: Postmortem, settings: Settings, today: date) -> tuple[DatedAction, ...]:
    """The same without samples of the template, which nobody has promised: what lists and figures hold."""
    return tuple(_dated(item, postmortem, settings, today) for item in postmortem.actions.written)


def _dated(item: ActionItem, postmortem: Postmortem, settings: Settings, today: date) -> DatedAction:
    due, is_derived = due_date(item, postmortem, settings)
    period_day = due or horizon_end(item, postmortem, settings)
    status, days_late = _CLOSED.get(item.state, ActionStatus.OPEN), 0
    if item.state is ActionState.OPEN and due:
        if due < today:
            status, days_late = ActionStatus.OVERDUE, (today - due).days
        elif due - today <= SOON:
            status = ActionStatus.SOON
    return DatedAction(postmortem, item, due, is_derived, status, days_late, period_day)


def action_counts(actions: Iterable[DatedAction]) -> ActionCounts:
    """Some action items, counted."""
    listed = list(actions)
    states = Counter(action.item.state for action in listed)
    return ActionCounts(
        done=states[ActionState.DONE],
        open=states[ActionState.OPEN],
        overdue=sum(action.is_overdue for action in listed),
        dropped=states[ActionState.DROPPED],
        unknown=states[ActionState.UNKNOWN],
    )

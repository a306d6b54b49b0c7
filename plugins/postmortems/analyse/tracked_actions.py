"""Every action item of the incidents, told by how it stands on a day: what is late, what comes next, what is closed.

A stage is finer than an item's state: of the open ones it tells which are late, and which fall due soon. An item whose
closure is not public is in a stage of its own, since it is neither open nor done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from postmortems.analyse.actions import ActionCounts, action_counts
from postmortems.model.action_item import ActionItem, ActionState, DatedAction
from postmortems.model.postmortem import Postmortem

SOON = timedelta(days=30)
"""How far ahead an open item counts as due soon; the last day belongs to it."""


class ActionStatus(StrEnum):
    """How an action item stands on a day, in the order in which lists tell it."""

    OVERDUE = "overdue"
    SOON = "due soon"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


_CLOSED = {
    ActionState.DONE: ActionStatus.DONE,
    ActionState.DROPPED: ActionStatus.DROPPED,
    ActionState.UNKNOWN: ActionStatus.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class TrackedAction:
    """One action item on a day, and the incident that it follows from. `days_late` is 0 where it is not overdue."""

    postmortem: Postmortem
    standing: DatedAction
    stage: ActionStatus
    days_late: int = 0

    @property
    def item(self) -> ActionItem:
        """The item as written."""
        return self.standing.item

    @property
    def is_open(self) -> bool:
        """Whether something is still to do: it is overdue, due soon or later, or without a date."""
        return self.item.state is ActionState.OPEN

    @property
    def due(self) -> date | None:
        """When it falls due, given or derived."""
        return self.standing.due


@dataclass(frozen=True)
class ActionBoard:
    """Some action items by their stage. Every stage is there, and each in the order that asks for attention first.

    Late and due ones begin with the oldest date, open ones without a date come last; closed ones begin with the newest.
    """

    by_stage: Mapping[ActionStatus, tuple[TrackedAction, ...]]

    def count(self, stage: ActionStatus) -> int:
        """How many items are in a stage."""
        return len(self.by_stage[stage])

    @property
    def counts(self) -> ActionCounts:
        """The same by state."""
        return action_counts(one.standing for members in self.by_stage.values() for one in members)


def tracked_actions(
    postmortems: Iterable[Postmortem], dated_actions: Callable[[Postmortem], tuple[DatedAction, ...]], today: date
) -> tuple[TrackedAction, ...]:
    """Every action item of some postmortems, in their order and that of their texts."""
    return tuple(_tracked(one, standing, today) for one in postmortems for standing in dated_actions(one))


def board(members: Iterable[TrackedAction]) -> ActionBoard:
    """Some action items by stage. `members` come oldest incident first."""
    found: defaultdict[ActionStatus, list[TrackedAction]] = defaultdict(list)
    for one in members:
        found[one.stage].append(one)
    return ActionBoard({stage: tuple(sorted(_newest_first(found[stage]), key=_urgency)) for stage in ActionStatus})


def _tracked(postmortem: Postmortem, standing: DatedAction, today: date) -> TrackedAction:
    if closed := _CLOSED.get(standing.item.state):
        return TrackedAction(postmortem, standing, closed)
    if standing.due is None:
        return TrackedAction(postmortem, standing, ActionStatus.OPEN)
    if standing.is_overdue:
        return TrackedAction(postmortem, standing, ActionStatus.OVERDUE, (today - standing.due).days)
    return TrackedAction(postmortem, standing, ActionStatus.SOON if standing.due - today <= SOON else ActionStatus.OPEN)


def _newest_first(members: list[TrackedAction]) -> list[TrackedAction]:
    """The items of the newest incident first, those of one incident in the order of its text."""
    by_incident: dict[str, list[TrackedAction]] = {}
    for one in members:
        by_incident.setdefault(one.postmortem.path, []).append(one)
    return [one for group in reversed(by_incident.values()) for one in group]


def _urgency(one: TrackedAction) -> tuple[bool, int]:
    """The sort key inside a stage; what it does not tell apart keeps its order."""
    if one.stage is ActionStatus.DONE:
        return one.item.done is None, -one.item.done.toordinal() if one.item.done else 0
    if one.stage in (ActionStatus.DROPPED, ActionStatus.UNKNOWN) or one.due is None:
        return True, 0
    return False, one.due.toordinal()

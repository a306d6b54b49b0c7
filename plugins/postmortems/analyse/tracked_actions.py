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
from postmortems.model.action_item import ActionItem, ActionStanding, ActionState
from postmortems.model.postmortem import Postmortem

SOON = timedelta(days=30)
"""How far ahead an open item counts as due soon; the last day belongs to it."""


class Stage(StrEnum):
    """How an action item stands on a day, in the order in which lists tell it."""

    OVERDUE = "overdue"
    SOON = "due soon"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


_CLOSED = {
    ActionState.DONE: Stage.DONE,
    ActionState.DROPPED: Stage.DROPPED,
    ActionState.UNKNOWN: Stage.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Promise:
    """One action item on a day, and the incident that it follows from. `days_late` is 0 where it is not overdue."""

    postmortem: Postmortem
    standing: ActionStanding
    stage: Stage
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
class Board:
    """Some promises by their stage. Every stage is there, and each in the order that asks for attention first.

    Late and due ones begin with the oldest date, open ones without a date come last; closed ones begin with the newest.
    """

    by_stage: Mapping[Stage, tuple[Promise, ...]]

    def count(self, stage: Stage) -> int:
        """How many promises are in a stage."""
        return len(self.by_stage[stage])

    @property
    def counts(self) -> ActionCounts:
        """The same by state."""
        return action_counts(one.standing for members in self.by_stage.values() for one in members)


def promises(
    postmortems: Iterable[Postmortem], standings: Callable[[Postmortem], tuple[ActionStanding, ...]], today: date
) -> tuple[Promise, ...]:
    """Every action item of some postmortems, in their order and that of their texts."""
    return tuple(_promise(one, standing, today) for one in postmortems for standing in standings(one))


def board(members: Iterable[Promise]) -> Board:
    """Some promises by stage. `members` come oldest incident first."""
    found: defaultdict[Stage, list[Promise]] = defaultdict(list)
    for one in members:
        found[one.stage].append(one)
    return Board({stage: tuple(sorted(_newest_first(found[stage]), key=_urgency)) for stage in Stage})


def _promise(postmortem: Postmortem, standing: ActionStanding, today: date) -> Promise:
    if closed := _CLOSED.get(standing.item.state):
        return Promise(postmortem, standing, closed)
    if standing.due is None:
        return Promise(postmortem, standing, Stage.OPEN)
    if standing.is_overdue:
        return Promise(postmortem, standing, Stage.OVERDUE, (today - standing.due).days)
    return Promise(postmortem, standing, Stage.SOON if standing.due - today <= SOON else Stage.OPEN)


def _newest_first(members: list[Promise]) -> list[Promise]:
    """The items of the newest incident first, those of one incident in the order of its text."""
    by_incident: dict[str, list[Promise]] = {}
    for one in members:
        by_incident.setdefault(one.postmortem.path, []).append(one)
    return [one for group in reversed(by_incident.values()) for one in group]


def _urgency(one: Promise) -> tuple[bool, int]:
    """The sort key inside a stage; what it does not tell apart keeps its order."""
    if one.stage is Stage.DONE:
        return one.item.done is None, -one.item.done.toordinal() if one.item.done else 0
    if one.stage in (Stage.DROPPED, Stage.UNKNOWN) or one.due is None:
        return True, 0
    return False, one.due.toordinal()

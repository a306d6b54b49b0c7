"""Action items of many incidents by their status: what is late, what comes next, what is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from postmortems.analyse.actions import ActionCounts, action_counts
from postmortems.model.dated_action import ActionStatus, DatedAction


@dataclass(frozen=True)
class ActionBoard:
    """Some action items by their status. Every status is there, and each in the order that asks for attention first.

    Late and due ones begin with the oldest date, open ones without a date come last; closed ones begin with the newest.
    """

    by_status: Mapping[ActionStatus, tuple[DatedAction, ...]]

    def count(self, status: ActionStatus) -> int:
        """Number of items with a status."""
        return len(self.by_status[status])

    @cached_property
    def listed(self) -> tuple[DatedAction, ...]:
        """All items, status after status."""
        return tuple(action for status in ActionStatus for action in self.by_status[status])

    @property
    def open(self) -> tuple[DatedAction, ...]:
        """The ones that are still to do, status after status."""
        return tuple(action for action in self.listed if action.is_open)

    @cached_property
    def counts(self) -> ActionCounts:
        """The same by state."""
        return action_counts(self.listed)


def board(actions: Iterable[DatedAction]) -> ActionBoard:
    """Some action items by status. `actions` come oldest incident first."""
    found: defaultdict[ActionStatus, list[DatedAction]] = defaultdict(list)
    for action in actions:
        found[action.status].append(action)
    return ActionBoard({status: tuple(sorted(_newest_first(found[status]), key=_urgency)) for status in ActionStatus})


def _newest_first(actions: Iterable[DatedAction]) -> list[DatedAction]:
    """The items of the newest incident first, those of one incident in the order of its text."""
    by_incident: dict[str, list[DatedAction]] = {}
    for action in actions:
        by_incident.setdefault(action.postmortem.path, []).append(action)
    return [action for of_incident in reversed(by_incident.values()) for action in of_incident]


def _urgency(action: DatedAction) -> tuple[bool, int]:
    """The sort key among items of one status; what it does not tell apart keeps its order."""
    if action.status is ActionStatus.DONE:
        return action.item.done is None, -action.item.done.toordinal() if action.item.done else 0
    if action.status in (ActionStatus.DROPPED, ActionStatus.UNKNOWN) or action.due is None:
        return True, 0
    return False, action.due.toordinal()

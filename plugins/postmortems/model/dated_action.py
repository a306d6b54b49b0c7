"""An action item as it is on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from postmortems.model.action_item import ActionItem, ActionState
from postmortems.model.postmortem import Postmortem


class ActionStatus(StrEnum):
    """Status of an action item on a day, in the order in which lists show it.

    It is finer than an item's state: of the open ones it tells which are late, and which fall due soon.
    """

    OVERDUE = "overdue"
    SOON = "due soon"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DatedAction:
    """One action item on a day, and the postmortem that lists it.

    `due_is_derived` tells that the due date follows from the horizon. `days_late` is 0 where it is not overdue.
    `period_day` is the day by which lists of a month or a quarter hold it: its due date, or of one of unknown state,
    for which none is derived, the end of its horizon.
    """

    postmortem: Postmortem
    item: ActionItem
    due: date | None
    due_is_derived: bool
    status: ActionStatus
    days_late: int = 0
    period_day: date | None = None

    @property
    def is_open(self) -> bool:
        """True if something is still to do: it is overdue, due soon or later, or without a date."""
        return self.item.state is ActionState.OPEN

    @property
    def is_overdue(self) -> bool:
        """True if it is open although its day has passed; on the day itself it is not."""
        return self.status is ActionStatus.OVERDUE

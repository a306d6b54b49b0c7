"""How an action item stands on a day.

A due date is the author's own, or follows from the horizon that the item stands under. An item whose closure is not
public (`state: unknown`) gets no derived date, is never overdue and counts as missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from postmortems.model.action_item import ActionItem, ActionStanding, ActionState
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings


@dataclass(frozen=True, slots=True)
class Progress:
    """The action items of one postmortem, counted on a day. `overdue` ones are among the `open` ones."""

    done: int = 0
    open: int = 0
    overdue: int = 0
    dropped: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """All items, whatever their state."""
        return self.done + self.open + self.dropped + self.unknown


def due_date(item: ActionItem, postmortem: Postmortem, settings: Settings) -> tuple[date | None, bool]:
    """When an item falls due, and whether that follows from its horizon.

    The horizon counts from the day of the resolution, else from the publication, else there is no date.
    """
    if item.due is not None:
        return item.due, False
    if item.horizon is None or item.state is ActionState.UNKNOWN:
        return None, False
    matter = postmortem.front_matter
    begin = matter.resolved_at.date() if matter.resolved_at else matter.published_on
    length = settings.horizons.get(item.horizon)
    if begin is None or length is None:
        return None, False
    try:
        return begin + length, True
    except OverflowError:
        return None, False


def is_overdue(item: ActionItem, postmortem: Postmortem, settings: Settings, today: date) -> bool:
    """Whether an item is open although its day has passed; on the day itself it is not."""
    return item.state is ActionState.OPEN and _has_passed(due_date(item, postmortem, settings)[0], today)


def standings(postmortem: Postmortem, settings: Settings, today: date) -> tuple[ActionStanding, ...]:
    """Every action item of a postmortem as it stands on a day, in the order of the text."""
    found: list[ActionStanding] = []
    for item in postmortem.actions.items:
        due, is_derived = due_date(item, postmortem, settings)
        found.append(ActionStanding(item, due, is_derived, item.state is ActionState.OPEN and _has_passed(due, today)))
    return tuple(found)


def progress(postmortem: Postmortem, settings: Settings, today: date) -> Progress:
    """The counts of a postmortem's action items on a day."""
    states = [item.state for item in postmortem.actions.items]
    return Progress(
        done=states.count(ActionState.DONE),
        open=states.count(ActionState.OPEN),
        overdue=sum(is_overdue(item, postmortem, settings, today) for item in postmortem.actions.items),
        dropped=states.count(ActionState.DROPPED),
        unknown=states.count(ActionState.UNKNOWN),
    )


def _has_passed(due: date | None, today: date) -> bool:
    return due is not None and due < today

"""Reminders: what each owner promised that is overdue, or falls due within some days.

Near misses and drills are in no figure, but what was promised after them is still to do: their items are here, as they
are in the check. Drafts are, too, where their authors gave a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from postmortems.analyse.by_slug import by_slug
from postmortems.model.action_item import ActionState
from postmortems.model.dated_action import DatedAction


@dataclass(frozen=True, slots=True)
class OwnerReminder:
    """The items of one owner, each list with the oldest due date first; of items without an owner the name is empty."""

    slug: str
    name: str
    overdue: tuple[DatedAction, ...]
    due_soon: tuple[DatedAction, ...]


@dataclass(frozen=True, slots=True)
class Reminders:
    """The reminders of a day. `until` is the last day that counts as soon.

    `owners` has whoever has such an item, most overdue items first; `unowned` those that name nobody. `undated` is the
    number of open items without a due date, of which nothing reminds, and `unknown` that of those of unknown state.
    """

    today: date
    until: date
    owners: tuple[OwnerReminder, ...] = ()
    unowned: OwnerReminder | None = None
    undated: int = 0
    unknown: int = 0

    @property
    def parts(self) -> tuple[OwnerReminder, ...]:
        """Reminders of all owners, and last the items without one."""
        return (*self.owners, self.unowned) if self.unowned else self.owners

    @property
    def overdue(self) -> int:
        """Number of overdue items."""
        return sum(len(part.overdue) for part in self.parts)

    @property
    def due_soon(self) -> int:
        """Number of items that fall due until the last day."""
        return sum(len(part.due_soon) for part in self.parts)


def reminders(actions: Iterable[DatedAction], today: date, within: timedelta) -> Reminders:
    """The reminders of a day, of items that are dated by that day."""
    listed = list(actions)
    try:
        until = today + within
    except OverflowError:
        until = date.max
    # Closed items count for the spelling of a name, so that it is the one that pages use.
    named = by_slug((action.item.owner, action) for action in listed if action.item.owner)
    owners = [_reminder(owner.slug, owner.name, owner.members, until) for owner in named]
    unowned = _reminder("", "", [action for action in listed if not action.item.owner], until)
    return Reminders(
        today,
        until,
        tuple(sorted((owner for owner in owners if owner.overdue or owner.due_soon), key=_most_overdue_first)),
        unowned if unowned.overdue or unowned.due_soon else None,
        sum(action.is_open and action.due is None for action in listed),
        sum(action.item.state is ActionState.UNKNOWN for action in listed),
    )


def _reminder(slug: str, name: str, actions: Sequence[DatedAction], until: date) -> OwnerReminder:
    dated = sorted((action for action in actions if action.is_open and action.due), key=_due)
    return OwnerReminder(
        slug,
        name,
        tuple(action for action in dated if action.is_overdue),
        tuple(action for action in dated if not action.is_overdue and _due(action) <= until),
    )


def _due(action: DatedAction) -> date:
    return action.due or date.max


def _most_overdue_first(owner: OwnerReminder) -> tuple[int, int, str]:
    return -len(owner.overdue), -len(owner.due_soon), owner.name.casefold()

"""Overdue action items by owner, each by how long it has been overdue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from postmortems.analyse.by_slug import by_slug
from postmortems.model.dated_action import DatedAction

AGES = (30, 91, 365)
"""The last day of each age but the open one: up to 30 days, 31 to 91, 92 to 365, and more than a year."""


@dataclass(frozen=True, slots=True)
class OverdueItems:
    """The overdue items of one owner: its slug and name, empty without one, the number of each age, and the days of
    the oldest."""

    owner: str
    name: str
    by_age: tuple[int, ...]
    oldest: int

    @property
    def total(self) -> int:
        """Number of items."""
        return sum(self.by_age)


def ages(overdue: Iterable[DatedAction]) -> tuple[int, ...]:
    """The number of items of each age, the youngest first."""
    counts = [0] * (len(AGES) + 1)
    for action in overdue:
        counts[sum(action.days_late > most for most in AGES)] += 1
    return tuple(counts)


def overdue_by_owner(overdue: Iterable[DatedAction]) -> list[OverdueItems]:
    """The owners of overdue items, most items first; of as many, the one with the oldest."""
    named: list[tuple[str, DatedAction]] = []
    nobody: list[DatedAction] = []
    for action in overdue:
        if action.item.owner:
            named.append((action.item.owner, action))
        else:
            nobody.append(action)
    found = [_items(owner.slug, owner.name, owner.members) for owner in by_slug(named)]
    found += [_items("", "", nobody)] if nobody else []
    return sorted(found, key=lambda items: (-items.total, -items.oldest, items.name.casefold()))


def _items(owner: str, name: str, members: Sequence[DatedAction]) -> OverdueItems:
    return OverdueItems(owner, name, ages(members), max(action.days_late for action in members))

"""The calendar across a picture: years, or the months of one year, and marks moved apart on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from postmortems.model.postmortem import Postmortem
from postmortems.render.words.formats import MONTHS


@dataclass(frozen=True, slots=True)
class Tick:
    """The begin of a year or month, and the room until the next one that is labelled."""

    x: float
    label: str
    year: int
    width: float


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Years from left to right, linear in time.

    They are whole, unless it begins with the month `begin` of the first one, or ends with the month `end` of the last.
    """

    first: int
    last: int
    left: float
    right: float
    begin: int = 1
    end: int = 12

    @property
    def months(self) -> int:
        """The number of months that it spans."""
        return (self.last - self.first) * 12 + self.end - self.begin + 1

    def x(self, at: date | datetime) -> float:
        """The place of a day or a moment."""
        day = at.toordinal() + ((at.hour * 60 + at.minute) / 1440 if isinstance(at, datetime) else 0)
        begin = date(self.first, self.begin, 1).toordinal()
        # No year follows the last one of the calendar.
        end = (
            date(self.last, 12, 31).toordinal() + 1 if self.end == 12 else date(self.last, self.end + 1, 1).toordinal()
        )
        return self.left + (day - begin) / (end - begin) * (self.right - self.left)

    def ticks(self, room: float) -> list[Tick]:
        """The labelled begins: of years as far apart as `room` asks, or of months where there is only one year."""
        if self.first == self.last:
            begins = [(date(self.first, month, 1), MONTHS[month - 1]) for month in range(1, 13)]
        else:
            years = self.last - self.first + 1
            step = max(1, -(-int(room * years) // int(self.right - self.left)))
            begins = [(date(year, 1, 1), str(year)) for year in range(self.first, self.last + 1, step)]
        edges = [max(self.x(day), self.left) for day, _ in begins] + [self.right]
        return [
            Tick(edges[place], label, day.year, edges[place + 1] - edges[place])
            for place, (day, label) in enumerate(begins)
        ]


def axis_of(postmortems: Iterable[Postmortem], left: float, right: float, fallback: int) -> TimeAxis:
    """The quarters that some incidents span, or the year of all; `fallback` is the year of a picture that has none."""
    days = sorted(postmortem.day for postmortem in postmortems if postmortem.day) or [date(fallback, 1, 1)]
    first, last = days[0], days[-1]
    if first.year == last.year:
        return TimeAxis(first.year, last.year, left, right)
    return TimeAxis(
        first.year, last.year, left, right, first.month - (first.month - 1) % 3, last.month + -last.month % 3
    )


def when(postmortem: Postmortem) -> datetime:
    """Position of an incident on the axis: its start time, or the start of its day."""
    return postmortem.chronology[1]


def spread(
    places: Sequence[float], gap: float | Sequence[float], low: float, high: float, most: float = 24
) -> list[float]:
    """Ascending places moved so that neighbours are `gap` apart, each as little as possible.

    `gap` is the same for all, or a gap for each place and its next one. It is a regression to ascending order (pool
    adjacent violators, linear), so a crowd grows around its own middle. Where a crowd would move one by more than
    `most`, the gaps shrink: a mark must not tell another time.
    """
    if not places:
        return []
    gaps = [gap] * (len(places) - 1) if isinstance(gap, int | float) else gap
    # Distances from the first place if all are as close as they may be.
    offsets = [0.0, *accumulate(gaps)]
    scale = min(1.0, (high - low) / offsets[-1]) if offsets[-1] else 1.0
    moved = list(places)
    for _ in range(6):
        moved = _apart(places, [scale * offset for offset in offsets], low, high)
        if all(abs(new - old) <= most for new, old in zip(moved, places, strict=True)):
            break
        scale /= 2
    return moved


def _apart(places: Sequence[float], offsets: Sequence[float], low: float, high: float) -> list[float]:
    pools: list[tuple[float, int]] = []  # sum and number of the places that move together
    for place, offset in zip(places, offsets, strict=True):
        total, count = place - offset, 1
        while pools and pools[-1][0] * count > total * pools[-1][1]:
            before = pools.pop()
            total, count = total + before[0], count + before[1]
        pools.append((total, count))
    ascending = [total / count for total, count in pools for _ in range(count)]
    limit = max(high - offsets[-1], low)
    return [min(max(place, low), limit) + offset for place, offset in zip(ascending, offsets, strict=True)]

"""Days meant by the words for them: figures in either order, weekdays, `next day`, `Day 2`.

Figures such as `04-03-2026` are read in the order that the settings name. Without one, the order is the one that
another date of the same timeline proves: `27-05-2025` has one reading only, and a date that is the incident's day in
one reading is that day. What stays in doubt is reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, timedelta, tzinfo

from postmortems.read.timeline.day_mark import Base, DayMark
from postmortems.read.timeline.incident_times import IncidentTimes
from postmortems.read.timeline.time_text import TimeText
from postmortems.read.timeline.written_day import WrittenDay
from postmortems.settings import DateOrder


@dataclass(slots=True)
class DaysSoFar:
    """The days of the rows above, from which others count.

    `current` is the day of the row above, `above` that of the last row that names no day by another one, `named` the
    day that was named last, `heading` that of the heading or the divider above, `first` the one called `Day 1`.
    """

    current: date | None = None
    above: date | None = None
    named: date | None = None
    heading: date | None = None
    first: date | None = None


class DayChoice:
    """The days of one timeline."""

    def __init__(self, stamps: Iterable[TimeText], order: DateOrder, times: IncidentTimes) -> None:
        self.times = times
        self.first_number = 1
        stamps = list(stamps)
        self.order = self._proven(stamps) if order is DateOrder.ISO else order
        if any(stamp.mark and stamp.mark.base is Base.FIRST and stamp.mark.days == 0 for stamp in stamps):
            self.first_number = 0

    def _proven(self, stamps: Iterable[TimeText]) -> DateOrder:
        """The order of figures that the dates of this timeline leave possible; ISO while more than one is left."""
        orders: set[DateOrder] = set()
        for stamp in stamps:
            day = stamp.day
            if day is None or day.only_weekday or day.month_first == day.day_first:
                continue
            if day.day_first is None:
                orders.add(DateOrder.MONTH_FIRST)
            elif day.month_first is None:
                orders.add(DateOrder.DAY_FIRST)
            elif self.times.day is not None and self.times.day in (readings := day.readings(self.times.day)):
                orders.add(DateOrder.MONTH_FIRST if readings[0] == self.times.day else DateOrder.DAY_FIRST)
        return orders.pop() if len(orders) == 1 else DateOrder.ISO

    def of(self, stamp: TimeText, so_far: DaysSoFar, zone: tzinfo) -> tuple[date | None, str]:
        """The day that a time names, or why it cannot be told; neither where it names none or no day is known."""
        mark = stamp.mark
        if stamp.day is None:
            return (self.told_by(mark, so_far, zone), "") if mark else (None, "")
        day, bad = self.written(stamp.day, so_far.current)
        if day and mark and mark.base is Base.FIRST:
            so_far.first = day - timedelta(days=mark.days - self.first_number)
        weekday = stamp.weekday and stamp.weekday.weekday
        if day and weekday is not None and weekday != day.weekday() and stamp.weekday:
            return None, f'"{stamp.weekday.written}" is not the weekday of {day:%-d %B %Y}, which is a {day:%A}'
        return day, bad

    def told_by(self, mark: DayMark, so_far: DaysSoFar, zone: tzinfo) -> date | None:
        """The day n days after another one; None where that one is not known."""
        first = so_far.first or self.incident_day(zone)
        if mark.base is Base.FIRST:
            days, base = mark.days - self.first_number, first
        elif mark.base is Base.NAMED:
            days, base = mark.days, so_far.named or first
        else:
            same = so_far.current if mark.days == 0 else so_far.above
            days, base = mark.days, same or so_far.current or first
        try:
            return base + timedelta(days=days) if base else None
        except OverflowError:
            return None

    def written(self, day: WrittenDay, current: date | None) -> tuple[date | None, str]:
        """The day that is written, or why it cannot be told."""
        near = current or self.times.day
        if day.ambiguous and self.order is not DateOrder.ISO:
            pair = day.day_first if self.order is DateOrder.DAY_FIRST else day.month_first
            readings = [found] if pair and (found := day.on(*pair, near)) else []
        elif day.only_weekday:
            # The first weekday of a timeline may lie before the incident's day: a change on Friday, trouble on Sunday.
            early = near and current is None
            readings = day.readings(near - timedelta(days=3) if near and early else near)
        else:
            readings = day.readings(near)
        if len(set(readings)) > 1:
            return None, (
                f"it is {readings[0]:%-d %B} with the month first and {readings[1]:%-d %B} with the day first"
            )
        if readings:
            return readings[0], ""
        if near is None:
            return None, "" if day.only_weekday or day.year is None else "there is no such day"
        return None, "there is no such day"

    def incident_day(self, zone: tzinfo) -> date | None:
        """The incident's day on the clocks of `zone`: that of its first moment, where the two are one day in UTC."""
        first = min(self.times.moments, default=None)
        if first is not None and first.astimezone(UTC).date() == self.times.day:
            return first.astimezone(zone).date()
        return self.times.day

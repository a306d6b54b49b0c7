"""Entries in the order in which they are written → moments: which day a time belongs to, and whether it goes back.

The rule. A time without a day belongs to the day that was named last, else to the incident's. Where it lies before
the entry above it, it is the next day's if the step back exceeds 12 hours, or exceeds 3 hours and the next day's
reading is not after the last known moment. Every other step back is reported, except at `~14:30` and at ranges,
which overlap by nature.

Figures such as `04-03-2026` are read in the order that the settings name. Without one, the order is the one that
another date of the same timeline proves: `27-05-2025` has one reading only, and a date that is the incident's day in
one reading is that day. What stays in doubt is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.model.timeline import Event
from postmortems.read.timeline.clock import Clock
from postmortems.read.timeline.draft import Draft
from postmortems.read.timeline.stamp import Stamp
from postmortems.read.timeline.written_day import WrittenDay
from postmortems.settings import DateOrder, Settings

_NEXT_DAY = timedelta(hours=12)
_NEXT_DAY_IF_KNOWN = timedelta(hours=3)
_QUOTED = 60


class Calendar:
    """The walk from the first entry to the last. `rests_on_setting` tells whether a time had no zone of its own."""

    def __init__(self, path: str, day: date | None, settings: Settings, moments: Sequence[datetime]) -> None:
        self.path = path
        self.day = day
        self.setting = ZoneInfo(settings.time_zone)
        self.order = settings.date_order
        self.first_moment = min(moments, default=None)
        self.last_moment = max(moments, default=None)
        self.problems: list[Problem] = []
        self.rests_on_setting = False
        self._current: date | None = None
        self._named = False
        self._previous: datetime | None = None
        self._exact: tuple[datetime, str] | None = None

    def events(self, drafts: Sequence[Draft]) -> list[Event | None]:
        """The event of each entry, in their order; None for dividers, which only carry their day forward."""
        if self.order is DateOrder.ISO:
            self.order = self._proven(draft.stamp for draft in drafts if draft.stamp)
        return [self._event(draft) for draft in drafts]

    def _proven(self, stamps: Iterable[Stamp]) -> DateOrder:
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
            elif self.day is not None and self.day in (readings := day.readings(self.day)):
                orders.add(DateOrder.MONTH_FIRST if readings[0] == self.day else DateOrder.DAY_FIRST)
        return orders.pop() if len(orders) == 1 else DateOrder.ISO

    def _event(self, draft: Draft) -> Event | None:
        stamp = draft.stamp
        place = Place.at(self.path, draft.line, draft.column, draft.length)
        bad = draft.bad or (stamp.bad if stamp else "")
        at = until = None
        day: date | None = None
        if stamp and not bad and stamp.day:
            day, bad = self._day(stamp.day)
        if bad:
            self._unreadable(place, draft, bad)
        elif stamp and day:
            self._current, self._named = day, True
        if draft.divider:
            return None
        if stamp and not bad:
            at, until = self._moments(stamp, draft, place, day)
        return Event(
            place=place,
            text=draft.text,
            at=at,
            written=draft.written or (stamp.written if stamp else ""),
            until=until,
            approximate=bool(stamp and stamp.approximate),
            day_only=bool(at and stamp and stamp.clock is None),
            action=draft.action,
            actor=draft.actor,
            link=draft.link,
            phase=draft.phase,
        )

    def _moments(
        self, stamp: Stamp, draft: Draft, place: Place, day: date | None
    ) -> tuple[datetime | None, datetime | None]:
        zone = stamp.zone or draft.zone or self.setting
        if stamp.clock is None:
            if day is None:
                return None, None
            last = day
            if stamp.until_day:
                last = self._day(stamp.until_day)[0] or day
            elif stamp.day and stamp.day.last_day:
                last = _replace_day(day, stamp.day.last_day)
            # A mere day is kept as that day in UTC: on the clocks of another zone it would look like the day before.
            at = _moment(day, Clock(0, 0), UTC)
            self._note_day(at, place, draft)
            return at, _moment(last, Clock(0, 0), UTC) if last > day else None
        current = day or self._current or self._incident_day(zone)
        if current is None:
            return None, None
        self.rests_on_setting |= stamp.zone is None and draft.zone is None
        at = _moment(current, stamp.clock, zone)
        if not self._named and self._is_next_day(at):
            current += timedelta(days=1)
            at = _moment(current, stamp.clock, zone)
        self._current, self._named = current, False
        if not stamp.approximate and not stamp.is_range:
            if self._exact and at < self._exact[0]:
                self.problems.append(goes_back(place, stamp.written, self._exact[1]))
            self._exact = (at, stamp.written)
        self._previous = at
        return at, self._end(stamp, at, current, zone)

    def _is_next_day(self, at: datetime) -> bool:
        if self._previous is None or at >= self._previous:
            return False
        back = self._previous - at
        if back > _NEXT_DAY:
            return True
        known = self.last_moment is not None and at + timedelta(days=1) <= self.last_moment
        return back > _NEXT_DAY_IF_KNOWN and known

    def _end(self, stamp: Stamp, at: datetime, day: date, zone: tzinfo) -> datetime | None:
        if stamp.until is None:
            return None
        last = self._day(stamp.until_day)[0] if stamp.until_day else day
        until = _moment(last or day, stamp.until, zone)
        if until < at and stamp.until_day is None:
            until = _moment(day + timedelta(days=1), stamp.until, zone)
        if until < at:
            return None
        self._current = until.astimezone(zone).date() if stamp.until_day else self._current
        return until

    def _note_day(self, at: datetime, place: Place, draft: Draft) -> None:
        """A whole day goes back only where it ends before the entry above it."""
        written = draft.stamp.written if draft.stamp else ""
        approximate = bool(draft.stamp and (draft.stamp.approximate or draft.stamp.is_range))
        if self._exact and at.date() < self._exact[0].date() and not approximate:
            self.problems.append(goes_back(place, written, self._exact[1]))
            self._exact = (at, written)

    def _day(self, written: WrittenDay) -> tuple[date | None, str]:
        """The day that is meant, or why it cannot be told."""
        near = self._current or self.day
        if written.ambiguous and self.order is not DateOrder.ISO:
            pair = written.day_first if self.order is DateOrder.DAY_FIRST else written.month_first
            readings = [found] if pair and (found := written.on(*pair, near)) else []
        elif written.only_weekday:
            # The first weekday of a timeline may lie before the incident's day: a change on Friday, trouble on Sunday.
            early = near and self._current is None
            readings = written.readings(near - timedelta(days=3) if near and early else near)
        else:
            readings = written.readings(near)
        if len(set(readings)) > 1:
            return None, (
                f"it is {readings[0]:%-d %B} with the month first and {readings[1]:%-d %B} with the day first"
            )
        if readings:
            return readings[0], ""
        if near is None:
            return None, "" if written.only_weekday or written.year is None else "there is no such day"
        return None, "there is no such day"

    def _incident_day(self, zone: tzinfo) -> date | None:
        """The incident's day on the clocks of `zone`: that of its first moment, where the two are one day in UTC."""
        first = self.first_moment
        if first is not None and first.astimezone(UTC).date() == self.day:
            return first.astimezone(zone).date()
        return self.day

    def _unreadable(self, place: Place, draft: Draft, why: str) -> None:
        written = draft.written or (draft.stamp.written if draft.stamp else "")
        self.problems.append(
            Problem(
                "unreadable-time",
                place,
                f'the time "{shortened(written)}" cannot be read: {why}',
                "write it as 2024-02-06 14:23 UTC or 14:23, `~14:23` if it is about then, or `unknown`",
            )
        )


def goes_back(place: Place, written: str, before: str) -> Problem:
    """The problem of a time that lies before the entry above it."""
    return Problem(
        "timeline-goes-back",
        place,
        f'"{shortened(written)}" comes after "{shortened(before)}" in the timeline but lies before it',
        "put the events in order, name the day if it is another one, or write ~ before a time that is a guess",
    )


def shortened(text: str) -> str:
    """A quotation that fits into a message."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1].rstrip() + "…"


def _moment(day: date, clock: Clock, zone: tzinfo) -> datetime:
    extra = timedelta(days=1) if clock.hour == 24 else timedelta()
    local = datetime.combine(day, time(clock.hour % 24, clock.minute, clock.second), zone)
    try:
        return (local + extra).astimezone(UTC)
    except OverflowError:
        return local.replace(tzinfo=UTC)


def _replace_day(day: date, number: int) -> date:
    try:
        return day.replace(day=number)
    except ValueError:
        return day

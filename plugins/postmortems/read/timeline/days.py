"""Entries in the order in which they are written → moments: which day a time belongs to, and whether it goes back.

The rule. A time without a day belongs to the day that was named last, else to the incident's. Where it lies before
the entry above it, it is the next day's if the step back exceeds 12 hours, or exceeds 3 hours and the next day's
reading is not after the last known moment. Every other step back is reported, except at `~14:30` and at ranges,
which overlap by nature.

A row of an older day than the incident's, such as a change that lay in wait, does not carry its day on: the times
below it are the incident's, unless a row below names the day anew or more of them then hit moments of the front matter.

A local time that the clocks showed twice, or never, on the night when they were changed is no moment: it is reported,
and its event has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.model.section import Body
from postmortems.model.timeline import Event
from postmortems.read.timeline.clock import moment_on
from postmortems.read.timeline.day_choice import DayChoice, DaysSoFar
from postmortems.read.timeline.day_mark import Base
from postmortems.read.timeline.incident_times import IncidentTimes
from postmortems.read.timeline.raw_entry import RawEntry
from postmortems.read.timeline.time_problems import clocks_changed, goes_back, unreadable
from postmortems.read.timeline.time_text import TimeText
from postmortems.read.timeline.zone_choice import ZoneChoice
from postmortems.settings import Settings

_NEXT_DAY = timedelta(hours=12)
_NEXT_DAY_IF_KNOWN = timedelta(hours=3)


class DayResolver:
    """The walk from the first entry to the last."""

    def __init__(self, body: Body, drafts: Sequence[RawEntry], settings: Settings, times: IncidentTimes) -> None:
        self.body = body
        self.drafts = drafts
        self.times = times
        self.zones = ZoneChoice(body, drafts, settings, times)
        self.days = DayChoice((draft.stamp for draft in drafts if draft.stamp), settings.date_order, times)
        self.last_moment = max(times.moments, default=None)
        self.problems: list[Problem] = []
        self._start()

    def _start(self) -> None:
        self._days = DaysSoFar()
        self._named = False
        self._previous: datetime | None = None
        self._exact: tuple[datetime, str] | None = None

    def events(self) -> list[Event | None]:
        """The event of each entry, in their order; None for dividers, which only carry their day forward."""
        for abbreviation, zones in self.zones.unsettled():
            hits = []
            for zone in zones:
                self.zones.settle(abbreviation, zone)
                self._start()
                hits.append((zone, self.times.named_by(self._walk(0, len(self.drafts)))))
            self.zones.settle_by_moments(abbreviation, hits)
        self._start()
        self.problems, self.zones.problems = [], []
        events = self._walk(0, len(self.drafts))
        self.problems += self.zones.problems
        return events

    def _walk(self, first: int, last: int) -> list[Event | None]:
        return [self._event(index) for index in range(first, last)]

    def _event(self, index: int) -> Event | None:
        draft = self.drafts[index]
        stamp = draft.stamp
        place = self.body.place(draft.line, draft.column, draft.length)
        bad = draft.bad or (stamp.bad if stamp else "")
        before = self._days.current
        at = until = None
        day: date | None = None
        zone: tzinfo | None = None
        if stamp and not bad:
            zone = self.zones.of(index) if stamp.clock else None
            day, bad = self.days.of(stamp, self._days, zone or UTC)
        if not bad and stamp and day:
            self._days.current, self._named = day, True
            if stamp.day is not None:
                self._days.named = day
            if draft.is_heading:
                self._days.heading = self._days.above = day
        if draft.divider and not bad:
            return None
        if stamp and not bad and (zone or stamp.clock is None):
            at, until, bad = self._moments(stamp, zone or UTC, place, day)
        if bad:
            self.problems.append(unreadable(place, draft, bad))
        if draft.divider:
            return None
        if stamp and stamp.mark and stamp.mark.base is Base.ABOVE and stamp.mark.days < 0 and stamp.day is None:
            self._days.current = before
        elif not (stamp and stamp.mark):
            self._days.above = self._days.current or self._days.above
        if stamp and stamp.day and day and not bad and not draft.is_heading:
            self._leave_older_day(index, day, zone or UTC)
        return Event(
            place=place,
            text=draft.text,
            at=at,
            written=draft.written or (stamp.written if stamp else ""),
            until=until,
            approximate=bool(stamp and stamp.approximate),
            qualifier=stamp.qualifier if stamp else "",
            day_only=bool(at and stamp and not stamp.has_time),
            action=draft.action,
            actor=draft.actor,
            link=draft.link,
            phase=draft.phase,
        )

    def _leave_older_day(self, index: int, day: date, zone: tzinfo) -> None:
        """Go back to the incident's day below a row of an older one, unless the rows below belong to it, too."""
        home = self._days.heading or self.days.incident_day(zone)
        if home is None or day >= home:
            return
        end = index + 1
        while end < len(self.drafts) and not ((next_one := self.drafts[end].stamp) and next_one.names_day):
            end += 1
        if not any(draft.stamp and draft.stamp.clock for draft in self.drafts[index + 1 : end]):
            return
        hits = []
        for carried in (day, home):
            saved = replace(self._days), self._named, self._previous, self._exact, list(self.problems)
            self._days.current = self._days.above = carried
            self._named = False
            hits.append(self.times.named_by(self._walk(index + 1, end)))
            self._days, self._named, self._previous, self._exact, self.problems = saved
        following = self.drafts[end].stamp if end < len(self.drafts) else None
        following_day = self.days.written(following.day, day)[0] if following and following.day else None
        stays = hits[0] > hits[1] or (hits[0] == hits[1] and following_day is not None and following_day <= home)
        if not stays:
            self._days.current, self._days.above, self._named = home, home, False

    def _moments(
        self, stamp: TimeText, zone: tzinfo, place: Place, day: date | None
    ) -> tuple[datetime | None, datetime | None, str]:
        """Begin and end of an entry, as far as they are known, and the reason if its time cannot be read."""
        if stamp.elapsed is not None and stamp.clock is None:
            return self._since_start(stamp, place)
        if stamp.clock is None:
            return *self._whole_days(stamp, place, day), ""
        current = day or self._days.current or self.days.incident_day(zone)
        if current is None:
            return None, None, ""
        at = moment_on(current, stamp.clock, zone)
        if not self._named and at and self._is_next_day(at, stamp):
            current += timedelta(days=1)
            at = moment_on(current, stamp.clock, zone)
        self._days.current, self._named = current, False
        if at is None:
            self.problems.append(clocks_changed(place, stamp.written, current, stamp.clock, zone))
            return None, None, ""
        if bad := self._contradiction(stamp, at, current, zone):
            return None, None, bad
        self._note(at, stamp, place)
        return at, self._end(stamp, at, current, zone, place), ""

    def _note(self, at: datetime, stamp: TimeText, place: Place) -> None:
        """Report an exact time that lies before an exact one above it."""
        if not stamp.approximate and not stamp.is_range:
            if self._exact and at < self._exact[0]:
                self.problems.append(goes_back(place, stamp.written, self._exact[1]))
            self._exact = (at, stamp.written)
        self._previous = at

    def _since_start(self, stamp: TimeText, place: Place) -> tuple[datetime | None, None, str]:
        start = self.times.started_at
        if start is None or stamp.elapsed is None:
            return None, None, "it counts from the start of the incident, which the front matter does not state"
        try:
            at = start + stamp.elapsed
        except OverflowError:
            return None, None, "it is outside the calendar"
        self._days.current, self._named = at.date(), False
        self._note(at, stamp, place)
        return at, None, ""

    def _whole_days(self, stamp: TimeText, place: Place, day: date | None) -> tuple[datetime | None, datetime | None]:
        if day is None:
            return None, None
        last = day
        if stamp.until_day:
            last = self.days.written(stamp.until_day, self._days.current)[0] or day
        elif stamp.day:
            last = stamp.day.last_from(day)
        # A mere day is kept as that day in UTC: on the clocks of another zone it would look like the day before.
        at = datetime.combine(day, time(), UTC)
        # It goes back only where it ends before the entry above it.
        if self._exact and at.date() < self._exact[0].date() and not stamp.approximate and not stamp.is_range:
            self.problems.append(goes_back(place, stamp.written, self._exact[1]))
            self._exact = (at, stamp.written)
        return at, datetime.combine(last, time(), UTC) if last > day else None

    def _contradiction(self, stamp: TimeText, at: datetime, day: date, zone: tzinfo) -> str:
        """Reason why two ways to tell one time cannot both be right; empty if they can."""
        start = self.times.started_at
        if stamp.elapsed is not None and start and abs(start + stamp.elapsed - at) >= timedelta(minutes=2):
            return f"it is not that long after {start:%H:%M} UTC, the start"
        if stamp.until and not (stamp.until_day or stamp.until_mark):
            end = moment_on(day, stamp.until, self.zones.resolved(stamp.until_zone) or zone)
            if end and end < at and at - end < _NEXT_DAY:
                return "it ends before it starts; add the day of its end if it is the next one"
        other = stamp.also
        if other is None or other.clock is None or (elsewhere := self.zones.resolved(other.zone)) is None:
            return ""
        there = moment_on(day, other.clock, elsewhere)
        if there is None or (there - at) % timedelta(days=1) == timedelta(0):
            return ""
        return f'"{other.written}" is {there:%H:%M} UTC, and the time before it is {at:%H:%M} UTC'

    def _is_next_day(self, at: datetime, stamp: TimeText) -> bool:
        if self._previous is None or at >= self._previous:
            return False
        back = self._previous - at
        if back > _NEXT_DAY or (stamp.clock and stamp.clock.is_midnight):
            return True
        known = self.last_moment is not None and at + timedelta(days=1) <= self.last_moment
        return back > _NEXT_DAY_IF_KNOWN and known

    def _end(self, stamp: TimeText, at: datetime, day: date, zone: tzinfo, place: Place) -> datetime | None:
        """End of a range: on the day that is named, else on the next one if it would end before it begins."""
        if stamp.until is None:
            return None
        zone = self.zones.resolved(stamp.until_zone) or zone
        last: date | None = None
        if stamp.until_day:
            last = self.days.written(stamp.until_day, self._days.current)[0]
        elif stamp.until_mark:
            last = self.days.told_by(stamp.until_mark, self._days, zone)
        until = moment_on(last or day, stamp.until, zone)
        if until and until < at and last is None:
            until = moment_on(day + timedelta(days=1), stamp.until, zone)
        if until is None:
            self.problems.append(clocks_changed(place, stamp.until.written, last or day, stamp.until, zone))
        if until is None or until < at:
            return None
        self._days.current = until.astimezone(zone).date() if last else self._days.current
        return until

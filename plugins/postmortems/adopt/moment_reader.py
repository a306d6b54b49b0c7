"""Times of metadata and prose → moments, by the incident's day and the zone that the document states."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from postmortems.adopt.document import Document
from postmortems.adopt.event_moments import written
from postmortems.adopt.record import Value, derived, stated
from postmortems.adopt.statements import Statement
from postmortems.adopt.written_days import Near, settled
from postmortems.model.section import Section
from postmortems.read.timeline.stated_zone import ZoneSentences
from postmortems.read.timeline.time_parser import read_stamp
from postmortems.read.timeline.time_text import TimeText
from postmortems.read.timeline.zones import Abbreviation, Zone

_NOTHING = Section("", None, 1, 0, 0)
_FEW_DAYS = 7


class MomentReader:
    """Reader of times in metadata and prose; `day` is the incident's, if it is known."""

    def __init__(self, document: Document, day: date | None) -> None:
        self.document, self.day = document, day
        section = document.body.find("Timeline")
        said = ZoneSentences(document.body).zone_of(section or _NOTHING)
        self.zone: Zone | None = said.zone if said else None
        self.zone_line = said.line if said else 0

    def stated(self, statement: Statement) -> Value | None:
        """The moment that a statement tells, or None."""
        stamp = read_stamp(statement.value, cell=True)
        at = self.at(stamp) if stamp else None
        if stamp is None or at is None:
            return None
        reasons = self._doubts(stamp)
        origin = statement.origin
        return derived(written(at), f"{origin}; {', '.join(reasons)}") if reasons else stated(written(at), origin)

    def both_ends(self, stamp: TimeText) -> tuple[datetime, datetime] | None:
        """Beginning and end of a stretch of time, both near to the day of the incident; else None."""
        begin = self.at(stamp)
        until = TimeText(day=stamp.until_day or stamp.day, clock=stamp.until, zone=stamp.until_zone or stamp.zone)
        end = self.at(until)
        if begin is None or end is None or not self.is_near(begin):
            return None
        return begin, end + timedelta(days=end < begin and not stamp.until_day)

    def at(self, stamp: TimeText) -> datetime | None:
        """The moment of a time; None where its day, its clock or its zone is not known."""
        clock = stamp.clock
        if clock is None or stamp.bad or clock.whole_hour or stamp.unknown_zone or stamp.mark:
            return None
        day = self.day_of(stamp) if stamp.day else self.day
        zone = self._zone(stamp.zone or self.zone)
        if day is None or zone is None:
            return None
        try:
            at = datetime.combine(day, time(clock.hour % 24, clock.minute, clock.second), zone)
            return (at + timedelta(days=clock.hour // 24)).astimezone(UTC)
        except OverflowError:
            return None

    def day_of(self, stamp: TimeText) -> date | None:
        """The day that a time names; None where it names none, or two."""
        near = Near(self.day) if self.day else None
        return settled(stamp.day, self.document.settings, near) if stamp.day else None

    def is_near(self, at: datetime) -> bool:
        """True if a time is so near to the day of the incident that prose about the incident may mean it."""
        return self.day is None or abs((at.date() - self.day).days) <= _FEW_DAYS

    def _doubts(self, stamp: TimeText) -> list[str]:
        reasons = []
        if stamp.zone is None and self.zone is None:
            reasons.append(f"no zone is stated, read as {self.document.settings.time_zone}")
        elif stamp.zone is None:
            reasons.append(f"zone from line {self.zone_line}")
        if isinstance(stamp.zone or self.zone, Abbreviation):
            reasons.append("the zone's abbreviation has several meanings")
        if stamp.day is None:
            reasons.append("day of the incident")
        if stamp.approximate or stamp.qualifier:
            reasons.append("an approximate time")
        if stamp.is_range:
            reasons.append("the beginning of a range")
        return reasons

    def _zone(self, zone: Zone | None) -> tzinfo | None:
        if isinstance(zone, Abbreviation):
            return zone.meanings[0][1] if zone.has_default else None
        return zone or ZoneInfo(self.document.settings.time_zone)

"""The four moments of an incident: as metadata state them, as stated lengths laid over the events tell them, and as
events say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import combinations
from zoneinfo import ZoneInfo

from postmortems.adopt.document import Document, Statement, plain
from postmortems.adopt.event_moments import as_events_say, written
from postmortems.adopt.lengths import length_at_head
from postmortems.adopt.record import UNKNOWN_VALUE, Certainty, Value, derived, stated
from postmortems.adopt.written_days import Near, days_in, settled
from postmortems.model.front_matter import MOMENTS
from postmortems.model.section import BlockKind, Section
from postmortems.model.timeline import Event
from postmortems.read.languages import plain_word, word_list
from postmortems.read.timeline.stated_zone import ZoneSentences
from postmortems.read.timeline.time_parser import read_stamp
from postmortems.read.timeline.time_text import TimeText
from postmortems.read.timeline.zones import Abbreviation, Zone

_RANGE = re.compile(r"\b[Ff]rom (?=[\dA-Z~])|\bbetween (?=[\dA-Z~])")
_NOTHING = Section("", None, 1, 0, 0)
_FEW_DAYS = 7
_SENTENCE_END = re.compile(r"[.!?]\s")
_FEW_BLOCKS = 8
"""Number of paragraphs at the beginning in which a sentence may tell when the whole incident began and ended."""


def find_moments(
    document: Document, day: date | None, events: Sequence[Event], zone_stated: bool
) -> tuple[dict[str, Value], list[str]]:
    """The moments of a document by their key, and what is wrong with them; `day` is the incident's, if it is known."""
    clock = _Clock(document, day)
    found: dict[str, Value] = {}
    problems: list[str] = []
    for key in MOMENTS:
        for statement in document.stated(key):
            if value := clock.moment(statement):
                found.setdefault(key, value)
            elif re.search(r"\d:\d\d", statement.value):
                problems.append(f'{statement.origin}: "{statement.value[:80]}" is no moment that can be read')
    timed = [event for event in events if event.at and not event.day_only]
    if len(found) < len(MOMENTS):
        for candidate in (
            _by_lengths(document, timed, zone_stated),
            clock.in_prose(),
            as_events_say(timed, day, zone_stated),
        ):
            for key, value in candidate.items():
                # A length that begins when somebody noticed says nothing of the beginning.
                if (
                    key != "started_at"
                    or value.value != found.get("detected_at", UNKNOWN_VALUE).value
                    or _is_told(document)
                ):
                    found.setdefault(key, value)
    problems += _drop_out_of_order(found)
    return {key: found.get(key, UNKNOWN_VALUE) for key in MOMENTS}, problems


def _is_told(document: Document) -> bool:
    """True if the document says how long it took to notice."""
    return next(document.stated("time_to_detect"), None) is not None


class _Clock:
    """Reader of times in metadata and prose, with the incident's day and the zone that the document states."""

    def __init__(self, document: Document, day: date | None) -> None:
        self.document, self.day = document, day
        section = document.body.find("Timeline")
        said = ZoneSentences(document.body).zone_of(section or _NOTHING)
        self.zone: Zone | None = said.zone if said else None
        self.zone_line = said.line if said else 0

    def moment(self, statement: Statement) -> Value | None:
        """The moment that a statement tells, or None."""
        stamp = read_stamp(statement.value, cell=True)
        return self._value(stamp, statement.origin) if stamp else None

    def in_prose(self) -> dict[str, Value]:
        """The stretch that a sentence near the beginning names: "from 16:58 to 18:46 UTC"."""
        blocks = [block for block in self.document.body.blocks() if block.kind is BlockKind.PARAGRAPH][:_FEW_BLOCKS]
        for block in blocks:
            text = plain(block.text)
            for head in _RANGE.finditer(text):
                stamp = read_stamp(text[head.start() :])
                if stamp and stamp.clock and stamp.until and self._is_of_incident(text[: head.start()], stamp):
                    begin = self._at(stamp)
                    until = TimeText(
                        day=stamp.until_day or stamp.day, clock=stamp.until, zone=stamp.until_zone or stamp.zone
                    )
                    end = self._at(until)
                    if begin and end and self._is_near(begin):
                        end += timedelta(days=end < begin and not stamp.until_day)
                        origin = f'line {block.first}: "{stamp.written}"'
                        return {
                            "started_at": derived(written(begin), origin),
                            "resolved_at": derived(written(end), origin),
                        }
        return {}

    def _is_of_incident(self, before: str, stamp: TimeText) -> bool:
        """True if what a sentence says before a stretch speaks for the incident: of its day, and of nothing usual."""
        sentence = _SENTENCE_END.split(before)[-1]
        said = f" {plain_word(sentence)} "
        if any(f" {phrase} " in said for phrase in word_list("not_of_incident")):
            return False
        near = Near(self.day) if self.day else None
        days = {found.day for found in days_in(sentence, self.document.settings, near)}
        return bool(stamp.day) or not days or self.day in days

    def _is_near(self, at: datetime) -> bool:
        """True if a time is so near to the day of the incident that prose about the incident may mean it."""
        return self.day is None or abs((at.date() - self.day).days) <= _FEW_DAYS

    def _value(self, stamp: TimeText, origin: str) -> Value | None:
        at = self._at(stamp)
        if at is None:
            return None
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
        return derived(written(at), f"{origin}; {', '.join(reasons)}") if reasons else stated(written(at), origin)

    def _at(self, stamp: TimeText) -> datetime | None:
        clock = stamp.clock
        if clock is None or stamp.bad or clock.whole_hour or stamp.unknown_zone or stamp.mark:
            return None
        day = (
            settled(stamp.day, self.document.settings, Near(self.day) if self.day else None) if stamp.day else self.day
        )
        zone = self._zone(stamp.zone or self.zone)
        if day is None or zone is None:
            return None
        try:
            at = datetime.combine(day, time(clock.hour % 24, clock.minute, clock.second), zone)
            return (at + timedelta(days=clock.hour // 24)).astimezone(UTC)
        except OverflowError:
            return None

    def _zone(self, zone: Zone | None) -> tzinfo | None:
        if isinstance(zone, Abbreviation):
            return zone.meanings[0][1] if zone.has_default else None
        return zone or ZoneInfo(self.document.settings.time_zone)


def _by_lengths(document: Document, events: Sequence[Event], zone_stated: bool) -> dict[str, Value]:
    """The moments where lengths that are stated lead from one event to others, each to the minute.

    Two lengths that lead from one event alone to two others are as good as stated.
    """
    lengths: dict[str, tuple[timedelta, Statement]] = {}
    for role, key in (
        ("time_to_detect", "detected_at"),
        ("time_to_mitigate", "mitigated_at"),
        ("time_to_resolve", "resolved_at"),
    ):
        for statement in document.stated(role):
            if (length := length_at_head(statement.value)) is not None:
                lengths.setdefault(key, (length, statement))
    minutes = {event.at.replace(second=0): event for event in events if event.at and not event.approximate}
    starts = [at for at in minutes if lengths and all(at + length in minutes for length, _ in lengths.values())]
    longest = [at for at in starts if any(length for length, _ in lengths.values())]
    if len(longest) != 1:
        return {}
    start = longest[0]
    told = " and ".join(f'"{statement.label}: {statement.value}"' for _, statement in lengths.values())
    origin = f"line {minutes[start].place.line}, from which {told} leads to other events"
    sure = stated if zone_stated and sum(bool(length) for length, _ in lengths.values()) > 1 else derived
    found = {"started_at": sure(written(start), origin)}
    for key, (length, statement) in lengths.items():
        event = minutes[start + length]
        found[key] = sure(
            written(start + length), f"line {event.place.line}; {statement.origin} says {statement.value}"
        )
    return found


def _drop_out_of_order(found: dict[str, Value]) -> list[str]:
    """Take out the moments that are derived and lie before an earlier one; say so of those that are stated."""
    problems = []
    while wrong := next(_out_of_order(found), None):
        before, after = wrong
        problems.append(f"{after} ({found[after].value}) would be before {before} ({found[before].value})")
        loser = next((key for key in (after, before) if found[key].certainty is not Certainty.STATED), None)
        if loser is None:
            break
        del found[loser]
    return problems


def _out_of_order(found: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """The pairs of moments of which the later one comes before the earlier one."""
    known = [key for key in MOMENTS if key in found]
    for before, after in combinations(known, 2):
        if datetime.fromisoformat(str(found[after].value)) < datetime.fromisoformat(str(found[before].value)):
            yield before, after

"""`timeline.json` → events: a list of objects with `at`, `event`, `action`, `phase`, `actor` and `link`.

Whatever is wrong with it is reported with its line in that file, and the rest is read. Times are compared with those
that are written in the postmortem as carefully as can be: only where an event's text is in both, once in each and
with a time in both, and the two times are different minutes. Events told in other words are never guessed to be one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from postmortems.model.diagnostic import Problem
from postmortems.model.duration import duration_text
from postmortems.model.place import Place
from postmortems.model.source import Source
from postmortems.model.timeline import Event, Phase
from postmortems.read.text import LARGEST, no_utf8, with_line_feeds
from postmortems.read.timeline.json_elements import JsonError, Members, decode, kind_of
from postmortems.read.timeline.time_problems import goes_back, shortened
from postmortems.text.spelling import did_you_mean, listed

KEYS = ("at", "event", "action", "phase", "actor", "link")
_RULE = "invalid-timeline-json"
_EXAMPLE = '[{"at": "2024-02-06T14:23:00Z", "event": "Alert fired", "action": "On-call paged"}]'
_WRITE_TIME = 'write "at": "2024-02-06T14:23:00Z"'
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_timeline_json(data: bytes, path: str, written: Sequence[Event]) -> tuple[tuple[Event, ...], list[Problem]]:
    """The events in a `timeline.json`, and its problems. `written` are the events of the Timeline section."""
    if len(data) > LARGEST:
        message = f"the file is {len(data):,} bytes; only {LARGEST:,} are read"
        return (), [Problem(_RULE, Place.at(path), message, "keep the events, and move logs to artifacts/")]
    try:
        text = with_line_feeds(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return (), [Problem(_RULE, *no_utf8(path, data, error), "save the file as UTF-8")]
    reader = _Reader(Source(path, text))
    try:
        reader.read(*decode(text))
    except JsonError as error:
        reader.say(error.offset, f"the file is not JSON: {error.message}", f"write {_EXAMPLE}", length=0)
    reader.order()
    reader.compare(written)
    return tuple(reader.events), reader.problems


class _Reader:
    """One walk over the events of a file. Each problem is at the place of its event."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.events: list[Event] = []
        self.problems: list[Problem] = []

    def say(self, offset: int, message: str, help_text: str, length: int = 1) -> None:
        """Note a problem."""
        self.problems.append(Problem(_RULE, self.source.place_at(offset, length), message, help_text))

    def read(self, value: object, offsets: Sequence[int]) -> None:
        """Read the list of events, each of which begins at one of the offsets."""
        if not isinstance(value, list):
            message = f"the file is {kind_of(value)}, not a list of events"
            self.say(len(self.source.text) - len(self.source.text.lstrip()), message, f"write {_EXAMPLE}", length=0)
            return
        for event, offset in zip(value, offsets, strict=True):
            if isinstance(event, Members):
                self._event(event, offset)
            else:
                self.say(offset, f"an event is {kind_of(event)}, not an object", f"write {_EXAMPLE}")

    def _event(self, written: Members, offset: int) -> None:
        members = self._members(written, offset)
        texts = {key: self._text(key, members.get(key), offset) for key in KEYS if key not in ("at", "phase")}
        if "event" not in members:
            self.say(offset, 'an event has no "event"', 'say what happened in "event"')
        at, day_only = self._at(members, offset)
        phase = self._phase(members.get("phase"), offset)
        if not (texts["event"] or texts["action"]):
            return
        written_at = members.get("at")
        self.events.append(
            Event(
                place=self.source.place_at(offset, 1),
                text=texts["event"],
                at=at,
                written=written_at if isinstance(written_at, str) else "",
                day_only=day_only,
                action=texts["action"],
                actor=texts["actor"],
                link=texts["link"],
                phase=phase,
            )
        )

    def _members(self, written: Members, offset: int) -> dict[str, object]:
        """The values of an event by their keys, those that are known; of two with one key the first."""
        members: dict[str, object] = {}
        for key, value in written:
            if key not in KEYS:
                guess = did_you_mean(key, KEYS) or f"the keys are {listed(KEYS)}"
                self.say(offset, f'the key "{shortened(key)}" is unknown', guess)
            elif key in members:
                self.say(offset, f'"{key}" is set twice in one event', "keep one of the two")
            else:
                members[key] = value
        return members

    def _text(self, key: str, value: object, offset: int) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self.say(offset, f'"{key}" is {kind_of(value)}, not text', f'put "{key}" in double quotes')
            return ""
        if key == "event" and not value.strip():
            self.say(offset, '"event" is empty', "say what happened")
        return value.strip()

    def _at(self, members: dict[str, object], offset: int) -> tuple[datetime | None, bool]:
        value = members.get("at")
        if "at" not in members:
            self.say(offset, 'an event has no "at"', 'write "at": null if its time is unknown')
            return None, False
        if value is None or (isinstance(value, str) and value.strip().casefold() == "unknown"):
            return None, False
        if not isinstance(value, str):
            self.say(offset, f'"at" is {kind_of(value)}, not a time', _WRITE_TIME)
            return None, False
        written = value.strip()
        try:
            at = datetime.fromisoformat(written)
        except ValueError:
            self.say(offset, f'the time "{shortened(written)}" cannot be read', _WRITE_TIME)
            return None, False
        if _DAY.fullmatch(written):
            return at.replace(tzinfo=UTC), True
        if at.tzinfo is None and ":" not in written:
            self.say(offset, f'"{shortened(written)}" is not a time of day', _WRITE_TIME)
            return None, False
        if at.tzinfo is None:
            message = f'the time "{shortened(written)}" has no time zone'
            self.say(offset, message, f'add Z for UTC or an offset: "{written}Z"')
            return None, False
        try:
            return at.astimezone(UTC), False
        except OverflowError:
            self.say(offset, f'the time "{shortened(written)}" is outside the calendar', "correct it")
            return None, False

    def _phase(self, value: object, offset: int) -> Phase | None:
        written = self._text("phase", value, offset)
        if not written:
            return None
        try:
            return Phase(written.casefold().replace("_", " "))
        except ValueError:
            names = [phase.value for phase in Phase]
            guess = did_you_mean(written, names) or f"the phases are {listed(names)}"
            self.say(offset, f'the phase "{shortened(written)}" is unknown', guess)
            return None

    def order(self) -> None:
        """Report each event that lies before the one above it: whole moments leave no doubt about the day."""
        before: Event | None = None
        for event in self.events:
            if event.at is None or event.day_only:
                continue
            if before and before.at and event.at < before.at:
                self.problems.append(goes_back(event.place, event.written, before.written))
            before = event

    def compare(self, written: Sequence[Event]) -> None:
        """Report each event that is in the file and in the postmortem with different times."""
        here = Counter(_words(event.text) for event in self.events)
        there = Counter(_words(event.text) for event in written)
        by_words = {_words(event.text): event for event in written}
        pairs = [
            (event, other)
            for event in self.events
            if (words := _words(event.text))
            and (other := by_words.get(words)) is not None
            and here[words] == there[words] == 1
        ]
        differing = [(event, other) for event, other in pairs if _disagree(event, other)]
        shifts = {event.at - other.at for event, other in differing if event.at and other.at}
        if len(differing) > 1 and len(shifts) == 1 and len(differing) == len(pairs):
            # A zone that differs looks like that many wrong times, and is one.
            self._shifted(differing[0][0], len(differing), shifts.pop())
            return
        for event, other in differing:
            self.problems.append(
                Problem(
                    _RULE,
                    event.place,
                    f'"{shortened(event.text)}" is at {_shown(event)} here, but at {_shown(other)} '
                    f"on line {other.place.line} of the postmortem",
                    "correct one of the two, or remove the event from the written timeline",
                )
            )

    def _shifted(self, first: Event, count: int, shift: timedelta) -> None:
        """Report once that all events that are in both lie apart by one length."""
        where = "later" if shift > timedelta(0) else "earlier"
        message = f"all {count} events in both are {duration_text(abs(shift))} {where} here than in the text"
        self.problems.append(
            Problem(_RULE, first.place, message, "correct the zone of one of the two, or remove the written timeline")
        )


def _disagree(one: Event, other: Event) -> bool:
    """True if two times cannot both be right. A time that is only about right, or a day, agrees with its whole day."""
    if one.at is None or other.at is None:
        return False
    if one.day_only or other.day_only or one.approximate or other.approximate:
        return abs((one.at - other.at).total_seconds()) > 36 * 3600
    if other.until is not None:
        return not other.at <= one.at <= other.until
    return one.at.replace(second=0, microsecond=0) != other.at.replace(second=0, microsecond=0)


def _shown(event: Event) -> str:
    return f"{event.at:%Y-%m-%d}" if event.day_only else f"{event.at:%Y-%m-%d %H:%M} UTC"


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())

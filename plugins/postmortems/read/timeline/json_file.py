"""`timeline.json` → events: a list of objects with `at`, `event`, `action`, `phase`, `actor` and `link`.

Whatever is wrong with it is reported with its line in that file, and the rest is read. Times are compared with those
that are written in the postmortem as carefully as can be: only where an event's text stands in both, once in each and
with a time in both, and the two times are different minutes. Events told in other words are never guessed to be one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from postmortems.model.diagnostic import Problem
from postmortems.model.duration import duration_text
from postmortems.model.place import Place
from postmortems.model.timeline import Event, Phase
from postmortems.read.text import LARGEST, no_utf8, with_line_feeds
from postmortems.read.timeline.json_nodes import JsonError, Member, Node, parse_json
from postmortems.read.timeline.time_problems import goes_back, shortened
from postmortems.text.spelling import did_you_mean, listed

KEYS = ("at", "event", "action", "phase", "actor", "link")
_RULE = "invalid-timeline-json"
_EXAMPLE = '[{"at": "2024-02-06T14:23:00Z", "event": "Alert fired", "action": "On-call paged"}]'
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_timeline_json(data: bytes, path: str, written: Sequence[Event]) -> tuple[tuple[Event, ...], list[Problem]]:
    """The events in a `timeline.json`, and its problems. `written` are the events of the Timeline section."""
    if len(data) > LARGEST:
        message = f"the file has {len(data):,} bytes, more than the {LARGEST:,} that are read"
        return (), [Problem(_RULE, Place.at(path), message, "keep the events, and move logs into artifacts/")]
    try:
        text = with_line_feeds(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return (), [Problem(_RULE, *no_utf8(path, data, error), "save the file as UTF-8")]
    reader = _Reader(path, text)
    try:
        reader.read(parse_json(text))
    except JsonError as error:
        reader.say(error.position, error.position, f"the file is not JSON: {error.message}", f"write {_EXAMPLE}")
    reader.order()
    reader.compare(written)
    return tuple(reader.events), reader.problems


class _Reader:
    """One walk over the nodes of a file."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.events: list[Event] = []
        self.problems: list[Problem] = []

    def place(self, start: int, end: int) -> Place:
        """The place of a stretch of the text."""
        first, last = (bisect_right(self.starts, position) - 1 for position in (start, end))
        return Place(self.path, first + 1, start - self.starts[first] + 1, last + 1, end - self.starts[last] + 1)

    def say(self, start: int, end: int, message: str, help_text: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(_RULE, self.place(start, end), message, help_text))

    def read(self, node: Node) -> None:
        """Read the list of events."""
        if not isinstance(node.value, tuple) or node.kind != "a list":
            self.say(node.start, node.start, f"the file holds {node.kind}, not a list of events", f"write {_EXAMPLE}")
            return
        for one in node.value:
            if isinstance(one, Node):
                self._event(one)

    def _event(self, node: Node) -> None:
        if node.kind != "an object" or not isinstance(node.value, tuple):
            self.say(node.start, node.end, f"an event is {node.kind}, not an object", f"write {_EXAMPLE}")
            return
        members: dict[str, Node] = {}
        for member in node.value:
            if isinstance(member, Member):
                self._member(member, members)
        texts = {key: self._text(key, members.get(key)) for key in KEYS if key not in ("at", "phase")}
        if "event" not in members:
            self.say(node.start, node.start + 1, 'an event has no "event"', 'say what happened in "event"')
        at, day_only = self._at(node, members.get("at"))
        phase = self._phase(members.get("phase"))
        if not (texts["event"] or texts["action"]):
            return
        stands = members.get("at", node)
        self.events.append(
            Event(
                place=self.place(stands.start, stands.end if stands is not node else stands.start + 1),
                text=texts["event"],
                at=at,
                written=stands.value if stands is not node and isinstance(stands.value, str) else "",
                day_only=day_only,
                action=texts["action"],
                actor=texts["actor"],
                link=texts["link"],
                phase=phase,
            )
        )

    def _member(self, member: Member, members: dict[str, Node]) -> None:
        end = member.start + len(member.key) + 2
        if member.key not in KEYS:
            guess = did_you_mean(member.key, KEYS) or f"the keys are {listed(KEYS)}"
            self.say(member.start, end, f'the key "{shortened(member.key)}" is not known', guess)
        elif member.key in members:
            self.say(member.start, end, f'"{member.key}" stands twice in one event', "keep one of the two")
        else:
            members[member.key] = member.value

    def _text(self, key: str, node: Node | None) -> str:
        if node is None or node.kind == "null":
            return ""
        if not isinstance(node.value, str) or node.kind != "a text":
            self.say(node.start, node.end, f'"{key}" is {node.kind}, not a text', f'put "{key}" in double quotes')
            return ""
        if key == "event" and not node.value.strip():
            self.say(node.start, node.end, '"event" is empty', "say what happened")
        return node.value.strip()

    def _at(self, event: Node, node: Node | None) -> tuple[datetime | None, bool]:
        if node is None:
            self.say(event.start, event.start + 1, 'an event has no "at"', 'write "at": null where its time is unknown')
            return None, False
        if node.kind == "null" or (isinstance(node.value, str) and node.value.strip().casefold() == "unknown"):
            return None, False
        if node.kind != "a text" or not isinstance(node.value, str):
            self.say(node.start, node.end, f'"at" is {node.kind}, not a time', 'write "at": "2024-02-06T14:23:00Z"')
            return None, False
        written = node.value.strip()
        try:
            at = datetime.fromisoformat(written)
        except ValueError:
            message = f'the time "{shortened(written)}" cannot be read'
            self.say(node.start, node.end, message, 'write "at": "2024-02-06T14:23:00Z"')
            return None, False
        if _DAY.fullmatch(written):
            return at.replace(tzinfo=UTC), True
        if at.tzinfo is None and ":" not in written:
            self.say(
                node.start, node.end, f'"{shortened(written)}" is no time of day', 'write "at": "2024-02-06T14:23:00Z"'
            )
            return None, False
        if at.tzinfo is None:
            message = f'the time "{shortened(written)}" has no time zone'
            self.say(node.start, node.end, message, f'add Z for UTC or an offset: "{written}Z"')
            return None, False
        try:
            return at.astimezone(UTC), False
        except OverflowError:
            self.say(node.start, node.end, f'the time "{shortened(written)}" lies outside the calendar', "correct it")
            return None, False

    def _phase(self, node: Node | None) -> Phase | None:
        written = self._text("phase", node)
        if node is None or not written:
            return None
        try:
            return Phase(written.casefold().replace("_", " "))
        except ValueError:
            names = [phase.value for phase in Phase]
            guess = did_you_mean(written, names) or f"the phases are {listed(names)}"
            self.say(node.start, node.end, f'the phase "{shortened(written)}" is not known', guess)
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
        """Report each event that stands in the file and in the postmortem with different times."""
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
        """Report once that all events that stand in both lie apart by one length."""
        where = "later" if shift > timedelta(0) else "earlier"
        message = f"all {count} events that stand in both are {duration_text(abs(shift))} {where} here than in the text"
        self.problems.append(
            Problem(_RULE, first.place, message, "correct the zone of one of the two, or remove the written timeline")
        )


def _disagree(one: Event, other: Event) -> bool:
    """Whether two times cannot both be right. A time that is only about right, or a day, agrees with its whole day."""
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

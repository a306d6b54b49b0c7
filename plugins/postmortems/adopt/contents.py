"""The events and action items of a document, where its template has put them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from postmortems.adopt.document import Document
from postmortems.adopt.record import ActionCount, EventCount
from postmortems.adopt.statements import plain
from postmortems.model.diagnostic import Problem
from postmortems.model.section import BlockKind, Body, Section
from postmortems.model.source import Source
from postmortems.model.timeline import Event
from postmortems.read.action_items import read_action_items
from postmortems.read.body import read_body
from postmortems.read.timeline import read_written
from postmortems.read.timeline.incident_times import IncidentTimes
from postmortems.read.timeline.raw_entry import RawEntry
from postmortems.read.timeline.time_parser import read_stamp
from postmortems.read.timeline.zones import Abbreviation

_CLOCK = re.compile(r"(?<![\d:])\d{1,2}[:.]\d\d(?!\d)")
_FEWEST = 3
"""Events with a time that make a timeline of a section that does not say so."""
_ENDS = (".", "!", "?", ")", "*", "]")


@dataclass(frozen=True, slots=True)
class Told:
    """The events of a document, and what of them could not be read.

    `zone_doubt` says why their zone is not certain, and is empty where it is; `heading` is that of a section which
    tells them without being called a timeline.
    """

    events: tuple[Event, ...]
    zone_doubt: str
    problems: tuple[str, ...]
    heading: str = ""

    @property
    def count(self) -> EventCount:
        """The number of events, and the first and the last time."""
        times = sorted(event.at for event in self.events if event.at)
        return EventCount(len(self.events), times[0] if times else None, times[-1] if times else None)


def find_events(document: Document, day: date | None) -> Told:
    """The events of the timeline, of a list with such a label, or of another section with events that have times."""
    if (section := document.body.find("Timeline")) is not None:
        told = _read(document.body, document, day)
        return _of_code(section, document, day) if not told.events else told
    if labelled := document.labelled_list("Timeline"):
        return _read(labelled, document, day)
    for section in _sections_with_times(document):
        body = read_body(document.parts.body, {**document.settings.synonyms, section.title: "Timeline"})
        told = _read(body, document, day, section.title)
        timed = [event for event in told.events if event.at]
        if len(timed) >= _FEWEST and len(timed) * 2 > len(told.events):
            said = (
                f'line {section.line}: a check reads the events under "{section.title}" once `synonyms` says Timeline'
            )
            return Told(told.events, told.zone_doubt, (*told.problems, said), section.title)
    return _read(document.body, document, day)


def _read(body: Body, document: Document, day: date | None, heading: str = "") -> Told:
    written = read_written(body, IncidentTimes(day), document.settings)
    doubt = "" if written.zone_stated else "no zone is stated"
    abbreviations = {zone for entry, _ in written.entries if (zone := _unsettled(entry))}
    if day is not None and len(abbreviations) == 1:
        # What the most frequent meaning of the zone gives must be checked, which is better than nothing.
        place, meant = next(iter(abbreviations)).meanings[0]
        offset = datetime.combine(day, time(12), meant).utcoffset() or timedelta()
        read_so = read_written(body, IncidentTimes(day, offsets=frozenset((offset,))), document.settings)
        doubt = f"zone read as that of {place}"
        return Told(read_so.events, doubt, _said(written.problems) + _said(read_so.problems), heading)
    return Told(written.events, doubt, _said(written.problems), heading)


def _said(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(f"line {problem.place.line}: {problem.message}" for problem in problems)


def _unsettled(entry: RawEntry) -> Abbreviation | None:
    """The zone of an entry that is written as an abbreviation of several places."""
    zone = (entry.stamp.zone if entry.stamp else None) or (entry.zone.zone if entry.zone else None)
    return zone if isinstance(zone, Abbreviation) and not zone.has_default else None


def _of_code(section: Section, document: Document, day: date | None) -> Told:
    """The events of a timeline that stands in a code block, a line each."""
    blocks = list(section.all_blocks())
    code = next((block for block in blocks if block.kind is BlockKind.CODE), None)
    lines = [line.strip() for line in code.text.split("\n") if re.search(r"\w", line)] if code else []
    timed = [line for line in lines if (stamp := read_stamp(line)) and stamp.clock]
    if code is None or len(timed) < _FEWEST or len(timed) < len(lines):
        return _read(document.body, document, day)
    above = "\n\n".join(block.text for block in blocks if block.kind is BlockKind.PARAGRAPH and block.last < code.first)
    text = "\n".join(("## Timeline", "", above, "", *(f"- {line}" for line in lines)))
    told = _read(read_body(Source(document.source, text, code.first), document.settings.synonyms), document, day)
    said = f"line {code.first}: a check reads the events of the timeline once they are a list instead of a code block"
    return Told(told.events, told.zone_doubt, (*told.problems, said))


def _sections_with_times(document: Document) -> Iterator[Section]:
    """The sections of no known meaning in which several lines hold a time."""
    for section in document.body.walk():
        if section.name is None and section is not document.title_heading:
            lines = [line for block in section.blocks for line in block.text.split("\n")]
            if sum(_CLOCK.search(line[:120]) is not None for line in lines) >= _FEWEST:
                yield section


def count_actions(document: Document) -> tuple[ActionCount, tuple[str, ...]]:
    """The action items, counted, and what is to be said of them; where none is in a list, each sentence of its own line
    counts."""
    body = document.body
    if body.find("Action Items") is None:
        body = document.labelled_list("Action Items") or body
    items = read_action_items(body, document.settings)[0].items
    if items:
        return ActionCount.of(items), ()
    section = body.find("Action Items")
    sentences = list(_sentences(section)) if section else []
    if not section or not sentences:
        return ActionCount(), ()
    return ActionCount(len(sentences)), (
        f"line {section.line}: a check reads the action items under it once they are a list",
    )


def _sentences(section: Section) -> Iterator[str]:
    """The lines of a section's paragraphs that are sentences of their own; a line that goes on is one with the next."""
    for block in section.all_blocks():
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        begun = ""
        for line in map(plain, block.text.split("\n")):
            if begun and line[:1].isupper() and begun.endswith(_ENDS):
                yield begun
                begun = ""
            begun = f"{begun} {line}".strip()
        if begun and not begun.endswith((":", "?")) and not _NOTHING.match(begun):
            yield begun


_NOTHING = re.compile(r"(?:none|n/?a|nothing|no action|tbd|todo|not applicable)\b", re.IGNORECASE)

"""The events and action items of a document, where its template has put them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from postmortems.adopt.document import Document, plain
from postmortems.adopt.record import ActionCount, EventCount
from postmortems.model.section import BlockKind, Body, Section
from postmortems.model.timeline import Event
from postmortems.read.action_items import read_action_items
from postmortems.read.body import read_body
from postmortems.read.timeline import read_timeline
from postmortems.read.timeline.incident_times import IncidentTimes

_CLOCK = re.compile(r"(?<![\d:])\d{1,2}[:.]\d\d(?!\d)")
_FEWEST = 3
"""Events with a time that make a timeline of a section that does not say so."""
_ENDS = (".", "!", "?", ")", "*", "]")


@dataclass(frozen=True, slots=True)
class Told:
    """The events of a document, whether their zone is stated, and what of them could not be read.

    `heading` is that of a section which tells them without being called a timeline.
    """

    events: tuple[Event, ...]
    zone_stated: bool
    problems: tuple[str, ...]
    heading: str = ""

    @property
    def count(self) -> EventCount:
        """The number of events, and the first and the last time."""
        times = sorted(event.at for event in self.events if event.at)
        return EventCount(len(self.events), times[0] if times else None, times[-1] if times else None)


def find_events(document: Document, day: date | None) -> Told:
    """The events of the timeline, of a list with such a label, or of another section with events that have times."""
    if document.body.find("Timeline") is not None:
        return _read(document.body, document, day)
    if labelled := document.labelled_list("Timeline"):
        return _read(labelled, document, day)
    for section in _sections_with_times(document):
        body = read_body(document.parts.body, {**document.settings.synonyms, section.title: "Timeline"})
        told = _read(body, document, day, section.title)
        timed = [event for event in told.events if event.at]
        if len(timed) >= _FEWEST and len(timed) * 2 > len(told.events):
            said = (
                f'line {section.line}: a check reads the events below "{section.title}" once `synonyms` says Timeline'
            )
            return Told(told.events, told.zone_stated, (*told.problems, said), section.title)
    return _read(document.body, document, day)


def _read(body: Body, document: Document, day: date | None, heading: str = "") -> Told:
    timeline, problems = read_timeline(body, IncidentTimes(day), document.settings)
    lines = tuple(f"line {problem.place.line}: {problem.message}" for problem in problems)
    return Told(timeline.events, timeline.zone_stated, lines, heading)


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
        f"line {section.line}: a check reads the action items below it once they are a list",
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

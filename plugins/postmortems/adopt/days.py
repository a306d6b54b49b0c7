"""The day of an incident."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from datetime import date

from postmortems.adopt.document import Document
from postmortems.adopt.record import UNKNOWN_VALUE, Value, derived, stated
from postmortems.adopt.statements import Statement, plain
from postmortems.adopt.titles import of_update
from postmortems.adopt.written_days import Near, day_in_path, days_in, near_path, settled
from postmortems.model.section import BlockKind
from postmortems.read.timeline import read_written
from postmortems.read.timeline.incident_times import IncidentTimes
from postmortems.read.timeline.time_parser import read_stamp

_FILE = "file name"
_FRONT_MATTER_DATE = "front matter, `date`"
_OF_PUBLICATION = (_FILE, _FRONT_MATTER_DATE)
"""Origins of days that are often that of the publication."""
_SENTENCE_END = re.compile(r"[.!?]\s")
_SOON = 14
"""Most days between an incident and the publication of its report."""
_MOMENT_ROLES = ("started_at", "detected_at", "mitigated_at", "resolved_at")


def find_day(document: Document) -> tuple[Value, list[str]]:
    """The day of the incident, and what of the document disagrees with it.

    Metadata come first, then the title, the front matter's `date`, the file's name, the days that the timeline itself
    names, and the first day of the text. Where two of the first ones differ, that one counts which the timeline knows.
    """
    own = _days_of_timeline(document)
    named = list(_named(document, own))
    told = _of_first_sentence(document, named[0][0] if named else None)
    if not named:
        if told and (not own or told[0] in own):
            return derived(told[0].isoformat(), told[1]), []
        if own:
            return derived(min(own).isoformat(), "first day of the timeline"), []
        return _first_of_text(document), []
    if all(origin in _OF_PUBLICATION for _, origin, _ in named):
        # A blog dates its posts, and names their files, after the day on which they were published.
        if told and told[0] != named[0][0] and (not own or told[0] in own):
            return derived(told[0].isoformat(), told[1]), []
        if own and named[0][0] > max(own) and not (told and told[0] == named[0][0]):
            return derived(min(own).isoformat(), "first day of the timeline"), []
    votes = Counter(day for day, _, _ in named)
    day, origin, sure = next((candidate for candidate in named if candidate[0] in own), named[0])
    if votes[day] == len(named) or not own or day == named[0][0]:
        others = [other for other in named if abs((other[0] - day).days) > 1]
        return (stated if sure and not others else derived)(day.isoformat(), origin), [
            f"{other[1]} names another day, {other[0]}, than {origin}, {day}" for other in others
        ]
    return derived(day.isoformat(), f"{origin}, and the timeline"), [
        f"{other[1]} names another day, {other[0]}, than the timeline, {day}" for other in named if other[0] != day
    ]


def _named(document: Document, own: Set[date]) -> Iterator[tuple[date, str, bool]]:
    """The days that metadata, title and file name tell, each with its origin, and whether it is stated there; `own` are
    the days of the timeline."""
    settings = document.settings
    near = near_path(document.source)
    for role in ("day", *_MOMENT_ROLES[:2]):
        for statement in document.stated(role):
            if _is_front_matter_date(statement):
                continue
            if found := next(days_in(statement.value, settings, near, own), None):
                yield found.day, statement.origin, True
                break
    for title, origin in _titles(document):
        if (found := next(days_in(title, settings, near, own), None)) and not of_update(title[: found.start]):
            yield found.day, origin, True
            break
    for statement in document.stated("day"):
        if _is_front_matter_date(statement) and (found := next(days_in(statement.value, settings, near, own), None)):
            yield found.day, _FRONT_MATTER_DATE, found.day in own
    if in_path := day_in_path(document.source, settings):
        yield in_path, _FILE, False


def _is_front_matter_date(statement: Statement) -> bool:
    """True for the key `date` of the front matter, which does not say the date of what."""
    return statement.label.casefold() == "date" and statement.is_key


def _titles(document: Document) -> Iterator[tuple[str, str]]:
    """The titles of the heading and of the front matter, each with its origin."""
    if heading := document.title_heading:
        yield heading.title, f"line {heading.line}"
    if title := document.front_matter.get("title"):
        yield str(title), "title"


def _days_of_timeline(document: Document) -> set[date]:
    """The days with a year that the timeline writes out: before its events, else within their words."""
    written = read_written(document.body, IncidentTimes(), document.settings)
    days = [entry.stamp.day for entry, _ in written.entries if entry.stamp and entry.stamp.day]
    section = document.body.find("Timeline")
    if section and not any(entry.stamp for entry, _ in written.entries):
        lines = [line for block in section.all_blocks() for line in block.text.split("\n")]
        return {found.day for line in lines if (found := next(days_in(line, document.settings), None))}
    return {
        settled_day
        for day in days
        if day.year
        and not day.only_weekday
        and (settled_day := settled(day, document.settings, near_path(document.source))) is not None
    }


def _of_first_sentence(document: Document, published: date | None) -> tuple[date, str] | None:
    """The day with which the first sentence of the text, or of its summary, begins: "On 31 July 2018, …".

    It is that of the incident only if the text was published soon after.
    """
    near = near_path(document.source) or (Near(published) if published else _first_full_day(document))
    summary = document.body.find("Executive Summary")
    heading = document.title_heading
    for blocks in (document.body.lead, heading.blocks if heading else (), summary.blocks if summary else ()):
        block = next((block for block in blocks if block.kind is BlockKind.PARAGRAPH), None)
        stamp = read_stamp(plain(block.text)) if block else None
        day = settled(stamp.day, document.settings, near) if stamp and stamp.day else None
        if block and day and (published is None or 0 <= (published - day).days <= _SOON):
            return day, f"first sentence, line {block.first}"
    return None


def _first_full_day(document: Document) -> Near | None:
    """The first day with a year that the text names, near to which days without one are."""
    for block in document.body.blocks():
        for sentence in _SENTENCE_END.split(block.text):
            if found := next(days_in(sentence, document.settings), None):
                return Near(found.day)
    return None


def _first_of_text(document: Document) -> Value:
    near = near_path(document.source)
    for block in document.body.blocks():
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            for number, line in enumerate(block.text.split("\n"), block.first):
                if found := next(days_in(line, document.settings, near), None):
                    return derived(found.day.isoformat(), f"first day in the text, line {number}")
    return UNKNOWN_VALUE

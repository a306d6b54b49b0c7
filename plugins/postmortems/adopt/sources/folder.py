"""A folder of Markdown documents in any shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from postmortems.adopt.contents import count_actions, find_events
from postmortems.adopt.days import find_day
from postmortems.adopt.document import Document
from postmortems.adopt.kinds import find_kind
from postmortems.adopt.moments import find_moments
from postmortems.adopt.names import find_detected_by, find_list, find_name
from postmortems.adopt.old_front_matter import split
from postmortems.adopt.pictures import without_pictures
from postmortems.adopt.record import (
    UNKNOWN_VALUE,
    Certainty,
    NoRecord,
    Record,
    Value,
    derived,
    stated,
)
from postmortems.adopt.severities import find_severity
from postmortems.adopt.sources.given import Given
from postmortems.adopt.statuses import status_of
from postmortems.adopt.titles import find_title
from postmortems.adopt.written_days import day_in_path, days_in
from postmortems.adopt.written_file import written_file
from postmortems.model.front_matter import MOMENTS, Status
from postmortems.read.text import read_text
from postmortems.read.timeline import read_written
from postmortems.read.timeline.incident_times import IncidentTimes

NAME = "folder"

_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".mdx", ".md.erb", ".rmd")
_TEMPLATE_NAME = re.compile(r"(?:^|[\W_])template(?:[\W_]|$)|yyyy", re.IGNORECASE)
_TEMPLATE_FOLDER = re.compile(r"[._]?templates?", re.IGNORECASE)
_INDEX_NAMES = ("index", "readme", "_index", "contributing", "changelog")
_PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{1,60}\}\}|\b(?:yyyy|20xx|xxxx)-mm-dd\b|\bhh:mm\b|\bTitle of (?:the )?incident\b",
    re.IGNORECASE,
)
_ITS_NAME = re.compile(r"incident|post-?\s?mortem|outage|downtime|disruption|degradation|\brca\b|retro", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)20\d\d-[01]\d-[0-3]\d(?!\d)")
_FEW_DAYS = 2


def recognises(given: Given) -> bool:
    """True if there is a Markdown document among the files."""
    return any(_is_markdown(path, data) for path, data in given.files.items())


def read(given: Given) -> Iterator[Record | NoRecord]:
    """The record of each Markdown file, or why it is none; other files lie beside the documents and are not named."""
    for path in sorted(given.files):
        data = given.files[path]
        if _is_markdown(path, data):
            yield _read_file(path, data, given)


def _is_markdown(path: str, data: bytes) -> bool:
    name = PurePosixPath(path).name.casefold()
    if name.startswith("."):
        return False
    # `Bad AMI v1.2 causes outage` has no suffix either: what comes after its dot is no file type.
    has_suffix = re.search(r"\.[a-z][a-z0-9]{0,9}$", name) is not None
    return name.endswith(_SUFFIXES) or (
        not has_suffix and re.match(rb"(?:\xef\xbb\xbf)?\s*(?:#{1,6} |---\s)", data) is not None
    )


def _read_file(path: str, data: bytes, given: Given) -> Record | NoRecord:
    text, unreadable = read_text(path, without_pictures(data)[0])
    if unreadable:
        return NoRecord.unreadable(path, unreadable)
    if not text.text.strip():
        return NoRecord(path, "the file is empty")
    document = Document(path, text, given.settings)
    if document.parts.found and document.parts.problems and not document.front_matter:
        first = document.parts.problems[0]
        return NoRecord(path, f"line {first.place.line}: {first.message}", is_unreadable=True)
    if reason := _no_record(document):
        return NoRecord(path, reason)
    record = _record(document, given)
    if not _tells_of_incident(record, document):
        return NoRecord(path, "nothing in it describes an incident")
    if document.parts.found and not _reads_back(record, data):
        reason = "its front matter is too much to be read again once its aliases are written out"
        return NoRecord(path, reason, is_unreadable=True)
    return record


def _reads_back(record: Record, data: bytes) -> bool:
    """True if the front matter that an import would write can be read: aliases make much of a few lines."""
    made, _ = read_text(record.source, written_file(record, data, record.source))
    return split(made).values.get("x-source") == record.source


def _tells_of_incident(record: Record, document: Document) -> bool:
    """True if a document has anything of a postmortem: a day, an event, a value that is its own, one of its sections,
    or its name."""
    if record.sections or record.said_severity or record.events.count:
        return True
    if any(record.values[key].value for key in (*MOMENTS, "date", "services", "detected_by", "root_cause")):
        return True
    return bool(_ITS_NAME.search(f"{document.source} {record.text('title')}"))


def _no_record(document: Document) -> str:
    """Reason why a document is no postmortem; empty if it is one."""
    name = PurePosixPath(document.source).name
    title = document.title_heading.title if document.title_heading else ""
    has_day = day_in_path(document.source, document.settings) or next(days_in(title, document.settings), None)
    if _TEMPLATE_NAME.search(name) or re.match(r"template\b", title, re.IGNORECASE):
        return "template"
    if not has_day and any(_TEMPLATE_FOLDER.fullmatch(part) for part in PurePosixPath(document.source).parts[:-1]):
        return "template"
    if name.split(".")[0].casefold() in _INDEX_NAMES and not has_day and document.body.find("Timeline") is None:
        return "index"
    if len(_PLACEHOLDER.findall(document.text.text)) > 2 and not has_day and not _has_days(document):
        return "template"
    return ""


def _has_days(document: Document) -> bool:
    """True if the timeline names days: then a placeholder is for a time that nobody knows."""
    written = read_written(document.body, IncidentTimes(), document.settings)
    return any(entry.stamp and entry.stamp.day and entry.stamp.day.year for entry, _ in written.entries) or (
        len(_DAY.findall(document.text.text)) > _FEW_DAYS
    )


def _record(document: Document, given: Given) -> Record:
    day_value, problems = find_day(document)
    day = date.fromisoformat(day_value.value) if isinstance(day_value.value, str) else None
    told = find_events(document, day)
    actions, unlisted = count_actions(document)
    moments, wrong = find_moments(document, day, told.events, told.zone_doubt)
    severity, said = find_severity(document, given.severities)
    title = find_title(document)
    kind = find_kind(document, title.value if isinstance(title.value, str) else "")
    values = {
        "title": title,
        **({"kind": kind} if kind.value else {}),
        "status": _status(document, given.committed.get(document.source)),
        "severity": severity,
        "services": find_list(document, "services"),
        "owner": find_name(document, "owner"),
        "authors": find_list(document, "authors"),
        **moments,
        "date": _day(day_value, moments["started_at"]),
        "detected_by": find_detected_by(document),
        "root_cause": find_name(document, "root_cause"),
        "published_on": _published(document, given.committed.get(document.source)),
        "tags": find_list(document, "tags"),
    }
    return Record(
        document.source,
        values,
        sections={**document.sections, **({"Timeline": told.heading} if told.heading else {})},
        headed=tuple(dict.fromkeys(section.name for section in document.body.walk() if section.name)),
        unmapped=_unmapped(document),
        events=told.count,
        actions=actions,
        said_severity=said,
        problems=(*problems, *wrong, *told.problems, *unlisted),
    )


def _day(day: Value, started: Value) -> Value:
    """The day of the incident: where only a timeline tells it, that on which the incident began."""
    if isinstance(started.value, str) and day.certainty is not Certainty.STATED:
        return Value(started.value[:10], started.certainty, started.origin)
    return day


def _unmapped(document: Document) -> tuple[str, ...]:
    """The headings of sections of their own that mean none of the template's."""
    outer = document.body.sections
    if len(outer) == 1 and outer[0].level == 1:
        outer = outer[0].children
    return tuple(section.title for section in outer if section.name is None and section is not document.title_heading)


def _status(document: Document, committed: date | None) -> Value:
    for statement in document.stated("status"):
        if status := status_of(statement.value):
            return stated(status.value, statement.origin)
    if committed:
        return derived(Status.PUBLISHED.value, "it is in git")
    return derived(Status.DRAFT.value, "nothing says that it was published")


def _published(document: Document, committed: date | None) -> Value:
    for statement in document.stated("published_on"):
        if found := next(days_in(statement.value, document.settings), None):
            return stated(found.day.isoformat(), statement.origin)
    return derived(committed.isoformat(), "git: first commit of the file") if committed else UNKNOWN_VALUE

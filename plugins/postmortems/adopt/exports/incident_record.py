"""An exported incident → a record with a body: the template's sections, filled with what the export tells.

Where the export holds a postmortem, that document is the body. It is read as a folder's documents are, for what no
field says; events and action items that it lacks are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from postmortems.adopt.exports.document_actions import added_count, plain_words, with_actions
from postmortems.adopt.exports.embedded_markdown import code_without_macros, embedded
from postmortems.adopt.exports.incident import ExportedIncident, ExportEvent, surer
from postmortems.adopt.exports.written_lists import action_line, event_table, is_shortened, whole_events
from postmortems.adopt.record import UNKNOWN_VALUE, ActionCount, Certainty, EventCount, Record, Value, derived
from postmortems.adopt.sources import folder
from postmortems.adopt.sources.given import Given
from postmortems.model.front_matter import MOMENTS, Status
from postmortems.model.section import TEMPLATE_SECTIONS, Body, Section
from postmortems.model.source import Source
from postmortems.read.body import read_body
from postmortems.read.front_matter import split_front_matter
from postmortems.read.templates import packaged_template

WHOLE_EVENTS = "artifacts/events.txt"
"""File with the full text of events that the table shows shortened, below the postmortem's folder."""
_LINE = re.compile(r"^line \d+: ")
_BEGINNINGS = {
    "started_at": "Incident begins",
    "detected_at": "Incident is detected",
    "mitigated_at": "Impact ends",
    "resolved_at": "Incident is resolved",
}
_HORIZONS = ("Immediate", "Short-term", "Long-term")


def incident_record(incident: ExportedIncident, given: Given) -> Record:
    """The record of one incident."""
    incident = replace(incident, events=_in_order(incident.events), files=dict(incident.files))
    if any(map(is_shortened, incident.events)):
        files = {**incident.files, WHOLE_EVENTS: whole_events(incident.events).encode()}
        incident = replace(incident, files=files)
    return _with_document(incident, given) if incident.document.strip() else _from_template(incident, given)


def _with_stated_moments(incident: ExportedIncident) -> ExportedIncident:
    """The incident with an event at each moment that a field states, where it has none in that minute."""
    told = {event.at.replace(second=0, microsecond=0) for event in incident.events if event.at}
    added = []
    for key, said in _BEGINNINGS.items():
        value = incident.values[key]
        if value.certainty is Certainty.STATED:
            at = datetime.fromisoformat(str(value.value))
            if at.replace(second=0) not in told:
                added.append(ExportEvent(at, f"{said} ({value.origin})"))
    return replace(incident, events=_in_order([*incident.events, *added]))


def _from_template(incident: ExportedIncident, given: Given) -> Record:
    incident = _with_stated_moments(incident)
    content = dict(incident.sections)
    if incident.events:
        content["Timeline"] = _timeline(incident)
    if incident.actions:
        content["Action Items"] = "\n".join(map(action_line, incident.actions))
    return _record(
        incident,
        _without_text(_with_moments(incident, given)),
        "\n\n".join(_filled(content)) + "\n",
        sections={name: name for name in TEMPLATE_SECTIONS if name in content},
        events=_event_count(incident.events),
        actions=ActionCount.of(incident.actions),
    )


def _without_text(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values of an incident whose postmortem's text is not in the export: what would be published is a draft."""
    status = values["status"]
    if status.value == Status.DRAFT.value:
        return dict(values)
    return {
        **values,
        "status": derived(Status.DRAFT.value, f"{status.origin}, but its text is not in the export"),
        "published_on": UNKNOWN_VALUE,
    }


def _with_moments(incident: ExportedIncident, given: Given) -> dict[str, Value]:
    """The values, and the moments that no field states and an event tells expressly."""
    values = dict(incident.values)
    read = _read_document(f"## Timeline\n\n{event_table(incident.events)}", given) if incident.events else None
    for key in MOMENTS if read else ():
        told = read.values[key] if read else UNKNOWN_VALUE
        if told.value is None or values[key].value is not None:
            continue
        changed = {**values, key: replace(told, origin=_LINE.sub("the event ", told.origin))}
        known = [str(changed[name].value) for name in MOMENTS if changed[name].value is not None]
        if known == sorted(known, key=datetime.fromisoformat):
            values = changed
    start = values["started_at"]
    if isinstance(start.value, str):
        values["date"] = replace(start, value=start.value[:10])
    return values


def _read_document(text: str, given: Given) -> Record | None:
    """The record that the reader of a folder makes of a document; None if it takes it for no postmortem."""
    found = folder.read(Given({"document.md": text.encode()}, given.settings, severities=given.severities))
    return next((record for record in found if isinstance(record, Record)), None)


def _filled(content: Mapping[str, str]) -> Iterator[str]:
    """The template's sections, with their guidance and samples where nothing is known."""
    template = split_front_matter(Source("", packaged_template())).body
    body = read_body(template, {})
    for section in body.walk():
        parent = TEMPLATE_SECTIONS.get(section.name or "")
        if parent in content and section.name in _HORIZONS:
            continue
        yield f"{'#' * section.level} {section.title}"
        own = content.get(section.name or "") or _own_text(body, section)
        if own:
            yield own


def _own_text(body: Body, section: Section) -> str:
    last = section.children[0].line - 1 if section.children else section.last
    return "\n".join(body.line(number) for number in range(section.line + 1, last + 1)).strip()


def _with_document(incident: ExportedIncident, given: Given) -> Record:
    text = _embedded_document(incident.document, given)
    found = _read_document(text, given) or Record(incident.source, {})
    values = _merged(incident.values, found)
    if "Timeline" not in found.sections:
        incident = _with_stated_moments(incident)
    if "Timeline" not in found.sections and incident.events:
        text = f"{text.rstrip()}\n\n## Timeline\n\n{_timeline(incident)}"
        events = _event_count(incident.events)
    else:
        events = found.events
        known = plain_words(text)
        further = [event for event in incident.events if plain_words(event.text) not in known]
        if further:
            text = f"{text.rstrip()}\n\n## Further Events\n\n{_timeline(incident, further)}"
    text, added = with_actions(text, incident.actions, given.settings)
    return _record(
        incident,
        values,
        f"{text.strip()}\n",
        sections={**found.sections, **({"Timeline": "Timeline"} if incident.events else {})},
        events=events,
        actions=added_count(found.actions, added),
        headed=found.headed,
        unmapped=found.unmapped,
        said_severity=incident.said_severity or found.said_severity,
        problems=(*incident.problems, *(f"its document, {problem}" for problem in found.problems)),
    )


def _embedded_document(document: str, given: Given) -> str:
    """A document with its sections at level 2; without any section it is a summary."""
    body = read_body(Source("", document), given.settings.synonyms)
    if not any(section.name for section in body.walk()):
        return f"## Executive Summary\n\n{embedded(document, 3)}"
    # A document's title stays above its sections.
    outer = body.sections[0]
    has_title = len(body.sections) == 1 and not body.lead and outer.level == 1 and outer.name is None
    return embedded(document, 1 if has_title else 2)


def _merged(values: Mapping[str, Value], found: Record) -> dict[str, Value]:
    """The export's values, and the document's where it is surer."""
    merged = {key: surer(value, found.values.get(key, UNKNOWN_VALUE)) for key, value in values.items()}
    if values.get("title", UNKNOWN_VALUE).value is not None:
        merged["title"] = values["title"]
    # A folder's reader takes a document for a draft that says nothing, and the export may have said why it is one.
    if merged["status"].certainty is not Certainty.STATED:
        merged["status"] = values["status"]
    for key in values:
        if merged[key] is not values[key]:
            merged[key] = replace(merged[key], origin=f"its document, {merged[key].origin}")
    if merged["started_at"].value is not None:
        start = merged["started_at"]
        merged["date"] = Value(str(start.value)[:10], start.certainty, start.origin)
    return merged


def _timeline(incident: ExportedIncident, events: Sequence[ExportEvent] | None = None) -> str:
    table = event_table(incident.events if events is None else events)
    return f"{table}\n\nThe events in full: [events.txt]({WHOLE_EVENTS})" if WHOLE_EVENTS in incident.files else table


def _record(incident: ExportedIncident, values: Mapping[str, Value], body: str, **further: object) -> Record:
    kept = {"said_severity": incident.said_severity, "problems": tuple(incident.problems), **further}
    return Record(
        incident.source,
        values,
        body=code_without_macros(body),
        files=dict(incident.files),
        origin=incident.origin,
        incident=incident.number,
        **kept,  # type: ignore[arg-type]
    )


def _in_order(events: Sequence[ExportEvent]) -> list[ExportEvent]:
    """The events by their time, each once; those without a time last."""
    once = dict.fromkeys(event for event in events if event.text.strip())
    return sorted(once, key=lambda event: (event.at is None, event.at.timestamp() if event.at else 0))


def _event_count(events: Sequence[ExportEvent]) -> EventCount:
    times = [event.at for event in events if event.at]
    return EventCount(len(events), min(times, default=None), max(times, default=None))

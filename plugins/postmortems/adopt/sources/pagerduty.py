"""PagerDuty: incidents with their log entries and notes, and rows of its analytics for the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from postmortems.adopt.event_moments import written
from postmortems.adopt.exports.export import Export, Item, holds, once, sort_export
from postmortems.adopt.exports.incident import ExportedIncident, ExportEvent, Values
from postmortems.adopt.exports.incident_record import incident_record
from postmortems.adopt.exports.json_object import JsonObject
from postmortems.adopt.exports.people import People
from postmortems.adopt.record import Found, NoRecord, RegisterRow
from postmortems.adopt.sources.given import Given

NAME = "pagerduty"

_SYSTEM = "PagerDuty"
_DOUBT = "when the pager was called, which is later than the fault"
_ENTRIES = {
    "trigger": "Alert",
    "acknowledge": "Acknowledged",
    "acknowledgement": "Acknowledged",
    "escalate": "Escalated",
    "assign": "Assigned",
    "delegate": "Assigned",
    "resolve": "Resolved",
    "priority_change": "Priority changed",
    "urgency_change": "Urgency changed",
    "severity_change": "Severity changed",
    "unacknowledge": "Acknowledgement ran out",
    "reach_ack_limit": "Acknowledgement ran out",
}
"""The types of log entries that tell of the incident, without `_log_entry`; notifications and snoozes do not."""
_WITHOUT_SUMMARY = ("acknowledge", "acknowledgement", "resolve", "unacknowledge", "reach_ack_limit")


def recognises(given: Given) -> bool:
    """True if there is something of PagerDuty's in the files."""
    return holds(given, _sorted)


def read(given: Given) -> Iterator[Found]:
    """A record for each incident, and a row of the register for each of the analytics."""
    export = sort_export(given, _sorted, "PagerDuty incident, log entry, note or analytics row")
    if not export.items("incident"):
        export.kinds["incident"] = list(_told_by_entries(export.items("entry")))
    incidents = list(once(export.items("incident"), lambda incident: incident.text("id")))
    owners = {
        name: item.content.text("id")
        for item, _ in incidents
        for name in (item.content.text("id"), item.content.text("incident_number"))
    }
    entries = export.parts("entry", owners, lambda entry: (entry.text("incident", "id"),))
    notes = export.parts("note", owners, lambda note: (note.text("incident", "id"),))
    people = People(_names(export), shown=given.names)
    rows = {item.content.text("id"): item for item in export.items("row")}
    for item, problem in incidents:
        name = item.content.text("id")
        events = [*_log(entries.get(name, ()), people), *_notes(notes.get(name, ()), entries.get(name, ()), people)]
        row = rows[name].content if name in rows else JsonObject({})
        yield incident_record(_incident(item, problem, events, row, entries.get(name, ()), given), given)
    for item in rows.values():
        if item.content.text("id") not in owners:
            yield _register_row(item)
    yield from export.left


def _sorted(outer: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for key, kind in (("incidents", "incident"), ("incident", "incident"), ("log_entries", "entry"), ("notes", "note")):
        for inner in outer.objects(key):
            if {"incident": _is_incident(inner), "note": inner.has("content", "created_at")}.get(kind, True):
                yield kind, inner
    for inner in (outer, *outer.objects("data")):
        if inner.has("incident_number") and inner.has_any("seconds_to_resolve", "seconds_to_first_ack"):
            yield "row", inner
        elif _is_incident(inner):
            yield "incident", inner
        elif inner.text("type").endswith("_log_entry"):
            yield "entry", inner


def _told_by_entries(entries: Sequence[Item]) -> Iterator[Item]:
    """Incidents of which an export has the log alone: each as far as the entry that triggered it tells."""
    by_incident: dict[str, list[Item]] = {}
    for item in entries:
        by_incident.setdefault(item.content.text("incident", "id") or PurePosixPath(item.path).stem, []).append(item)
    for name, items in by_incident.items():
        triggers = [item.content for item in items if item.content.text("type").startswith("trigger")]
        first = triggers[-1] if triggers else JsonObject({})
        title = first.text("incident", "summary") or first.text("event_details", "description") or first.text("summary")
        yield Item(items[0].path, JsonObject({"id": name, "title": title, "created_at": first.text("created_at")}))


def _is_incident(content: JsonObject) -> bool:
    return content.has("incident_number", "created_at") or (
        content.text("type") == "incident" and content.has_any("urgency", "incident_key")
    )


def _names(export: Export) -> Iterator[str]:
    for item in (*export.items("entry"), *export.items("note"), *export.items("incident")):
        content = item.content
        for who in (content.object("agent"), content.object("user"), *content.objects("assignees")):
            if not who.text("type").startswith(("service", "integration")):
                yield who.text("summary")
        for given in (*content.objects("assignments"), *content.objects("acknowledgements")):
            yield given.text("assignee", "summary")
            yield given.text("acknowledger", "summary")
        if content.text("last_status_change_by", "type").startswith("user"):
            yield content.text("last_status_change_by", "summary")


def _incident(
    item: Item,
    problem: str,
    events: Sequence[ExportEvent],
    row: JsonObject,
    entries: Sequence[JsonObject],
    given: Given,
) -> ExportedIncident:
    incident = item.content
    values = Values(given, _SYSTEM)
    values.title(incident.text("title") or incident.text("summary"), "title")
    values.severity(
        incident.text("priority", "summary") or incident.text("priority", "name") or row.text("priority_name"),
        "priority",
    )
    services = [
        service.text("summary") for service in (incident.object("service"), *incident.objects("impacted_services"))
    ]
    values.state("services", [*services, row.text("service_name")], "service")
    values.state(
        "owner", next((team.text("summary") for team in incident.objects("teams")), row.text("team_name")), "teams"
    )
    # What the pager calls the beginning is the page: when the fault began, it does not know.
    values.moment("detected_at", incident.moment("created_at"), "created_at", _DOUBT)
    resolved = incident.moment("resolved_at") or row.moment("resolved_at")
    values.moment("resolved_at", resolved, "resolved_at")
    if not resolved and incident.text("status") == "resolved":
        values.moment(
            "resolved_at", incident.moment("last_status_change_at"), "last_status_change_at", "the last change"
        )
    values.derive("detected_by", _detected_by(entries), "who triggered it")
    values.state("sources", [link for link in [incident.text("html_url")] if link.startswith("https://")], "html_url")
    values.kind([incident.text("incident_type", "name"), incident.text("title")], "incident type")
    values.incident_status(incident.line("status"), "status")
    problems = [problem] if problem else []
    if not entries:
        problems.append("its log entries are not in the export")
    if incident.text("status") in ("triggered", "acknowledged"):
        problems.append(f"it is not resolved: its status is {incident.text('status')}")
    number = incident.text("incident_number")
    return ExportedIncident(
        item.path,
        f"{NAME}:{incident.text('id') or number}",
        values.complete(),
        number=number or incident.text("id"),
        said_severity=values.said_severity,
        events=events,
        problems=problems,
    )


def _detected_by(entries: Sequence[JsonObject]) -> str:
    triggers = [entry for entry in entries if entry.text("type").startswith("trigger")]
    first = min(
        triggers, key=lambda entry: at.at.timestamp() if (at := entry.moment("created_at")) else 0, default=None
    )
    agent = first.text("agent", "type") if first else ""
    return {"user": "staff", "service": "alert", "integration": "alert"}.get(agent.partition("_")[0], "")


def _log(entries: Sequence[JsonObject], people: People) -> Iterator[ExportEvent]:
    for entry in entries:
        kind = entry.text("type").removesuffix("_reference").removesuffix("_log_entry")
        at = entry.moment("created_at")
        if kind not in _ENTRIES:
            continue
        said = "" if kind in _WITHOUT_SUMMARY else entry.text("event_details", "description") or entry.line("summary")
        note = entry.text("note") or entry.text("channel", "note")
        text = ": ".join(filter(None, (_ENTRIES[kind], said, note)))
        yield ExportEvent(at.at if at else None, people.without_names(text), _agent(entry, people), _link(entry))


def _notes(notes: Sequence[JsonObject], entries: Sequence[JsonObject], people: People) -> Iterator[ExportEvent]:
    """The notes; from the log, those that the list of notes lacks."""
    told = set()
    for note in notes:
        at = note.moment("created_at")
        told.add(note.line("content"))
        actor = people.called(note.text("user", "summary"))
        yield ExportEvent(at.at if at else None, people.without_names(note.text("content")), actor)
    for entry in entries:
        if entry.text("type").startswith("annotate"):
            content = entry.text("note") or entry.text("channel", "content") or entry.text("channel", "summary")
            if content and " ".join(content.split()) not in told:
                at = entry.moment("created_at")
                text = people.without_names(content)
                yield ExportEvent(at.at if at else None, text, _agent(entry, people), _link(entry))


def _agent(entry: JsonObject, people: People) -> str:
    agent = entry.object("agent")
    name = agent.text("summary")
    return name if agent.text("type").startswith(("service", "integration")) else people.called(name)


def _link(entry: JsonObject) -> str:
    return entry.text("html_url")


def _register_row(item: Item) -> RegisterRow | NoRecord:
    """A row of the analytics; one that is no incident of anybody's has no number."""
    row = item.content
    number = row.text("incident_number")
    if not number:
        return NoRecord(item.path, "a row of the analytics has no incident number")
    at = row.moment("resolved_at")
    return RegisterRow(
        item.path,
        number,
        row.line("priority_name"),
        written(at.at.replace(microsecond=0)) if at else "",
        row.line("description")[:200],
    )

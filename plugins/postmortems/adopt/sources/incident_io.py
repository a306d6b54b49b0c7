"""incident.io: incidents with their timeline, updates, follow-ups and postmortem documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from postmortems.adopt.exports.export import DOCUMENT, Export, holds, once, sort_export
from postmortems.adopt.exports.incident import (
    ExportAction,
    ExportedIncident,
    ExportEvent,
    Values,
    action_state,
    day_of,
)
from postmortems.adopt.exports.incident_record import incident_record
from postmortems.adopt.exports.json_object import JsonObject
from postmortems.adopt.exports.people import People
from postmortems.adopt.exports.plain_markdown import paragraphs
from postmortems.adopt.record import Found, NoRecord
from postmortems.adopt.sources.given import Given
from postmortems.model.front_matter import MOMENTS
from postmortems.read.languages import plain_word, words

NAME = "incident-io"

_SYSTEM = "incident.io"
_ASSIGNEE = re.compile(r"^(\s{0,3}[*-] +)(\*\*[^*\n]{1,500}\*\*) - Assignee: ([^\[\]\n]{1,60})$", re.MULTILINE)
"""A follow-up as the documents have it."""
_NO_INCIDENTS = ("test", "tutorial")
_NOTHING_HAPPENED = ("declined", "merged", "canceled", "cancelled")
_TIMESTAMPS = {
    "reported at": ("detected_at", "when it was reported"),
    "declared at": ("detected_at", "when it was declared, which is later than detected"),
    "fixed at": ("mitigated_at", "when the fix was in"),
    "closed at": ("", ""),
}
"""incident.io's own names of timestamps that do not mean what our words for them would."""


def recognises(given: Given) -> bool:
    """True if there is an incident of incident.io's in the files, or a part of one."""
    return holds(given, _sorted, "incident", "item", "update", "follow_up", documents=True)


def read(given: Given) -> Iterator[Found]:
    """A record for each incident that is no test, with what else the files hold of it."""
    export = sort_export(given, _sorted, "incident, timeline item, update or follow-up of incident.io", documents=True)
    incidents = list(once(export.items("incident"), lambda incident: incident.text("id") or incident.text("reference")))
    owners = {
        name: _id(item.content)
        for item, _ in incidents
        for name in (item.content.text("id"), item.content.text("reference"))
    }
    parts = {
        kind: export.parts(kind, owners, lambda part: (part.text("incident_id"),))
        for kind in ("item", "update", "follow_up", DOCUMENT)
    }
    names = set(_names(export))
    for item, problem in incidents:
        incident = item.content
        if reason := _no_incident(incident):
            yield NoRecord(f"{item.path} ({incident.text('reference') or incident.text('id')})", reason)
            continue
        people = People(names, shown=given.names, roles=_roles(incident))
        of = {kind: found.get(_id(incident), []) for kind, found in parts.items()}
        values = _values(incident, given)
        document = ""
        values.incident_status(incident.line("incident_status", "name"), "incident_status")
        for part in of[DOCUMENT][:1]:
            document = part.text("markdown")
            values.status(part.line("status", "name") or part.line("status"), "status of the document")
        exported = ExportedIncident(
            item.path,
            f"{NAME}:{incident.text('reference') or incident.text('id')}",
            values.complete(),
            number=incident.text("reference") or incident.text("id"),
            said_severity=values.said_severity,
            events=[*_items(of["item"], people), *_updates(of["update"], people), *_timestamps(incident)],
            actions=[_action(action, people) for action in of["follow_up"] if action.text("status") != "deleted"],
            sections={"Executive Summary": paragraphs(people.without_names(summary))}
            if (summary := incident.text("summary").strip())
            else {},
            document=people.without_names(_with_owners(document, people)),
            problems=[*([problem] if problem else []), *_unmapped(incident)],
        )
        yield incident_record(exported, given)
    yield from export.left


def _sorted(outer: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for key, kind in (
        ("incident", "incident"),
        ("incidents", "incident"),
        ("incident_timeline_items", "item"),
        ("timeline_items", "item"),
        ("incident_updates", "update"),
        ("incident_update", "update"),
        ("follow_ups", "follow_up"),
        ("follow_up", "follow_up"),
    ):
        for inner in outer.objects(key):
            if kind == _kind(inner):
                yield kind, inner
    if kind := _kind(outer):
        yield kind, outer


def _kind(content: JsonObject) -> str:
    if content.has("name") and content.has_any(
        "incident_timestamp_values", "incident_status", "incident_role_assignments"
    ):
        return "incident"
    if content.has("incident_id", "timestamp", "title"):
        return "item"
    if content.has("incident_id") and content.has_any("new_incident_status", "new_severity", "updater"):
        return "update"
    if content.has("incident_id", "title", "status"):
        return "follow_up"
    return DOCUMENT if content.text("markdown") else ""


def _id(incident: JsonObject) -> str:
    return incident.text("id") or incident.text("reference")


def _no_incident(incident: JsonObject) -> str:
    if incident.text("mode") in _NO_INCIDENTS:
        return f"its mode is {incident.text('mode')}"
    category = incident.text("incident_status", "category")
    return f"its status is {category}" if category in _NOTHING_HAPPENED else ""


def _with_owners(document: str, people: People) -> str:
    """A document whose follow-ups are written as action items are: with the owner in front."""

    def owned(found: re.Match[str]) -> str:
        return f"{found[1]}[{people.called(found[3])}] {found[2]}"

    return _ASSIGNEE.sub(owned, document)


def _names(export: Export) -> Iterator[str]:
    for item in export.items("incident"):
        yield item.content.text("creator", "user", "name")
        for assignment in item.content.objects("incident_role_assignments"):
            yield assignment.text("assignee", "name")
    for item in (*export.items("item"), *export.items("update"), *export.items("follow_up")):
        for key in ("creator", "updater", "assignee"):
            yield item.content.text(key, "name")
            yield item.content.text(key, "user", "name")


def _roles(incident: JsonObject) -> dict[str, str]:
    assigned = incident.objects("incident_role_assignments")
    return {assignment.line("assignee", "name"): assignment.line("role", "name") for assignment in reversed(assigned)}


def _values(incident: JsonObject, given: Given) -> Values:
    values = Values(given, _SYSTEM)
    values.title(incident.text("name"), "name")
    values.severity(incident.text("severity", "name"), "severity")
    for entry in incident.objects("custom_field_entries"):
        label = entry.line("custom_field", "name")
        values.named(label, ", ".join(_field_values(entry)), label)
    for name, at in _stamps(incident):
        key, doubt = _TIMESTAMPS.get(plain_word(name), (words("metadata").get(plain_word(name), ""), ""))
        if key in MOMENTS:
            values.moment(key, at.moment("value", "value"), name, doubt)
    created = incident.moment("created_at")
    if created and not values.found.keys() & set(MOMENTS):
        values.derive("date", created.at.date().isoformat(), "created_at, when it was declared")
    link = incident.text("permalink")
    values.state("sources", [link] if link.startswith("https://") else [], "permalink")
    values.kind([incident.text("incident_type", "name")], "incident type")
    return values


def _field_values(entry: JsonObject) -> Iterator[str]:
    for value in entry.objects("values"):
        for path in (("value_catalog_entry", "name"), ("value_option", "value"), ("value_text",), ("value_numeric",)):
            if text := value.line(*path):
                yield text
                break


def _stamps(incident: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for stamp in incident.objects("incident_timestamp_values"):
        name = stamp.line("incident_timestamp", "name")
        if name and stamp.moment("value", "value"):
            yield name, stamp


def _unmapped(incident: JsonObject) -> Iterator[str]:
    """The timestamps whose names say nothing of the four moments, as far as one of these is unknown."""
    for name, stamp in _stamps(incident):
        word = plain_word(name)
        if word not in _TIMESTAMPS and words("metadata").get(word) not in MOMENTS:
            yield f'the timestamp "{name}" ({stamp.text("value", "value")}) is an event: it means none of the moments'


def _timestamps(incident: JsonObject) -> Iterator[ExportEvent]:
    for name, stamp in _stamps(incident):
        at = stamp.moment("value", "value")
        yield ExportEvent(at.at if at else None, name)


def _items(items: Sequence[JsonObject], people: People) -> Iterator[ExportEvent]:
    for item in items:
        at = item.moment("timestamp")
        text = ": ".join(filter(None, (item.text("title").strip(), item.text("description").strip())))
        actor = people.called(item.text("creator", "user", "name") or item.text("creator", "name"))
        yield ExportEvent(at.at if at else None, people.without_names(text), actor, is_markdown=True)


def _updates(updates: Sequence[JsonObject], people: People) -> Iterator[ExportEvent]:
    for update in updates:
        at = update.moment("created_at")
        status, severity = update.line("new_incident_status", "name"), update.line("new_severity", "name")
        said = [
            f"Status: {status}" if status else "",
            f"Severity: {severity}" if severity else "",
            update.text("message"),
        ]
        actor = people.called(update.text("updater", "user", "name") or update.text("updater", "name"))
        text = people.without_names(". ".join(filter(None, said)))
        yield ExportEvent(at.at if at else None, text, actor, is_markdown=True)


def _action(follow_up: JsonObject, people: People) -> ExportAction:
    reference = follow_up.object("external_issue_reference")
    return ExportAction(
        people.without_names(follow_up.line("title") or follow_up.line("description")),
        action_state(
            follow_up.text("status"),
            done=("completed",),
            dropped=("not doing",),
            open_=("outstanding", "in progress", "backlog"),
        ),
        follow_up.line("assignee_team", "name") or people.called(follow_up.text("assignee", "name")),
        done=day_of(follow_up.moment("completed_at")),
        ticket=reference.text("issue_name") or reference.text("issue_permalink"),
    )

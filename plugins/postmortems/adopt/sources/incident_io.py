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
    "declared at": ("detected_at", "when it was declared, which is later than noticed"),
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
    incidents = list(once(export.items("incident"), lambda one: one.text("id") or one.text("reference")))
    owners = {
        name: _id(item.content)
        for item, _ in incidents
        for name in (item.content.text("id"), item.content.text("reference"))
    }
    parts = {
        kind: export.parts(kind, owners, lambda one: (one.text("incident_id"),))
        for kind in ("item", "update", "follow_up", DOCUMENT)
    }
    names = set(_names(export))
    for item, problem in incidents:
        one = item.content
        if reason := _no_incident(one):
            yield NoRecord(f"{item.path} ({one.text('reference') or one.text('id')})", reason)
            continue
        people = People(names, shown=given.names, roles=_roles(one))
        of = {kind: found.get(_id(one), []) for kind, found in parts.items()}
        values = _values(one, given)
        document = of[DOCUMENT][0].text("markdown") if of[DOCUMENT] else ""
        incident = ExportedIncident(
            item.path,
            f"{NAME}:{one.text('reference') or one.text('id')}",
            values.complete(),
            number=one.text("reference") or one.text("id"),
            said_severity=values.said_severity,
            events=[*_items(of["item"], people), *_updates(of["update"], people), *_timestamps(one)],
            actions=[_action(action, people) for action in of["follow_up"] if action.text("status") != "deleted"],
            sections={"Executive Summary": paragraphs(people.without_names(summary))}
            if (summary := one.text("summary").strip())
            else {},
            document=people.without_names(_with_owners(document, people)),
            problems=[*([problem] if problem else []), *_unmapped(one)],
        )
        yield incident_record(incident, given)
    yield from export.left


def _sorted(one: JsonObject) -> Iterator[tuple[str, JsonObject]]:
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
        for inner in one.objects(key):
            if kind == _kind(inner):
                yield kind, inner
    if kind := _kind(one):
        yield kind, one


def _kind(one: JsonObject) -> str:
    if one.has("name") and one.has_any("incident_timestamp_values", "incident_status", "incident_role_assignments"):
        return "incident"
    if one.has("incident_id", "timestamp", "title"):
        return "item"
    if one.has("incident_id") and one.has_any("new_incident_status", "new_severity", "updater"):
        return "update"
    if one.has("incident_id", "title", "status"):
        return "follow_up"
    return DOCUMENT if one.text("markdown") else ""


def _id(one: JsonObject) -> str:
    return one.text("id") or one.text("reference")


def _no_incident(one: JsonObject) -> str:
    if one.text("mode") in _NO_INCIDENTS:
        return f"its mode is {one.text('mode')}"
    category = one.text("incident_status", "category")
    return f"its status is {category}" if category in _NOTHING_HAPPENED else ""


def _with_owners(document: str, people: People) -> str:
    """A document whose follow-ups are written as action items are: with the owner in front."""

    def owned(found: re.Match[str]) -> str:
        return f"{found[1]}[{people.called(found[3])}] {found[2]}"

    return _ASSIGNEE.sub(owned, document)


def _names(export: Export) -> Iterator[str]:
    for item in export.items("incident"):
        yield item.content.text("creator", "user", "name")
        for one in item.content.objects("incident_role_assignments"):
            yield one.text("assignee", "name")
    for item in (*export.items("item"), *export.items("update"), *export.items("follow_up")):
        for key in ("creator", "updater", "assignee"):
            yield item.content.text(key, "name")
            yield item.content.text(key, "user", "name")


def _roles(incident: JsonObject) -> dict[str, str]:
    assigned = incident.objects("incident_role_assignments")
    return {one.line("assignee", "name"): one.line("role", "name") for one in reversed(assigned)}


def _values(one: JsonObject, given: Given) -> Values:
    values = Values(given, _SYSTEM)
    values.title(one.text("name"), "name")
    values.severity(one.text("severity", "name"), "severity")
    for entry in one.objects("custom_field_entries"):
        label = entry.line("custom_field", "name")
        values.named(label, ", ".join(_field_values(entry)), label)
    for name, at in _stamps(one):
        key, doubt = _TIMESTAMPS.get(plain_word(name), (words("metadata").get(plain_word(name), ""), ""))
        if key in MOMENTS:
            values.moment(key, at.moment("value", "value"), name, doubt)
    created = one.moment("created_at")
    if created and not values.found.keys() & set(MOMENTS):
        values.derive("date", created.at.date().isoformat(), "created_at, when it was declared")
    link = one.text("permalink")
    values.state("sources", [link] if link.startswith("https://") else [], "permalink")
    values.drill([one.text("incident_type", "name")], "incident type")
    return values


def _field_values(entry: JsonObject) -> Iterator[str]:
    for value in entry.objects("values"):
        for path in (("value_catalog_entry", "name"), ("value_option", "value"), ("value_text",), ("value_numeric",)):
            if text := value.line(*path):
                yield text
                break


def _stamps(one: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for stamp in one.objects("incident_timestamp_values"):
        name = stamp.line("incident_timestamp", "name")
        if name and stamp.moment("value", "value"):
            yield name, stamp


def _unmapped(one: JsonObject) -> Iterator[str]:
    """The timestamps whose names say nothing of the four moments, as far as one of these is unknown."""
    for name, stamp in _stamps(one):
        word = plain_word(name)
        if word not in _TIMESTAMPS and words("metadata").get(word) not in MOMENTS:
            yield f'the timestamp "{name}" ({stamp.text("value", "value")}) is an event: it means none of the moments'


def _timestamps(one: JsonObject) -> Iterator[ExportEvent]:
    for name, stamp in _stamps(one):
        at = stamp.moment("value", "value")
        yield ExportEvent(at.at if at else None, name)


def _items(items: Sequence[JsonObject], people: People) -> Iterator[ExportEvent]:
    for one in items:
        at = one.moment("timestamp")
        text = ": ".join(filter(None, (one.text("title").strip(), one.text("description").strip())))
        actor = people.called(one.text("creator", "user", "name") or one.text("creator", "name"))
        yield ExportEvent(at.at if at else None, people.without_names(text), actor, is_markdown=True)


def _updates(updates: Sequence[JsonObject], people: People) -> Iterator[ExportEvent]:
    for one in updates:
        at = one.moment("created_at")
        status, severity = one.line("new_incident_status", "name"), one.line("new_severity", "name")
        said = [f"Status: {status}" if status else "", f"Severity: {severity}" if severity else "", one.text("message")]
        actor = people.called(one.text("updater", "user", "name") or one.text("updater", "name"))
        text = people.without_names(". ".join(filter(None, said)))
        yield ExportEvent(at.at if at else None, text, actor, is_markdown=True)


def _action(one: JsonObject, people: People) -> ExportAction:
    reference = one.object("external_issue_reference")
    return ExportAction(
        people.without_names(one.line("title") or one.line("description")),
        action_state(
            one.text("status"),
            done=("completed",),
            dropped=("not doing",),
            open_=("outstanding", "in progress", "backlog"),
        ),
        one.line("assignee_team", "name") or people.called(one.text("assignee", "name")),
        done=day_of(one.moment("completed_at")),
        ticket=reference.text("issue_name") or reference.text("issue_permalink"),
    )

"""Rootly: incidents with their events, action items and retrospectives, as its JSON:API gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from postmortems.adopt.exports.embedded_markdown import embedded
from postmortems.adopt.exports.export import DOCUMENT, Item, holds, once, sort_export
from postmortems.adopt.exports.html_markdown import is_html, markdown_of_html
from postmortems.adopt.exports.incident import (
    ExportAction,
    ExportedIncident,
    ExportEvent,
    Values,
    action_state,
    written_day,
)
from postmortems.adopt.exports.incident_record import incident_record
from postmortems.adopt.exports.json_object import JsonObject, as_object
from postmortems.adopt.exports.people import People
from postmortems.adopt.exports.plain_markdown import paragraphs
from postmortems.adopt.record import Found, NoRecord
from postmortems.adopt.sources.given import Given
from postmortems.model.front_matter import MOMENTS

NAME = "rootly"

_SYSTEM = "Rootly"
_KINDS = {
    "incidents": "incident",
    "incident_events": "event",
    "incident_action_items": "action",
    "action_items": "action",
    "incident_post_mortems": DOCUMENT,
    "post_mortems": DOCUMENT,
}
_STEPS = (("in_triage_at", "In triage"), ("acknowledged_at", "Acknowledged"), ("closed_at", "Closed"))
_NO_INCIDENTS = ("example", "scheduled", "test")
_PEOPLE = ("user", "assigned_to", "created_by", "commander")


def recognises(given: Given) -> bool:
    """True if there is an incident of Rootly's in the files, or a part of one."""
    return holds(given, _sorted, documents=True)


def read(given: Given) -> Iterator[Found]:
    """A record for each incident, with what else the files hold of it."""
    export = sort_export(given, _sorted, "incident, event, action item or retrospective of Rootly", documents=True)
    incidents = list(once(export.items("incident"), _id))
    owners = {
        name: _id(item.content)
        for item, _ in incidents
        for name in (_id(item.content), *(item.content.text("attributes", key) for key in ("sequential_id", "slug")))
    }
    parts = {kind: export.parts(kind, owners, _incident_ids) for kind in ("event", "action", DOCUMENT)}
    people = People(
        (_person(item.content, key) for items in export.kinds.values() for item in items for key in _PEOPLE),
        shown=given.names,
    )
    for item, problem in incidents:
        incident = item.content.object("attributes")
        kind = incident.text("kind").removesuffix("_sub")
        if kind in _NO_INCIDENTS or incident.text("cancelled_at"):
            reason = "it was cancelled" if incident.text("cancelled_at") else f"its kind is {kind}"
            yield NoRecord(f"{item.path} ({incident.text('sequential_id') or _id(item.content)})", reason)
            continue
        of = {name: found.get(_id(item.content), []) for name, found in parts.items()}
        yield incident_record(_incident(item, problem, of, people, given), given)
    yield from export.left


def _sorted(outer: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for inner in (outer, *outer.objects("data"), *outer.objects("included")):
        if inner.has("attributes") and (kind := _KINDS.get(inner.text("type"))):
            yield kind, inner


def _id(content: JsonObject) -> str:
    return content.text("id")


def _incident_ids(part: JsonObject) -> tuple[str, ...]:
    related = part.text("relationships", "incident", "data", "id")
    return (part.text("attributes", "incident_id") or related or part.text("attributes", "incident", "id"),)


def _person(content: JsonObject, key: str) -> str:
    return _name(content.at("attributes", key))


def _name(value: object) -> str:
    """The name of what another object is: a text, an object, or one wrapped in `data` and `attributes`."""
    content = as_object(value)
    for _ in range(3):
        for key in ("full_name", "name"):
            if text := content.line(key):
                return text
        content = content.object("attributes") or content.object("data")
    return JsonObject({"text": value}).line("text")


def _names(value: object) -> tuple[str, ...]:
    inner = as_object(value).at("data") if isinstance(value, dict) else value
    return tuple(filter(None, map(_name, inner))) if isinstance(inner, list) else ()


def _incident(
    item: Item, problem: str, of: Mapping[str, Sequence[JsonObject]], people: People, given: Given
) -> ExportedIncident:
    incident = item.content.object("attributes")
    values = Values(given, _SYSTEM)
    values.title(incident.line("title"), "title")
    values.severity(_name(incident.at("severity")), "severity")
    values.state("services", [*_names(incident.at("services")), *_names(incident.at("functionalities"))], "services")
    values.state("owner", next(iter(_names(incident.at("groups"))), ""), "groups")
    for key in MOMENTS:
        values.moment(key, incident.moment(key), key)
    problems = [*([problem] if problem else []), *values.without_made_up_start()]
    values.state("tags", _names(incident.at("incident_types")), "incident_types")
    link = incident.text("url") or incident.text("short_url")
    values.state("sources", [link] if link.startswith("https://") else [], "url")
    values.kind(_names(incident.at("incident_types")), "incident type")
    values.incident_status(incident.line("status"), "status")
    for retrospective in of[DOCUMENT]:
        values.published(retrospective.moment("attributes", "published_at"), "published_at of the retrospective")
        values.status(retrospective.line("attributes", "status"), "status of the retrospective")
    actions = [action.object("attributes") for action in of["action"]]
    follow_ups = [action for action in actions if action.text("kind") != "task"]
    if len(follow_ups) < len(actions):
        problems.append(f"response tasks, which are not action items: {len(actions) - len(follow_ups)}")
    number = incident.text("sequential_id")
    summary = incident.text("summary").strip()
    return ExportedIncident(
        item.path,
        f"{NAME}:{number or _id(item.content)}",
        values.complete(),
        number=number or _id(item.content),
        said_severity=values.said_severity,
        events=[*_events(of["event"], people), *_steps(incident)],
        actions=[_action(action, people) for action in follow_ups],
        sections={"Executive Summary": paragraphs(people.without_names(summary))} if summary else {},
        document=_document(of[DOCUMENT], people),
        problems=problems,
    )


def _document(found: Sequence[JsonObject], people: People) -> str:
    """The text of the retrospective, which is HTML or Markdown by its template."""
    text = next(
        (retrospective.text("attributes", "content") or retrospective.text("markdown") for retrospective in found), ""
    )
    text = people.without_names(text)
    return markdown_of_html(text) if is_html(text) else embedded(text, 1)


def _events(found: Sequence[JsonObject], people: People) -> Iterator[ExportEvent]:
    for inner in found:
        event = inner.object("attributes")
        at = event.moment("occurred_at") or event.moment("created_at")
        text = event.text("event")
        text = markdown_of_html(text).replace("\n", " ") if is_html(text) else text
        actor = people.called(_person(inner, "user"))
        yield ExportEvent(at.at if at else None, people.without_names(text), actor, is_markdown=True)


def _steps(incident: JsonObject) -> Iterator[ExportEvent]:
    for key, said in _STEPS:
        if at := incident.moment(key):
            yield ExportEvent(at.at, said)


def _action(action: JsonObject, people: People) -> ExportAction:
    return ExportAction(
        people.without_names(action.line("summary")),
        action_state(
            action.text("status"), done=("done",), dropped=("cancelled", "canceled"), open_=("open", "in progress")
        ),
        people.called(_name(action.at("assigned_to")) or next(iter(_names(action.at("groups"))), "")),
        due=written_day(action.text("due_date")),
        done=written_day(action.text("completed_at")),
        ticket=action.text("jira_issue_key") or action.text("jira_issue_url") or action.text("linear_issue_url"),
        dropped_because="cancelled in Rootly",
    )

"""FireHydrant: incidents with their milestones, events and tickets, and retrospectives that it exports as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from postmortems.adopt.exports.export import DOCUMENT, Item, holds, once, sort_export
from postmortems.adopt.exports.incident import (
    ExportAction,
    ExportedIncident,
    ExportEvent,
    Values,
    action_state,
    written_day,
)
from postmortems.adopt.exports.incident_record import incident_record
from postmortems.adopt.exports.json_object import JsonObject, Moment
from postmortems.adopt.exports.people import People
from postmortems.adopt.exports.plain_markdown import paragraphs
from postmortems.adopt.record import Found, NoRecord
from postmortems.adopt.sources.given import Given

NAME = "firehydrant"

_SYSTEM = "FireHydrant"
_MILESTONES = {
    "started": "started_at",
    "detected": "detected_at",
    "mitigated": "mitigated_at",
    "resolved": "resolved_at",
}
_RETROSPECTIVE_DONE = ("retrospective_completed", "postmortem_completed")
_TEXTS = ("message", "body", "summary", "note", "content", "description", "text", "title")
_CHAT = ("chat_message", "generic_chat_message")
_TYPES = ("note", "general_update", "update", "incident_update", "status_update", "alert_linked", "event", "milestone")


def recognises(given: Given) -> bool:
    """True if there is an incident of FireHydrant's in the files."""
    return holds(given, _sorted, "incident", "event", "ticket", documents=True)


def read(given: Given) -> Iterator[Found]:
    """A record for each incident, with what else the files hold of it."""
    export = sort_export(given, _sorted, "incident, event, ticket or retrospective of FireHydrant", documents=True)
    incidents = list(once(export.items("incident"), _id))
    owners = {
        name: _id(item.content) for item, _ in incidents for name in (_id(item.content), item.content.text("number"))
    }
    own = {
        kind: export.parts(kind, owners, lambda part: (part.text("incident_id"),))
        for kind in ("event", "ticket", DOCUMENT)
    }
    names = {name for items in export.kinds.values() for item in items for name in _people(item.content)}
    for item, problem in incidents:
        incident = item.content
        if incident.text("discarded_at"):
            yield NoRecord(f"{item.path} ({incident.text('number') or _id(incident)})", "it was discarded")
            continue
        roles = {
            role.line("user", "name"): role.line("incident_role", "name")
            for role in incident.objects("role_assignments")
        }
        people = People(names, shown=given.names, roles=roles)
        of = {kind: found.get(_id(incident), []) for kind, found in own.items()}
        yield incident_record(_incident(item, problem, of, people, given), given)
    yield from export.left


def _sorted(outer: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for inner in (outer, *outer.objects("data")):
        if inner.has("name") and inner.has_any("lifecycle_phases", "milestones", "current_milestone"):
            yield "incident", inner
        elif inner.has("occurred_at", "type") and inner.has_any("data", "incident_id"):
            yield "event", inner
        elif inner.has("summary", "state") and inner.has_any("assignees", "due_at", "type"):
            yield "ticket", inner
        elif inner.text("markdown"):
            yield DOCUMENT, inner


def _id(incident: JsonObject) -> str:
    return incident.text("id") or incident.text("number")


def _people(content: JsonObject) -> Iterator[str]:
    for who in (content.object("author"), content.object("created_by"), *content.objects("assignees")):
        yield who.text("name")
    for role in content.objects("role_assignments"):
        yield role.text("user", "name")


def _milestones(incident: JsonObject) -> dict[str, Moment]:
    """Time of each milestone, by its slug. The list beside the phases is the older one, and counts second."""
    found: dict[str, Moment] = {}
    phases = [stone for phase in incident.objects("lifecycle_phases") for stone in phase.objects("milestones")]
    for stone in (*phases, *incident.objects("milestones")):
        slug = stone.text("slug") or stone.text("type")
        at = stone.moment("occurred_at")
        if slug and at:
            found.setdefault(slug.casefold(), at)
    return found


def _incident(
    item: Item, problem: str, of: Mapping[str, Sequence[JsonObject]], people: People, given: Given
) -> ExportedIncident:
    incident = item.content
    reached = _milestones(incident)
    values = Values(given, _SYSTEM)
    values.title(incident.line("name"), "name")
    values.severity(incident.text("severity") or incident.text("severity", "slug"), "severity")
    values.severity(incident.text("priority") or incident.text("priority", "slug"), "priority")
    services = [service.text("name") for key in ("services", "functionalities") for service in incident.objects(key)]
    values.state("services", services, "services")
    values.state("owner", next((team.text("name") for team in incident.objects("teams")), ""), "teams")
    for slug, key in _MILESTONES.items():
        values.moment(key, reached.get(slug), f"milestone {slug}")
    for slug in _RETROSPECTIVE_DONE:
        values.published(reached.get(slug), f"milestone {slug}")
    values.incident_status(incident.line("current_milestone"), "current_milestone")
    problems = [*([problem] if problem else []), *values.without_made_up_start()]
    values.state("tags", incident.texts("tag_list"), "tag_list")
    link = incident.text("incident_url")
    values.state("sources", [link] if link.startswith("https://") else [], "incident_url")
    values.kind([*incident.texts("tag_list"), incident.text("incident_type", "name")], "type or tag")
    events, unmarked = _events(of["event"], people)
    if unmarked:
        problems.append(f"chat messages without a star are not imported: {unmarked}")
    tickets = [ticket for ticket in of["ticket"] if ticket.text("type") != "task"]
    if len(tickets) < len(of["ticket"]):
        problems.append(f"response tasks, which are not action items: {len(of['ticket']) - len(tickets)}")
    sections = {
        "Executive Summary": incident.text("summary") or incident.text("description"),
        "Business Impact": _impact(incident),
    }
    number = incident.text("number")
    return ExportedIncident(
        item.path,
        f"{NAME}:{number or _id(incident)}",
        values.complete(),
        number=number or _id(incident),
        said_severity=values.said_severity,
        events=[*events, *_steps(reached)],
        actions=[_action(ticket, people) for ticket in tickets],
        sections={name: paragraphs(people.without_names(text)) for name, text in sections.items() if text.strip()},
        document=people.without_names(next((document.text("markdown") for document in of[DOCUMENT]), "")),
        problems=problems,
    )


def _impact(incident: JsonObject) -> str:
    said = []
    if customers := incident.text("customers_impacted"):
        said.append(f"Customers affected: {customers}.")
    cents = incident.text("monetary_impact_cents")
    if cents.isdecimal():
        said.append(
            f"Cost: {int(cents) / 100:,.2f} {incident.text('monetary_impact_currency') or 'of an unknown currency'}."
        )
    return " ".join(said)


def _steps(reached: Mapping[str, Moment]) -> Iterator[ExportEvent]:
    for slug, at in reached.items():
        yield ExportEvent(at.at, f"Milestone: {slug.replace('_', ' ')}")


def _events(found: Sequence[JsonObject], people: People) -> tuple[list[ExportEvent], int]:
    """The events that tell something, and the number of messages of the chat that nobody has marked."""
    events: list[ExportEvent] = []
    unmarked = 0
    for event in found:
        kind, data = event.text("type").casefold(), event.object("data")
        text = next((text for key in _TEXTS if (text := data.text(key).strip())), "") or event.text("summary")
        if kind in _CHAT and not (event.at("starred") is True or data.at("starred") is True):
            unmarked += 1
        elif text and (kind in _CHAT or kind in _TYPES):
            at = event.moment("occurred_at")
            actor = people.called(event.text("author", "name") or event.text("created_by", "name"))
            events.append(ExportEvent(at.at if at else None, people.without_names(text), actor, is_markdown=True))
    return events, unmarked


def _action(ticket: JsonObject, people: People) -> ExportAction:
    link = ticket.text("link") or ticket.text("link", "href_url") or ticket.text("link", "url")
    return ExportAction(
        people.without_names(ticket.line("summary")),
        action_state(
            ticket.text("state"),
            done=("done", "closed", "completed"),
            dropped=("cancelled", "canceled"),
            open_=("open", "in progress"),
        ),
        people.called(next((who.text("name") for who in ticket.objects("assignees")), "")),
        due=written_day(ticket.text("due_at")),
        ticket=link,
        dropped_because="cancelled in FireHydrant",
    )

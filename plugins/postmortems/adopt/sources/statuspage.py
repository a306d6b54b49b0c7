"""Statuspage of Atlassian, and the pages of others that give the same JSON: what the public was told of incidents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from postmortems.adopt.exports.export import Item, holds, once, sort_export
from postmortems.adopt.exports.html_markdown import is_html, markdown_of_html
from postmortems.adopt.exports.incident import ExportedIncident, ExportEvent, Values
from postmortems.adopt.exports.incident_record import incident_record
from postmortems.adopt.exports.json_object import JsonObject, Moment
from postmortems.adopt.record import Found, NoRecord
from postmortems.adopt.sources.given import Given

NAME = "statuspage"

_SYSTEM = "Statuspage"
_TWICE = re.compile(r"&amp;(#\d{1,7}|#[xX][\da-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp);")
_PUBLIC_MOST = 50
"""Number of incidents that a public page gives: the newest."""


def recognises(given: Given) -> bool:
    """True if there is an incident of a status page in the files."""
    return holds(given, _sorted)


def read(given: Given) -> Iterator[Found]:
    """A record for each incident that is no maintenance."""
    export = sort_export(given, _sorted, "incident of a status page")
    incidents = list(once(export.items("incident"), lambda incident: incident.text("id")))
    for item, problem in incidents:
        incident = item.content
        if incident.text("scheduled_for") or incident.text("impact") == "maintenance":
            yield NoRecord(f"{item.path} ({incident.line('name')[:60]})", "a maintenance")
            continue
        yield incident_record(_incident(item, problem, given), given)
    for path in dict.fromkeys(item.path for item, _ in incidents):
        if sum(item.path == path for item, _ in incidents) == _PUBLIC_MOST:
            yield NoRecord(
                path, f"it holds {_PUBLIC_MOST} incidents, the most a public page lists: older ones may be missing"
            )
    yield from export.left


def _sorted(outer: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for inner in (outer, *outer.objects("incidents"), *outer.objects("incident")):
        if inner.has("name", "impact") and inner.has_any("incident_updates", "shortlink"):
            yield "incident", inner


def _incident(item: Item, problem: str, given: Given) -> ExportedIncident:
    incident = item.content
    values = Values(given, _SYSTEM)
    values.title(_plain(incident.line("name")), "name")
    impact = incident.text("impact_override") or incident.text("impact")
    values.severity("" if impact == "none" else impact, "impact")
    values.state("services", [_name(part) for part in _components(incident)], "components")
    # What the public was told, and when: detection is never among it, and a beginning is that of the announcement.
    values.moment(
        "started_at", incident.moment("started_at"), "started_at", "the announcement, unless it was corrected"
    )
    values.moment("mitigated_at", incident.moment("monitoring_at"), "monitoring_at", "when it was said to be watched")
    values.moment("resolved_at", incident.moment("resolved_at"), "resolved_at")
    if created := incident.moment("created_at"):
        values.derive("date", created.at.date().isoformat(), "created_at, when it was announced")
    values.incident_status(incident.line("status"), "status")
    values.published(incident.moment("postmortem_published_at"), "postmortem_published_at")
    for update in incident.objects("incident_updates"):
        if update.line("status") == "postmortem":
            values.published(_shown_at(update), 'the update "postmortem"')
    link = incident.text("shortlink")
    values.state("sources", [link] if link.startswith(("https://", "http://")) else [], "shortlink")
    return ExportedIncident(
        item.path,
        f"{NAME}:{incident.text('id')}",
        values.complete(),
        number=incident.text("id"),
        said_severity=values.said_severity,
        events=list(_updates(incident)),
        document=_markdown(incident.text("postmortem_body")),
        problems=[problem] if problem else [],
    )


def _components(incident: JsonObject) -> Iterator[JsonObject]:
    yield from incident.objects("components")
    for update in incident.objects("incident_updates"):
        yield from update.objects("affected_components")


def _name(component: JsonObject) -> str:
    """The name of a component without its group's."""
    return _plain(component.line("name")).rpartition(" - ")[2]


def _updates(incident: JsonObject) -> Iterator[ExportEvent]:
    """Posted updates, as the page has them: the newest first. `created_at` is when one was typed."""
    for update in incident.objects("incident_updates"):
        at, status, body = _shown_at(update), update.line("status"), _markdown(update.text("body"))
        if status == "postmortem":
            continue
        said = ": ".join(filter(None, (status.replace("_", " ").capitalize(), body.strip())))
        yield ExportEvent(at.at if at else None, said, is_markdown=True)


def _shown_at(update: JsonObject) -> Moment | None:
    return update.moment("display_at") or update.moment("created_at")


def _markdown(text: str) -> str:
    """A text that is HTML or Markdown, and that a program in between may have escaped once too often."""
    if not is_html(text) and is_html(unescape(text)):
        text = unescape(text)
    text = _TWICE.sub(r"&\1;", text)
    return markdown_of_html(text) if is_html(text) else text


def _plain(text: str) -> str:
    """A name, which is plain text: entities in it were escaped for a page."""
    return unescape(_TWICE.sub(r"&\1;", text))

"""Opsgenie: postmortems, whose texts are in Atlassian Document Format, and incidents with their timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortems.adopt.exports.adf import AdfConverter, is_adf
from postmortems.adopt.exports.embedded_markdown import embedded
from postmortems.adopt.exports.export import Item, holds, once, sort_export
from postmortems.adopt.exports.incident import ExportedIncident, ExportEvent, Values
from postmortems.adopt.exports.incident_record import incident_record
from postmortems.adopt.exports.json_object import JsonObject
from postmortems.adopt.exports.people import People
from postmortems.adopt.exports.plain_markdown import paragraphs
from postmortems.adopt.record import Found
from postmortems.adopt.sources.given import Given
from postmortems.adopt.titles import without_prefix

NAME = "opsgenie"

_SYSTEM = "Opsgenie"


def recognises(given: Given) -> bool:
    """True if there is a postmortem, an incident or a timeline of Opsgenie's in the files."""
    return holds(given, _sorted)


def read(given: Given) -> Iterator[Found]:
    """A record for each postmortem, and for each incident that has none."""
    export = sort_export(given, _sorted, "postmortem, incident or timeline entry of Opsgenie")
    postmortems = list(once(export.items("postmortem"), lambda postmortem: postmortem.text("postmortemId")))
    incidents = list(once(export.items("incident"), lambda incident: incident.text("id")))
    by_id = {item.content.text("id"): item.content for item, _ in incidents}
    told = {item.content.text("rootIncident", "id") for item, _ in postmortems}
    sources = [*postmortems, *((item, problem) for item, problem in incidents if item.content.text("id") not in told)]
    owners = {name: _key(item.content) for item, _ in sources for name in _ids(item.content)}
    entries = export.parts("entry", owners, lambda entry: (entry.text("incidentId"), entry.text("postmortemId")))
    people = People((_actor(item.content) for item in export.items("entry")), shown=given.names)
    for item, problem in sources:
        report = item.content
        root = (
            by_id.get(report.text("rootIncident", "id"), report.object("rootIncident"))
            if report.has("postmortemId")
            else report
        )
        yield incident_record(_incident(item, root, problem, entries.get(_key(report), ()), people, given), given)
    yield from export.left


def _sorted(outer: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for inner in (outer, *outer.objects("data"), *outer.objects("data", "entries"), *outer.objects("entries")):
        if inner.has("postmortemId") and inner.has_any("executiveSummary", "content", "startTime", "rootIncident"):
            yield "postmortem", inner
        elif inner.has("tinyId", "message", "priority") and inner.has_any(
            "impactedServices", "ownerTeam", "impactStartDate"
        ):
            yield "incident", inner
        elif inner.has("eventTime") and inner.has_any("title", "description"):
            yield "entry", inner


def _key(report: JsonObject) -> str:
    return report.text("postmortemId") or report.text("id")


def _ids(report: JsonObject) -> tuple[str, ...]:
    root = report.object("rootIncident")
    return (_key(report), root.text("id"), root.text("tinyId"), report.text("tinyId"))


def _incident(
    item: Item,
    root: JsonObject,
    problem: str,
    entries: Sequence[JsonObject],
    people: People,
    given: Given,
) -> ExportedIncident:
    report = item.content
    converter = AdfConverter(people)
    values = Values(given, _SYSTEM)
    values.title(without_prefix(report.text("title") or report.text("message") or root.text("message")), "title")
    values.severity(report.text("severity"), "severity")
    values.severity(root.text("priority"), "priority")
    values.state("services", [_named(value) for value in root.texts("impactedServices")], "impactedServices")
    values.state("owner", root.text("ownerTeam"), "ownerTeam")
    values.state("tags", root.texts("tags"), "tags")
    for key, name in (("started_at", "startTime"), ("resolved_at", "resolveTime"), ("resolved_at", "endTime")):
        values.moment(key, report.moment(name), name)
    for key, name in (
        ("started_at", "impactStartDate"),
        ("detected_at", "impactDetectDate"),
        ("resolved_at", "impactEndDate"),
    ):
        values.moment(key, root.moment(name), name)
    created = root.moment("createdAt")
    values.moment("detected_at", created, "createdAt", "when the incident was opened, which is later than detected")
    values.kind([*root.texts("tags"), report.text("title")], "tag")
    if report.has("postmortemId"):
        values.status(report.line("status"), "status of the postmortem")
    else:
        values.incident_status(report.line("status"), "status")
    summary, content = (_text(report, key, converter) for key in ("executiveSummary", "content"))
    if not report.has("postmortemId"):
        summary, content = paragraphs(people.without_names(report.text("description"))), ""
    document = (
        f"## Executive Summary\n\n{embedded(summary, 3)}\n\n{embedded(content)}" if summary and content else content
    )
    number = root.text("tinyId") or report.text("tinyId")
    return ExportedIncident(
        item.path,
        f"{NAME}:{_key(report)}",
        values.complete(),
        number=number,
        said_severity=values.said_severity,
        events=list(_events(report, entries, people)),
        sections={"Executive Summary": summary} if summary else {},
        document=document,
        problems=[*([problem] if problem else []), *(f"lost: {what}" for what in converter.lost)],
    )


def _text(report: JsonObject, key: str, converter: AdfConverter) -> str:
    value = report.object(key)
    return converter.markdown(value) if is_adf(value) else paragraphs(converter.people.without_names(report.text(key)))


def _events(report: JsonObject, entries: Sequence[JsonObject], people: People) -> Iterator[ExportEvent]:
    if at := report.moment("respondTime"):
        yield ExportEvent(at.at, "First response")
    for entry in entries:
        if entry.at("hidden") is not True:
            at = entry.moment("eventTime")
            said = [entry.text(key) or entry.text(key, "content") for key in ("title", "description")]
            text = people.without_names(": ".join(dict.fromkeys(filter(None, map(str.strip, said)))))
            yield ExportEvent(at.at if at else None, text, people.called(_actor(entry)))


def _actor(entry: JsonObject) -> str:
    return entry.line("actor", "name") or entry.line("actor", "displayName") or entry.line("actor")


def _named(service: str) -> str:
    """The name of a service; an id says nothing to anybody."""
    is_id = len(service) == 36 and service.count("-") == 4
    return "" if is_id else service

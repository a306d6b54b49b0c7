"""Jira: incidents and post-incident reviews as issues, with comments, changes of state and subtasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from postmortems.adopt.exports.adf import AdfConverter, is_adf
from postmortems.adopt.exports.embedded_markdown import embedded
from postmortems.adopt.exports.export import Item, holds, once, sort_export
from postmortems.adopt.exports.incident import ExportAction, ExportedIncident, ExportEvent, Values, written_day
from postmortems.adopt.exports.incident_record import incident_record
from postmortems.adopt.exports.json_object import JsonObject, as_text
from postmortems.adopt.exports.people import People
from postmortems.adopt.exports.plain_markdown import paragraphs, run
from postmortems.adopt.exports.wiki_markup import is_wiki, markdown_of_wiki
from postmortems.adopt.record import Found
from postmortems.adopt.sources.given import Given
from postmortems.adopt.tickets.jira import DROPPED
from postmortems.adopt.titles import without_prefix
from postmortems.model.action_item import ActionState
from postmortems.model.front_matter import MOMENTS
from postmortems.read.headings import Rank, meaning_of
from postmortems.read.languages import plain_word, words

NAME = "jira"

_SYSTEM = "Jira"
_STATES = {"done": ActionState.DONE, "new": ActionState.OPEN, "indeterminate": ActionState.OPEN}
_ACTIONS = ("action", "follow", "relate", "improve", "prevent")
_FIELD = "customfield_"


def recognises(given: Given) -> bool:
    """True if there is an issue of Jira's in the files."""
    return holds(given, _sorted)


def read(given: Given) -> Iterator[Found]:
    """A record for each issue."""
    export = sort_export(given, _sorted, "issue of Jira")
    labels: dict[str, str] = {}
    for file in given.json_files:
        for outer in file.objects():
            for issue in (outer, *outer.objects("issues")):
                labels |= {name: as_text(label) for name, label in issue.object("names").members.items()}
    people = People((name for item in export.items("issue") for name in _names(item.content)), shown=given.names)
    for item, problem in once(export.items("issue"), lambda issue: issue.text("key")):
        yield incident_record(_incident(item, problem, labels, people, given), given)
    yield from export.left


def _sorted(outer: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for inner in (outer, *outer.objects("issues"), *outer.objects("values")):
        if inner.has("key") and inner.object("fields").has("summary"):
            yield "issue", inner


def _names(issue: JsonObject) -> Iterator[str]:
    fields = issue.object("fields")
    for key in ("assignee", "reporter", "creator"):
        yield fields.text(key, "displayName")
    for comment in fields.objects("comment", "comments"):
        yield comment.text("author", "displayName")
    for history in issue.objects("changelog", "histories"):
        yield history.text("author", "displayName")


def _incident(item: Item, problem: str, labels: Mapping[str, str], people: People, given: Given) -> ExportedIncident:
    issue, fields = item.content, item.content.object("fields")
    converter = AdfConverter(people)
    values = Values(given, _SYSTEM)
    values.title(without_prefix(fields.line("summary")), "summary")
    further = list(_custom_fields(fields, labels, values, converter, given))
    values.severity(fields.text("priority", "name"), "priority")
    values.state("services", [component.text("name") for component in fields.objects("components")], "components")
    values.state("tags", fields.texts("labels"), "labels")
    link = issue.text("self").partition("/rest/")[0]
    values.state("sources", [f"{link}/browse/{issue.text('key')}"] if link.startswith("https://") else [], "self")
    of_issue = fields.line("status", "name")
    # A post-incident review is an issue of its own; of another one the status is that of the incident.
    kind = plain_word(fields.text("issuetype", "name"))
    (values.status if "review" in kind or "postmortem" in kind else values.incident_status)(of_issue, "status")
    values.kind([*fields.texts("labels"), fields.text("issuetype", "name")], "label")
    resolved = fields.moment("resolutiondate")
    if "incident" in kind:
        values.moment(
            "resolved_at", resolved, "resolutiondate", "when the issue was resolved, maybe later than the fault"
        )
    created = fields.moment("created")
    if created and not values.found.keys() & {"started_at", "detected_at", "date"}:
        values.derive("date", created.at.date().isoformat(), "created, when the issue was written")
    description = _text(fields.at("description"), converter)
    parts = [embedded(description), *(f"## {run(label)}\n\n{embedded(text, 3)}" for label, text in further)]
    comments = list(_comments(fields, converter))
    total = fields.at("comment", "total")
    problems = [problem] if problem else []
    if isinstance(total, int | float) and total > len(comments):
        problems.append(f"{int(total)} comments, of which the export holds {len(comments)}")
    problems += [f"lost: {what}" for what in converter.lost]
    return ExportedIncident(
        item.path,
        f"{NAME}:{issue.text('key')}",
        values.complete(),
        number=issue.text("key"),
        said_severity=values.said_severity,
        events=[*comments, *_changes(issue, people)],
        actions=list(_actions(fields, people)),
        document="\n\n".join(filter(None, parts)),
        problems=problems,
    )


def _text(value: object, converter: AdfConverter) -> str:
    """A text of an issue: Atlassian Document Format, wiki markup or plain text."""
    if isinstance(value, dict) and is_adf(adf := JsonObject(value)):
        return converter.markdown(adf)
    text = converter.people.without_names(as_text(value))
    return markdown_of_wiki(text) if is_wiki(text) else paragraphs(text)


def _custom_fields(
    fields: JsonObject, labels: Mapping[str, str], values: Values, converter: AdfConverter, given: Given
) -> Iterator[tuple[str, str]]:
    """Take the values of a team's own fields by their names, and give those that are sections of a document."""
    for key, value in fields.members.items():
        label = labels.get(key, "") if key.startswith(_FIELD) else ""
        if not label or value in (None, "", []):
            continue
        role = words("metadata").get(plain_word(label), "")
        text = ", ".join(_shown(value))
        if role in MOMENTS:
            values.moment(role, JsonObject({"at": value}).moment("at"), label)
        elif not (text and len(text) < 200 and values.named(label, text, label)):
            meaning = meaning_of(label, given.settings.synonyms)
            if meaning and meaning.rank < Rank.WEAK and (prose := _text(value, converter)):
                yield label, prose


def _shown(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            inner = JsonObject(item)
            yield from filter(None, [inner.line("value") or inner.line("name")])
        elif text := as_text(item).strip():
            yield text


def _comments(fields: JsonObject, converter: AdfConverter) -> Iterator[ExportEvent]:
    people = converter.people
    for comment in fields.objects("comment", "comments"):
        at = comment.moment("created")
        text = _text(comment.at("body"), converter)
        yield ExportEvent(
            at.at if at else None, text, people.called(comment.text("author", "displayName")), is_markdown=True
        )


def _changes(issue: JsonObject, people: People) -> Iterator[ExportEvent]:
    """The changes of state and priority; all others tell nothing of the incident."""
    for history in issue.objects("changelog", "histories"):
        at = history.moment("created")
        for change in history.objects("items"):
            if change.text("field") in ("status", "priority"):
                said = f"{change.text('field').title()}: {change.line('fromString')} → {change.line('toString')}"
                yield ExportEvent(at.at if at else None, said, people.called(history.text("author", "displayName")))


def _actions(fields: JsonObject, people: People) -> Iterator[ExportAction]:
    linked: list[JsonObject] = list(fields.objects("subtasks"))
    for link in fields.objects("issuelinks"):
        name = plain_word(" ".join(link.text("type", key) for key in ("name", "inward", "outward")))
        for other in (link.object("outwardIssue"), link.object("inwardIssue")):
            kind = plain_word(other.text("fields", "issuetype", "name"))
            if other and any(word in name for word in _ACTIONS) and "incident" not in kind:
                linked.append(other)
    yield from (_action(issue, people) for issue in {issue.text("key"): issue for issue in linked}.values())


def _action(issue: JsonObject, people: People) -> ExportAction:
    fields: JsonObject = issue.object("fields")
    status = fields.object("status")
    state = _STATES.get(status.text("statusCategory", "key"), ActionState.UNKNOWN)
    reason = fields.line("resolution", "name") or status.line("name")
    if plain_word(reason) in DROPPED:
        state = ActionState.DROPPED
    return ExportAction(
        people.without_names(fields.line("summary")) or issue.text("key"),
        state,
        people.called(fields.text("assignee", "displayName")),
        due=written_day(fields.text("duedate")),
        ticket=issue.text("key"),
        dropped_because=reason if state is ActionState.DROPPED else "",
    )

"""GitLab: issues and incidents with their comments and timeline events. The description is Markdown, and stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from postmortems.adopt.exports.export import Item, holds, once, sort_export
from postmortems.adopt.exports.incident import ExportedIncident, ExportEvent, Values
from postmortems.adopt.exports.incident_record import incident_record
from postmortems.adopt.exports.json_object import JsonObject
from postmortems.adopt.exports.labels import take_labels
from postmortems.adopt.record import Found
from postmortems.adopt.sources.given import Given
from postmortems.adopt.titles import without_prefix
from postmortems.read.languages import plain_word

NAME = "gitlab"

_SYSTEM = "GitLab"
_TAGS = {
    "start time": "started_at",
    "impact detected": "detected_at",
    "impact mitigated": "mitigated_at",
    "end time": "resolved_at",
}
"""GitLab's own tags of timeline events that are moments."""
_UPLOAD = re.compile(r"(?<=\]\()(?=/uploads/)")
_MOST_VALUES = 100_000


def recognises(given: Given) -> bool:
    """True if there is an issue of GitLab's in the files."""
    return holds(given, _sorted, "issue", "event")


def read(given: Given) -> Iterator[Found]:
    """A record for each issue."""
    export = sort_export(given, _sorted, "issue, comment or timeline event of GitLab")
    issues = list(once(export.items("issue"), _key))
    owners = {
        name: _key(item.content)
        for item, _ in issues
        for name in (_key(item.content), item.content.text("iid"), item.content.text("id").rpartition("/")[2])
    }
    notes = export.parts("note", owners, lambda note: (note.text("noteable_iid"),))
    events = export.parts("event", owners, lambda event: (event.text("incident", "iid"),))
    for item, problem in issues:
        key = _key(item.content)
        yield incident_record(_incident(item, problem, notes.get(key, ()), events.get(key, ()), given), given)
    yield from export.left


def _sorted(outer: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    # What the GraphQL interface gives lies at a depth that depends on the question.
    level: list[object] = [dict(outer.members)]
    seen = 0
    while level and seen < _MOST_VALUES:
        value = level.pop()
        seen += 1
        if isinstance(value, list):
            level += reversed(value)
            continue
        if not isinstance(value, dict):
            continue
        inner = JsonObject(value)
        if inner.has("iid", "title") and inner.has_any("description", "web_url", "webUrl"):
            yield "issue", inner
            level += [value[key] for key in ("notes", "discussions", "timelineEvents") if key in value]
        elif inner.has("occurredAt", "note"):
            yield "event", inner
        elif inner.has("body") and inner.has_any("noteable_iid", "noteable_type", "system"):
            yield "note", inner
        else:
            level += reversed([child for child in value.values() if isinstance(child, dict | list)])


def _key(issue: JsonObject) -> str:
    return _link(issue) or issue.text("iid")


def _link(issue: JsonObject) -> str:
    return issue.text("web_url") or issue.text("webUrl")


def _incident(
    item: Item, problem: str, notes: Sequence[JsonObject], events: Sequence[JsonObject], given: Given
) -> ExportedIncident:
    issue = item.content
    values = Values(given, _SYSTEM)
    values.title(without_prefix(issue.line("title")), "title")
    severity = issue.text("severity")
    values.severity("" if severity.casefold() == "unknown" else severity, "severity")
    labels = [
        label.text("name") or label.text("title")
        for label in (*issue.objects("labels"), *issue.objects("labels", "nodes"))
    ]
    take_labels([*issue.texts("labels"), *filter(None, labels)], values)
    for event in events:
        for tag in event.objects("timelineEventTags", "nodes"):
            if key := _TAGS.get(plain_word(tag.text("name")), ""):
                values.moment(key, event.moment("occurredAt"), f'tag "{tag.line("name")}"')
    created = issue.moment("created_at") or issue.moment("createdAt")
    if created and not values.found.keys() & {"started_at", "detected_at"}:
        values.derive("date", created.at.date().isoformat(), "created_at, when the issue was written")
    link = _link(issue)
    values.state("sources", [link] if link.startswith("https://") else [], "web_url")
    project = link.partition("/-/")[0]
    values.incident_status(issue.line("state"), "state")
    text = issue.text("description")
    problems = [problem] if problem else []
    if uploads := len(_UPLOAD.findall(text)):
        problems.append(f"pictures and files that stay on GitLab: {uploads}")
    if issue.text("state").casefold() == "opened":
        problems.append("the issue is still open")
    iid = issue.text("iid")
    return ExportedIncident(
        item.path,
        f"{NAME}:{project.partition('://')[2].partition('/')[2]}#{iid}",
        values.complete(),
        number=f"#{iid}",
        said_severity=values.said_severity,
        events=[*_timeline(events), *_comments(notes, link)],
        document=_UPLOAD.sub(project, text) if project else text,
        problems=problems,
    )


def _timeline(events: Sequence[JsonObject]) -> Iterator[ExportEvent]:
    for event in events:
        at = event.moment("occurredAt")
        yield ExportEvent(at.at if at else None, event.text("note"), _author(event), is_markdown=True)


def _comments(notes: Sequence[JsonObject], link: str) -> Iterator[ExportEvent]:
    """Comments of people, without the changes that GitLab notes by itself."""
    for note in notes:
        if note.at("system") is not True and not _author(note).startswith(("project_", "group_", "ghost")):
            at = note.moment("created_at") or note.moment("createdAt")
            name = note.text("id").rpartition("/")[2]
            where = f"{link}#note_{name}" if link and name else ""
            yield ExportEvent(at.at if at else None, note.text("body"), _author(note), where, is_markdown=True)


def _author(content: JsonObject) -> str:
    return content.line("author", "username")

"""GitHub: issues with their comments, as `gh` and the REST interface give them. The body is Markdown, and stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortems.adopt.exports.export import Item, holds, once, sort_export
from postmortems.adopt.exports.incident import ExportAction, ExportedIncident, ExportEvent, Values
from postmortems.adopt.exports.incident_record import incident_record
from postmortems.adopt.exports.json_object import JsonObject, Moment
from postmortems.adopt.exports.labels import take_labels
from postmortems.adopt.record import Found, NoRecord
from postmortems.adopt.sources.given import Given
from postmortems.adopt.titles import without_prefix
from postmortems.model.action_item import ActionState

NAME = "github"

_SYSTEM = "GitHub"
_DROPPED = ("not planned", "duplicate")


def recognises(given: Given) -> bool:
    """True if there is an issue of GitHub's in the files."""
    return holds(given, _sorted, "issue")


def read(given: Given) -> Iterator[Found]:
    """A record for each issue that is no pull request."""
    export = sort_export(given, _sorted, "issue or comment of GitHub")
    issues = list(once(export.items("issue"), _key))
    owners = {name: _key(item.content) for item, _ in issues for name in (_key(item.content), _link(item.content))}
    owners |= {item.content.text("url"): _key(item.content) for item, _ in issues}
    owners |= {item.content.text("number"): _key(item.content) for item, _ in issues}
    comments = export.parts("comment", owners, lambda comment: (comment.text("issue_url"),))
    for item, problem in issues:
        issue = item.content
        if issue.has("pull_request") or "/pull/" in _link(issue):
            yield NoRecord(f"{item.path} (#{issue.text('number')})", "a pull request")
            continue
        yield incident_record(_incident(item, problem, comments.get(_key(issue), ()), given), given)
    yield from export.left


def _sorted(outer: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for inner in (outer, *outer.objects("issues"), *outer.objects("items")):
        if inner.has("number", "title") and inner.has_any("createdAt", "created_at"):
            yield "issue", inner
        elif inner.has("body", "issue_url") and inner.has("created_at"):
            yield "comment", inner


def _key(issue: JsonObject) -> str:
    return _link(issue) or issue.text("number")


def _link(content: JsonObject) -> str:
    return content.text("html_url") or content.text("url")


def _moment(content: JsonObject, camel: str, snake: str) -> Moment | None:
    return content.moment(camel) or content.moment(snake)


def _incident(item: Item, problem: str, apart: Sequence[JsonObject], given: Given) -> ExportedIncident:
    issue = item.content
    values = Values(given, _SYSTEM)
    values.title(without_prefix(issue.line("title")), "title")
    take_labels((label.text("name") for label in issue.objects("labels")), values)
    values.state("sources", [link] if (link := _link(issue)).startswith("https://") else [], "url")
    # When somebody wrote the issue, and when it was closed, says little of when the fault came and went.
    created = _moment(issue, "createdAt", "created_at")
    if created:
        values.derive("date", created.at.date().isoformat(), "createdAt, when the issue was written")
    values.incident_status(issue.line("state").casefold(), "state")
    problems = [problem] if problem else []
    reason = _reason(issue)
    if reason in _DROPPED:
        problems.append(f"it was closed as {reason}")
    if issue.text("state").casefold() == "open":
        problems.append("the issue is still open")
    comments, bots = _comments([*issue.objects("comments"), *apart])
    if bots:
        problems.append(f"comments of bots that are left out: {bots}")
    told = issue.at("comments")
    if isinstance(told, int) and told > len(comments) + bots:
        problems.append(f"{told} comments, of which the export holds {len(comments) + bots}")
    number = issue.text("number")
    return ExportedIncident(
        item.path,
        f"{NAME}:{_repository(_link(issue))}#{number}",
        values.complete(),
        number=f"#{number}",
        said_severity=values.said_severity,
        events=[*comments, *_closed(issue, reason)],
        actions=[_action(action) for key in ("subIssues", "sub_issues") for action in _nodes(issue, key)],
        document=issue.text("body"),
        problems=problems,
    )


def _repository(link: str) -> str:
    parts = link.split("/")
    return "/".join(parts[3:5]) if len(parts) > 5 else ""


def _reason(issue: JsonObject) -> str:
    return (issue.text("stateReason") or issue.text("state_reason")).replace("_", " ").casefold()


def _nodes(issue: JsonObject, key: str) -> tuple[JsonObject, ...]:
    return issue.objects(key, "nodes") or (() if issue.object(key).has("totalCount") else issue.objects(key))


def _comments(found: Sequence[JsonObject]) -> tuple[list[ExportEvent], int]:
    """The comments of people as events, and how many bots wrote."""
    events: list[ExportEvent] = []
    bots = 0
    for comment in found:
        author = comment.object("author") or comment.object("user")
        login = author.line("login")
        if login.endswith("[bot]") or author.text("type") == "Bot" or author.at("is_bot") is True:
            bots += 1
            continue
        at = _moment(comment, "createdAt", "created_at")
        events.append(ExportEvent(at.at if at else None, comment.text("body"), login, _link(comment), is_markdown=True))
    return events, bots


def _closed(issue: JsonObject, reason: str) -> Iterator[ExportEvent]:
    at = _moment(issue, "closedAt", "closed_at")
    pulls = _nodes(issue, "closedByPullRequestsReferences")
    if at:
        by = ", ".join(f"#{pull.text('number')}" for pull in pulls if pull.text("number"))
        said = f"Issue closed ({reason or 'no reason'})" + (f" by {by}" if by else "")
        yield ExportEvent(at.at, said, link=next((_link(pull) for pull in pulls), ""))


def _action(issue: JsonObject) -> ExportAction:
    state = issue.text("state").casefold()
    is_dropped = _reason(issue) in _DROPPED
    closed = _moment(issue, "closedAt", "closed_at")
    return ExportAction(
        issue.line("title"),
        ActionState.DROPPED
        if is_dropped
        else {"closed": ActionState.DONE, "open": ActionState.OPEN}.get(state, ActionState.UNKNOWN),
        next((who.line("login") for who in _nodes(issue, "assignees")), ""),
        done=closed.at.date() if closed else None,
        ticket=_link(issue) or f"#{issue.text('number')}",
        dropped_because=f"closed as {_reason(issue)}" if is_dropped else "",
    )

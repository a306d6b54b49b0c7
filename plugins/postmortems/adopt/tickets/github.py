"""Issues and pull requests of GitHub: what `gh issue list --json …` prints, and the REST interface's own form."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from postmortems.adopt.exports.json_object import JsonObject
from postmortems.model.action_item import ActionState
from postmortems.model.ticket import Ticket, TicketReference, reference_of_url

NAME = "GitHub"
COMMAND = "gh issue list --state all --limit 1000 --json number,state,stateReason,closedAt,url,title"

_DROPPED = {"NOT_PLANNED": "closed as not planned", "DUPLICATE": "closed as a duplicate"}
_DONE = ("COMPLETED", "", "REOPENED")
"""Issues that were closed before there were reasons have none; one that was closed again may keep the old one."""
_DEFAULT_LENGTHS = (30, 100)
"""The number of issues that `gh` and the REST interface give unless they are asked for more."""


def is_ticket(entry: JsonObject) -> bool:
    """True if an object is an issue or a pull request."""
    return entry.has("number") and not entry.has("iid") and entry.has_any("state", "url", "html_url", "title")


def ticket(entry: JsonObject, repository: str) -> Ticket | None:
    """One issue; None where nothing says which repository it belongs to. `repository` is that of one without a URL."""
    url = entry.text("html_url") or entry.text("url")
    name = (entry.text("repository", "nameWithOwner") or repository).casefold()
    number = f"#{entry.text('number')}"
    reference = reference_of_url(url) or (TicketReference(number, name) if name else None)
    if reference is None:
        return None
    state, said, reason = _state(entry, is_request="/pull/" in url or bool(entry.object("pull_request")))
    moments = [entry.moment(*path) for path in (("mergedAt",), ("closedAt",), ("closed_at",))]
    at = next((moment.at for moment in moments if moment), None) if state is not ActionState.OPEN else None
    return Ticket(reference, state, said, at.date() if at else None, reason, entry.line("title"))


def _state(entry: JsonObject, *, is_request: bool) -> tuple[ActionState, str, str]:
    said = entry.text("state").upper()
    if said == "OPEN":
        return ActionState.OPEN, said, ""
    if said == "MERGED" or entry.text("pull_request", "merged_at"):
        return ActionState.DONE, "MERGED", ""
    if said == "CLOSED" and is_request:
        return ActionState.DROPPED, said, "pull request closed without merging"
    if said != "CLOSED" or not entry.has_any("stateReason", "state_reason"):
        return ActionState.UNKNOWN, f"{said}, without a reason" if said == "CLOSED" else said, ""
    why = (entry.text("stateReason") or entry.text("state_reason")).upper()
    if why in _DROPPED:
        return ActionState.DROPPED, why, _DROPPED[why]
    return (ActionState.DONE if why in _DONE else ActionState.UNKNOWN), why or said, ""


def remarks(entries: Collection[JsonObject], tickets: Collection[Ticket]) -> Iterator[str]:
    """Sentences on what the export may lack, and how to ask for it."""
    if any("without a reason" in found.said for found in tickets):
        yield f'closed issues have no "stateReason", which tells done from not planned: export with {COMMAND}'
    if tickets and all(found.state is ActionState.OPEN for found in tickets):
        yield "it holds open issues alone: `gh` lists closed ones with --state all"
    if len(entries) in _DEFAULT_LENGTHS:
        yield f"it holds {len(entries)} issues, where lists are cut by default: export more with --limit 1000"
    if any(found.state is ActionState.DONE and not found.closed for found in tickets):
        yield 'it has no "closedAt", so the days of closing are unknown'

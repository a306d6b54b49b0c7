"""Issues and merge requests of GitLab: what `glab issue list --output json` and the REST interface print.

GitLab does not say why an issue was closed, apart from one that is a duplicate or was moved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from postmortems.adopt.exports.json_object import JsonObject
from postmortems.model.action_item import ActionState
from postmortems.model.ticket import Ticket, TicketReference, reference_of_url

NAME = "GitLab"
_OPEN = ("opened", "open", "reopened")
_PAGES = (20, 30, 100)


def is_ticket(entry: JsonObject) -> bool:
    """True if an object is an issue or a merge request."""
    return entry.has("iid") and entry.has_any("state", "web_url", "title")


def ticket(entry: JsonObject, repository: str) -> Ticket | None:
    """One issue; None where nothing says which project it belongs to. `repository` is that of those without a URL."""
    is_request = entry.has_any("merged_at", "source_branch")
    key = f"{'!' if is_request else '#'}{entry.text('iid')}"
    reference = reference_of_url(entry.text("web_url")) or (
        TicketReference(key, repository.casefold()) if repository else None
    )
    if reference is None:
        return None
    said = entry.text("state").casefold()
    state, reason = _state(entry, said, is_request=is_request)
    moment = entry.moment("merged_at") or entry.moment("closed_at")
    day = moment.at.date() if moment and state is not ActionState.OPEN else None
    return Ticket(reference, state, said, day, reason, entry.line("title"))


def _state(entry: JsonObject, said: str, *, is_request: bool) -> tuple[ActionState, str]:
    if said in _OPEN:
        return ActionState.OPEN, ""
    if said == "merged":
        return ActionState.DONE, ""
    if said != "closed" or entry.text("moved_to_id"):
        return ActionState.UNKNOWN, ""
    if is_request:
        return ActionState.DROPPED, "merge request closed without merging"
    if entry.text("duplicated_to_id") or entry.text("_links", "closed_as_duplicate_of"):
        return ActionState.DROPPED, "closed as a duplicate"
    return ActionState.DONE, ""


def remarks(entries: Collection[JsonObject], tickets: Collection[Ticket]) -> Iterator[str]:
    """Sentences on what the export may lack, and how to ask for it."""
    if len(entries) in _PAGES:
        yield f"it holds {len(entries)} issues, where lists are cut by default: export more pages"
    if tickets and all(found.state is ActionState.OPEN for found in tickets):
        yield "it holds open issues alone: `glab` lists closed ones with --all"

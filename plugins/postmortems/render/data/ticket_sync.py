"""Action items and their tickets as JSON: what `postmortems sync --format json` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.ticket_states import CHANGES, ComparedAction, Outcome, TicketComparison
from postmortems.model.action_item import ActionState
from postmortems.render.base.action_ids import action_name
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.head import Head, head
from postmortems.render.data.json_text import Count, Day, day_text, lines_document, one_of
from postmortems.render.words.plain import plain_words
from postmortems.render.words.tickets import finding_words
from postmortems.text.spelling import listed

SCHEMA = "schema/sync.schema.json"


class SyncedAction(TypedDict):
    """An action item, where it is written, and its tickets."""

    id: Annotated[str, Field(description="Its id, as in the file of action items")]
    postmortem: Annotated[str, Field(description="The id of its postmortem")]
    path: Annotated[str, Field(description="Its file, relative to the root of the git repository where there is one")]
    line: Annotated[int, Field(ge=1, description="Its line there")]
    text: Annotated[str, Field(description="The action, as plain text")]
    state: Annotated[str, one_of(ActionState), Field(description="Its state before")]
    ticket: Annotated[str, Field(description="Its ticket, as its author wrote it, or the one in its text")]


class SyncChange(SyncedAction):
    """A change that the tickets ask for."""

    becomes: Annotated[str, one_of(CHANGES), Field(description="`dated`: it is done already, and gets its day")]
    done: Annotated[Day | None, Field(description="The day on which its ticket was closed, in UTC")]
    reason: Annotated[str | None, Field(description="Why it was dropped")]
    is_written: Annotated[bool, Field(description="True if the file has been changed")]
    problem: Annotated[str | None, Field(description="Why it cannot be written; null if it can")]


class SyncFinding(SyncedAction):
    """An action item that needs a look; nothing is changed for it."""

    outcome: Annotated[str, one_of(Outcome), Field(description="Kind of the finding")]
    message: Annotated[str, Field(description="What it is, and the next step")]


class TicketSync(Head):
    """Action items beside the tickets of an export."""

    source: Annotated[str, Field(description="The tracker; empty if the export has no tickets")]
    tickets: Annotated[Count, Field(description="Number of tickets in the export")]
    remarks: Annotated[list[str], Field(description="What the export may lack")]
    counts: Annotated[dict[str, Count], Field(description="Number of action items by outcome")]
    changes: Annotated[list[SyncChange], Field(description="What the tickets ask for")]
    findings: Annotated[list[SyncFinding], Field(description="Action items that need a look")]


def sync_json(
    comparison: TicketComparison,
    source: tuple[str, int, Iterable[str]],
    written: Callable[[ComparedAction], tuple[bool, str]],
    repositories: int,
    data_context: DataContext,
    path: Callable[[str], str],
) -> str:
    """All of it as the text of a file. `source` is the tracker, the number of its tickets and the remarks; `written`
    tells whether a change is in its file, and why not."""

    def action(compared: ComparedAction) -> SyncedAction:
        item, postmortem = compared.action.item, compared.action.postmortem
        return {
            "id": action_name(postmortem, item),
            "postmortem": postmortem.id,
            "path": path(item.place.path),
            "line": item.place.line,
            "text": plain_words(item.text),
            "state": item.state.value,
            "ticket": item.ticket or listed(map(str, compared.references)),
        }

    def change(compared: ComparedAction) -> SyncChange:
        is_written, problem = written(compared)
        return {
            **action(compared),
            "becomes": compared.outcome.value,
            "done": day_text(compared.day),
            "reason": compared.reason or None if compared.outcome is Outcome.DROPPED else None,
            "is_written": is_written,
            "problem": problem or None,
        }

    tracker, tickets, remarks = source
    values: Mapping[str, object] = {
        **head(data_context),
        "source": tracker,
        "tickets": tickets,
        "remarks": list(remarks),
        "counts": {outcome.value: number for outcome, number in comparison.counts.items()},
        "changes": [change(each) for each in comparison.changes],
        "findings": [
            {**action(each), "outcome": each.outcome.value, "message": finding_words(each, repositories)}
            for each in comparison.findings
        ],
    }
    return lines_document(f"../{SCHEMA}", values)

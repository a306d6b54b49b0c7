"""Record of one action item in the data files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.past_actions import past_of
from postmortems.model.action_item import ActionKind, ActionState, Horizon
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.action_ids import action_anchor, action_ids
from postmortems.render.base.context import PageContext
from postmortems.render.data.json_text import Count, Day, day_text, one_of
from postmortems.render.words.plain import plain_words

Kind = Annotated[str, one_of(ActionKind)]
PhaseKind = Annotated[str, one_of(Horizon)]


class ActionRecord(TypedDict):
    """One action item on the day that the file counts from. What is unknown is null."""

    id: Annotated[
        str, Field(description="A checksum of the postmortem's id and the text, stable while both are unchanged")
    ]
    postmortem: Annotated[str, Field(description="The id of its postmortem")]
    severity: Annotated[str | None, Field(description="The incident's severity")]
    url: Annotated[str, Field(description="Its place on the postmortem's page, as in the file of postmortems")]
    text: Annotated[str, Field(description="The action, as plain text")]
    state: Annotated[
        str,
        one_of(ActionState),
        Field(description="Its status; `unknown`: not public, or not understood"),
    ]
    owner: Annotated[str | None, Field(description="Owner")]
    kind: Annotated[Kind | None, Field(description="What it changes")]
    horizon: Annotated[PhaseKind | None, Field(description="Its heading")]
    due: Annotated[Day | None, Field(description="Due date")]
    due_is_derived: Annotated[bool, Field(description="True if the due date comes from the heading")]
    is_overdue: Annotated[bool, Field(description="True if it is open and past its due date")]
    done: Annotated[Day | None, Field(description="When it was done")]
    ticket: Annotated[str | None, Field(description="Where it is tracked")]
    dropped_because: Annotated[str | None, Field(description="Why it will not be done")]
    line: Annotated[int, Field(ge=1, description="Its line in the postmortem's file")]
    due_moved: Annotated[
        Count | None,
        Field(description="How often its own due date moved since publication, from git's history; null if unknown"),
    ]
    first_due: Annotated[Day | None, Field(description="Its first own due date in that history")]
    reopened: Annotated[Count | None, Field(description="How often it was reopened in that history; null if unknown")]


def action_records(postmortem: Postmortem, context: PageContext, url: Callable[[str], str]) -> Iterator[ActionRecord]:
    """The records of a postmortem's action items, in the order of its text."""
    if not postmortem.actions.written:
        return
    page = url(context.addresses.postmortem(postmortem))
    named = zip(postmortem.actions.items, action_ids(postmortem), strict=True)
    ids = [name for item, name in named if not item.is_sample]
    for standing, name in zip(context.analysis.actions_of(postmortem), ids, strict=True):
        item, past = standing.item, past_of(standing, context.analysis)
        record: ActionRecord = {
            "id": name,
            "postmortem": postmortem.id,
            "severity": postmortem.front_matter.severity,
            "url": f"{page}#{action_anchor(name)}",
            "text": plain_words(item.text),
            "state": item.state.value,
            "owner": item.owner or None,
            "kind": item.kind.value if item.kind else None,
            "horizon": item.horizon.value if item.horizon else None,
            "due": day_text(standing.due),
            "due_is_derived": standing.due_is_derived,
            "is_overdue": standing.is_overdue,
            "done": day_text(item.done),
            "ticket": item.ticket or None,
            "dropped_because": item.dropped_because or None,
            "line": item.first,
            "due_moved": len(past.moves) if past else None,
            "first_due": day_text(past.first_due) if past else None,
            "reopened": past.reopened if past else None,
        }
        yield record

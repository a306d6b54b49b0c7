"""The open action items of some incidents, newest incident first, as the pages of patterns and services list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from postmortems.analyse.actions import NO_ACTIONS, ActionCounts
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.pages.action_rows import ActionRow, action_rows

SHOWN = 20


@dataclass(frozen=True, slots=True)
class OpenActions:
    """The first items of a list, and what the whole list counts."""

    rows: Sequence[ActionRow] = ()
    counts: ActionCounts = NO_ACTIONS
    postmortems: int = 0


def open_actions(members: Sequence[Postmortem], context: PageContext, *, without_pattern: str = "") -> OpenActions:
    """The open items of incidents given oldest first. `without_pattern` is the one whose page it is."""
    analysis = context.analysis
    counts = [analysis.action_counts_of(one) for one in members]
    still = (item for one in reversed(members) for item in analysis.actions_of(one) if item.is_open)
    return OpenActions(
        rows=action_rows([*islice(still, SHOWN)], context, without_pattern=without_pattern),
        counts=sum(counts, NO_ACTIONS),
        postmortems=sum(one.open > 0 for one in counts),
    )

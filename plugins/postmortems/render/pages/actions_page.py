"""All action items: what is late, what comes next, what is open, and what became of the rest; by owner, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from postmortems.model.dated_action import ActionStatus, DatedAction
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
from postmortems.render.charts.progress_bar import progress_bar
from postmortems.render.data.lists import ACTIONS
from postmortems.render.pages.action_rows import OPEN_SECTIONS, SHOWN, action_rows, closed_sections, open_sections
from postmortems.render.words.actions import closure_words, rest_words
from postmortems.render.words.formats import count_words
from postmortems.render.words.incident import clipped

MOST_OWNERS = 30
"""How many owners the table shows; all of them have a page."""

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """One owner's action items in counts; without `href` those that name nobody."""

    name: str
    href: str
    overdue: int
    soon: int
    open: int
    closed: int
    unknown: int


def actions_page(context: PageContext) -> Body:
    """The generated parts of `/actions/`; its size has a bound, whatever the number of items."""
    board = context.analysis.board
    progress = board.counts
    owners = owner_lines(context)
    still, closed = open_sections(board, context), closed_sections(board, context)
    with_items = sum(bool(context.analysis.actions_of(incident)) for incident in context.analysis.incidents)
    lede = description = "What was promised after incidents, and what became of it."
    if progress.total:
        lede = f"What was promised in {count_words(with_items, 'postmortem')}, and what became of it."
        words = ", ".join(filter(None, (closure_words(progress), rest_words(progress))))
        description = f"{lede.removesuffix('.')}: {words}."
    apart = [one for status, *_ in OPEN_SECTIONS for one in context.analysis.board_apart.by_status[status]]
    return render_body(
        "actions.html",
        lede,
        description,
        progress=progress,
        bar=progress_bar(progress),
        still=still,
        closed=closed,
        apart=action_rows(apart[:SHOWN], context),
        apart_total=len(apart),
        owners=owners[:MOST_OWNERS],
        all_owners=len(owners),
        data_href=context.addresses.data(f"{ACTIONS}.csv"),
        owners_href=context.addresses.owners(),
        has_postmortems=bool(context.analysis.postmortems),
        without=len(context.analysis.incidents) - with_items,
        guide=context.guide("writing"),
        today=context.analysis.today,
    )


def owner_lines(context: PageContext) -> list[OwnerLine]:
    """Every owner of an action item, the one with most overdue ones first; the items that name nobody come last."""
    analysis = context.analysis
    lines = [
        _line(owner.name, context.addresses.owner(owner.name), owner.actions)
        for owner in analysis.owners.values()
        if owner.actions
    ]
    lines.sort(key=lambda line: (-line.overdue, -(line.soon + line.open), line.name.casefold()))
    nobody = [action for action in analysis.incident_actions if not action.item.owner]
    return [*lines, _line("", "", nobody)] if nobody else lines


def _line(name: str, href: str, actions: Iterable[DatedAction]) -> OwnerLine:
    counts = Counter(action.status for action in actions)
    return OwnerLine(
        name=clipped(name, _LONGEST_NAME),
        href=href,
        overdue=counts[ActionStatus.OVERDUE],
        soon=counts[ActionStatus.SOON],
        open=counts[ActionStatus.OPEN],
        closed=counts[ActionStatus.DONE] + counts[ActionStatus.DROPPED],
        unknown=counts[ActionStatus.UNKNOWN],
    )

"""All owners: the teams and people that answer for postmortems and action items."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from postmortems.analyse.owners import Owner
from postmortems.model.dated_action import ActionStatus
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
from postmortems.render.pages.facts import last_day
from postmortems.render.words.formats import apart_words, count_words, day_words
from postmortems.render.words.incident import clipped

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """One owner in the list: its incidents, and the action items that name it."""

    name: str
    href: str
    incidents: int
    apart: str
    last: str
    overdue: int
    open: int
    unknown: int
    items: int


def owners_page(context: PageContext) -> Body:
    """The generated parts of `/owners/`; who has most overdue comes first, then who has most incidents."""
    lines = sorted(
        (_line(one, context) for one in context.analysis.owners.values()),
        key=lambda line: (-line.overdue, -line.incidents, -line.items, line.name.casefold()),
    )
    lede = (
        f"{count_words(len(lines), 'owner')} of postmortems and action items, each with what it answers for."
        if lines
        else ""
    )
    today, guide = context.analysis.today, context.guide("writing")
    return render_body("owners.html", lede, lines=lines, today=today, guide=guide)


def _line(owner: Owner, context: PageContext) -> OwnerRow:
    counts = Counter(action.status for action in owner.actions)
    return OwnerRow(
        name=clipped(owner.name, _LONGEST_NAME),
        href=context.addresses.owner(owner.name),
        incidents=len(owner.incidents),
        apart=apart_words(owner.postmortems),
        last=day_words(last_day(owner.incidents)) if owner.incidents else "",
        overdue=counts[ActionStatus.OVERDUE],
        open=counts[ActionStatus.OVERDUE] + counts[ActionStatus.SOON] + counts[ActionStatus.OPEN],
        unknown=counts[ActionStatus.UNKNOWN],
        items=len(owner.actions),
    )

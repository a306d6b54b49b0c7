"""All owners: the teams and people that answer for postmortems and action items."""

from __future__ import annotations

from postmortems.analyse.actions import action_counts
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
from postmortems.render.pages.facts import last_day
from postmortems.render.words.formats import count_words


def owners_page(context: PageContext) -> Body:
    """The generated parts of `/owners/`; who has most overdue comes first, then who has most incidents."""
    lines = [
        (owner, last_day(owner.incidents), action_counts(owner.actions)) for owner in context.analysis.owners.values()
    ]
    lines.sort(key=lambda line: (-line[2].overdue, -len(line[0].incidents), -line[2].total, line[0].name.casefold()))
    lede = (
        f"{count_words(len(lines), 'owner')} of postmortems and action items, each with what it answers for."
        if lines
        else ""
    )
    return render_body(
        "owners.html",
        lede,
        lines=lines,
        addresses=context.addresses,
        today=context.analysis.today,
        guide=context.guide("writing"),
    )

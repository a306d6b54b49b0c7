"""All owners: the teams and people that answer for postmortems and action items."""

from __future__ import annotations

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.analyse.owners import Owner
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.words.formats import count_words


def owners_page(context: PageContext) -> Body:
    """The generated parts of `/owners/`; who has most overdue comes first, then who has most incidents."""
    owners = sorted(context.analysis.owners.values(), key=_most_overdue_first)
    lede = (
        ""
        if not owners
        else f"{count_words(len(owners), 'owner')} of postmortems and action items, each with what it answers for."
    )
    return render_body(
        "owners.html",
        lede,
        context=context,
        owners=[(owner, IncidentGroup(owner.postmortems, context.analysis)) for owner in owners],
        guide=context.guide("writing"),
    )


def _most_overdue_first(owner: Owner) -> tuple[int, int, int, str]:
    return -owner.counts.overdue, -len(owner.incidents), -owner.counts.total, owner.name.casefold()

"""All owners: the teams and people that own postmortems and action items."""

from __future__ import annotations

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.analyse.owners import Owner
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.name_parts import owner_parts
from postmortems.render.pages.services_page import FIND
from postmortems.render.words.formats import count_words

_FEW = 12
"""Number of owners up to which nobody needs to search."""


def owners_page(context: PageContext) -> Body:
    """The generated parts of `/owners/`; who has most overdue comes first, then who has most incidents.

    Of many the first are listed.
    """
    owners = sorted(context.analysis.owners.values(), key=_most_overdue_first)
    lede = f"{count_words(len(owners), 'owner')} of postmortems and action items." if owners else ""
    return render_body(
        "owners.html",
        lede,
        context=context,
        owners=[(owner, IncidentGroup(owner.postmortems, context.analysis)) for owner in owners[:MANY]],
        total=len(owners),
        parts=owner_parts(context.analysis),
        script=context.addresses.file(FIND) if len(owners) > _FEW else "",
        guide=context.guide("writing"),
    )


def _most_overdue_first(owner: Owner) -> tuple[int, int, int, str]:
    return -owner.counts.overdue, -len(owner.incidents), -owner.counts.total, owner.name.casefold()

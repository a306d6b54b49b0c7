"""The page of one owner: what a team or a person answers for, and what is due."""

from __future__ import annotations

from postmortems.analyse.action_board import board
from postmortems.analyse.facets import Facet, Group
from postmortems.analyse.incident_group import IncidentGroup
from postmortems.analyse.owners import Owner, open_with_others
from postmortems.analyse.publication import due_or_last
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.data.lists import ACTIONS
from postmortems.render.pages.layout import render_body
from postmortems.render.words.formats import count_words


def owner_page(owner: Owner, context: PageContext) -> Body:
    """The generated parts of `/owners/<slug>/`; costs that owner's incidents and items."""
    analysis, catalogue = context.analysis, context.corpus.catalogue
    group = IncidentGroup(owner.postmortems, analysis, Facet(Group.OWNER, owner.name))
    drafts = (analysis.drafts_due.get(incident.path) for incident in group.incidents)
    return render_body(
        "owner.html",
        _lede(owner),
        context=context,
        owner=owner,
        group=group,
        catalogued=catalogue.by_owner.get(owner.slug, ()) if catalogue else (),
        board=board(owner.actions),
        data_href=context.addresses.file(f"{ACTIONS}.csv"),
        elsewhere=open_with_others(owner, analysis.actions_of),
        drafts=sorted(filter(None, drafts), key=due_or_last),
    )


def _lede(owner: Owner) -> str:
    parts = []
    if owner.postmortems:
        parts.append(count_words(len(owner.incidents), "incident"))
    if owner.actions:
        parts.append(count_words(len(owner.actions), "action item"))
    return f"Owns {' and '.join(parts)}." if parts else "No incidents or action items yet."

"""The page of one owner: what a team or a person answers for, and what is due."""

from __future__ import annotations

from postmortems.analyse.action_board import ActionBoard, board
from postmortems.analyse.facets import Facet, Group
from postmortems.analyse.owners import Owner
from postmortems.analyse.profile import profile
from postmortems.analyse.publication import DraftDue, due_or_last
from postmortems.model.dated_action import ActionStatus, DatedAction
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
from postmortems.render.charts.progress_bar import progress_bar
from postmortems.render.data.lists import ACTIONS
from postmortems.render.pages.action_rows import ActionRow, action_rows, closed_sections, open_sections
from postmortems.render.pages.facts import Fact, counts_fact, last_day, recovery_fact, since_fact, target_fact
from postmortems.render.pages.incident_group import incident_group
from postmortems.render.pages.shares import shares
from postmortems.render.words.formats import count_words
from postmortems.text.slug import slug

_OTHERS = _DRAFTS = 20
_CATALOGUED = 40
_STILL = (ActionStatus.OVERDUE, ActionStatus.SOON, ActionStatus.OPEN)


def owner_page(owner: Owner, context: PageContext) -> Body:
    """The generated parts of `/owners/<slug>/`; costs that owner's incidents and items."""
    incidents = owner.incidents
    items = board(owner.actions)
    elsewhere = _others_items(owner, context)
    common = shares(profile(incidents), context, without_owner=owner.slug)
    drafts = _drafts(owner, context)
    catalogued = _catalogued(owner, context)
    lede = _lede(owner, items)
    found_by = [Facet(Group.OWNER, owner.name)]
    group = incident_group(owner.name, "of this owner", owner.postmortems, found_by, common, context)
    return render_body(
        "owner.html",
        lede,
        owner=owner,
        catalogued=catalogued[:_CATALOGUED],
        more_catalogued=max(0, len(catalogued) - _CATALOGUED),
        facts=_facts(owner, items, context),
        is_sample=context.is_sample and bool(incidents),
        progress=items.counts,
        bar=progress_bar(items.counts),
        still=open_sections(items, context, with_owner=False),
        closed=closed_sections(items, context, with_owner=False),
        data_href=context.addresses.data(f"{ACTIONS}.csv"),
        elsewhere=elsewhere[:_OTHERS],
        elsewhere_total=len(elsewhere),
        drafts=drafts[:_DRAFTS],
        more_drafts=max(0, len(drafts) - _DRAFTS),
        group=group,
        addresses=context.addresses,
        today=context.analysis.today,
    )


def _catalogued(owner: Owner, context: PageContext) -> list[tuple[str, str]]:
    """The services that the catalogue gives to the owner, as name and address; without one where none has failed."""
    catalogue = context.corpus.catalogue
    listed = catalogue.by_owner.get(owner.slug, ()) if catalogue else ()
    return [
        (one.name, context.addresses.service(one.name) if slug(one.name) in context.analysis.services else "")
        for one in listed
    ]


def _drafts(owner: Owner, context: PageContext) -> list[DraftDue]:
    due = context.analysis.drafts_due
    return sorted((due[one.path] for one in owner.incidents if one.path in due), key=due_or_last)


def _others_items(owner: Owner, context: PageContext) -> list[ActionRow]:
    """The open items of its incidents that name somebody else, or nobody."""
    found: list[DatedAction] = [
        one
        for incident in owner.incidents
        for one in context.analysis.actions_of(incident)
        if one.is_open and not (one.item.owner and slug(one.item.owner) == owner.slug)
    ]
    ordered = board(found)
    return action_rows([one for status in _STILL for one in ordered.by_status[status]], context)


def _lede(owner: Owner, items: ActionBoard) -> str:
    parts = []
    if owner.postmortems:
        parts.append(count_words(len(owner.incidents), "incident"))
    if items.counts.total:
        parts.append(count_words(items.counts.total, "action item"))
    return f"Answers for {' and '.join(parts)}." if parts else "Nothing counted stands under this name."


def _facts(owner: Owner, items: ActionBoard, context: PageContext) -> list[Fact]:
    incidents = owner.incidents
    if not incidents:
        return []
    return [
        Fact("Incidents", f"{len(incidents)} of {len(context.analysis.incidents)}", ""),
        since_fact(last_day(incidents), context),
        target_fact(incidents, context),
        recovery_fact(incidents, context),
        counts_fact(items.counts) if items.counts.total else Fact("Actions open", "none listed", "in its name"),
    ]

"""The page of one service: what to read before touching it."""

from __future__ import annotations

from postmortems.analyse.facets import Facet, Group
from postmortems.analyse.passages import passages_of
from postmortems.analyse.profile import profile
from postmortems.analyse.services import Service
from postmortems.model.catalogue import CataloguedService
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
from postmortems.render.pages.facts import Fact, last_day, open_fact, recovery_fact, since_fact, target_fact
from postmortems.render.pages.incident_group import incident_group
from postmortems.render.pages.index_list import summary_note
from postmortems.render.pages.newest import newest
from postmortems.render.pages.open_actions import OpenActions, open_actions
from postmortems.render.pages.shares import shares
from postmortems.render.words.formats import apart_words
from postmortems.text.slug import slug

_SAVED = "What Went Well"
"""The section of a near miss that says what kept it from becoming an incident; "Where we got lucky" is a synonym."""


def service_page(service: Service, context: PageContext) -> Body:
    """The generated parts of `/services/<slug>/`; costs that service's incidents."""
    incidents = service.incidents
    common = shares(profile(incidents), context, without_service=service.slug)
    actions = open_actions(incidents, context)
    catalogued = _catalogued(service, context)
    found_by = [Facet(Group.SERVICE, service.slug)]
    group = incident_group(service.name, "of this service", service.postmortems, found_by, common, context)
    saved = passages_of(_SAVED, [one for one in service.postmortems if one.is_near_miss])
    lede = f"What to read before touching it: {summary_note(service.postmortems, context)}."
    return render_body(
        "service.html",
        lede,
        context=context,
        service=service,
        catalogued=catalogued,
        owner_href=context.addresses.owner(catalogued.owner) if catalogued and _has_page(catalogued, context) else "",
        facts=_facts(service, actions, context) if incidents else (),
        is_sample=context.is_sample,
        group=group,
        actions=actions,
        saved=newest(saved),
        saved_total=len(saved),
        today=context.analysis.today,
    )


def _facts(service: Service, actions: OpenActions, context: PageContext) -> list[Fact]:
    incidents = service.incidents
    apart = apart_words(service.postmortems)
    note = f"and {apart}, which no figure counts" if apart else ""
    return [
        Fact("Incidents", f"{len(incidents)} of {len(context.analysis.incidents)}", note),
        since_fact(last_day(incidents), context),
        target_fact(incidents, context),
        recovery_fact(incidents, context),
        open_fact(actions),
    ]


def _catalogued(service: Service, context: PageContext) -> CataloguedService | None:
    """What the catalogue says of the service; a name that is another's alias leads there."""
    catalogue = context.corpus.catalogue
    if catalogue is None:
        return None
    return catalogue.by_slug.get(service.slug) or catalogue.by_alias.get(service.slug)


def _has_page(catalogued: CataloguedService, context: PageContext) -> bool:
    return bool(catalogued.owner) and slug(catalogued.owner) in context.analysis.owners

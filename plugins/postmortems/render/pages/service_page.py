"""The page of one service: what to read before a change."""

from __future__ import annotations

from postmortems.analyse.facets import Facet, Group
from postmortems.analyse.incident_group import IncidentGroup
from postmortems.analyse.passages import learned_in, saved_by
from postmortems.analyse.services import Service
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.words.incident_group import group_words


def service_page(service: Service, context: PageContext) -> Body:
    """The generated parts of `/services/<slug>/`; costs that service's incidents."""
    group = IncidentGroup(service.postmortems, context.analysis, Facet(Group.SERVICE, service.slug))
    catalogue = context.corpus.catalogue
    return render_body(
        "service.html",
        f"Read before you change it: {group_words(group)}.",
        context=context,
        service=service,
        group=group,
        # A name that is another's alias leads there.
        catalogued=catalogue and (catalogue.by_slug.get(service.slug) or catalogue.by_alias.get(service.slug)),
        saved=saved_by(group.apart, context.corpus),
        learned=learned_in(group.postmortems, context.corpus),
    )

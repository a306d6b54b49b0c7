"""All services that incidents have affected, by owner."""

from __future__ import annotations

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.analyse.services import services_by_owner
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.words.formats import count_words

FIND = "assets/postmortems/find.js"
"""The script that narrows a long list, below the site's root."""

_FEW = 12
"""Number of services up to which nobody needs to search."""


def services_page(context: PageContext) -> Body:
    """The generated parts of `/services/`; the owner whose services had most incidents comes first."""
    analysis = context.analysis
    groups = services_by_owner(analysis.services.values(), context.corpus.catalogue)
    total = len(analysis.services)
    lede = f"{count_words(total, 'service')}. Read a service's incidents before you change it." if total else ""
    counts = {
        service.slug: IncidentGroup(service.postmortems, analysis).action_counts
        for group in groups
        for service in group.several
    }
    return render_body(
        "services.html",
        lede,
        context=context,
        groups=groups,
        total=total,
        counts=counts,
        most=max((len(service.incidents) for group in groups for service in group.several), default=0),
        script=context.addresses.file(FIND) if total > _FEW else "",
        guide=context.guide("writing"),
    )

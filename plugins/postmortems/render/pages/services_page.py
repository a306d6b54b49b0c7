"""All services that incidents have affected, by owner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.analyse.services import OwnedServices, Service, services_by_owner
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.name_parts import service_parts
from postmortems.render.words.formats import count_words

FIND = "assets/postmortems/find.js"
"""The script that narrows a long list, below the site's root."""

_FEW = 12
"""Number of services up to which nobody needs to search."""


def services_page(context: PageContext) -> Body:
    """The generated parts of `/services/`; the owner whose services had most incidents comes first.

    Of many services the first are listed.
    """
    analysis = context.analysis
    groups = _first(services_by_owner(analysis.services.values(), context.corpus.catalogue), MANY)
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
        parts=service_parts(analysis),
        counts=counts,
        most=max((len(service.incidents) for group in groups for service in group.several), default=0),
        script=context.addresses.file(FIND) if total > _FEW else "",
        guide=context.guide("writing"),
    )


def _first(groups: Iterable[OwnedServices], most: int) -> list[OwnedServices]:
    """The groups with no more than so many services in all."""
    found: list[OwnedServices] = []
    room = most
    for group in groups:
        several = group.several[:room]
        room -= len(several)
        single: list[tuple[Postmortem, tuple[Service, ...]]] = []
        for incident, services in group.single:
            single.append((incident, services[:room]))
            room -= len(single[-1][1])
            if not room:
                break
        apart = group.apart[:room]
        room -= len(apart)
        found.append(replace(group, several=several, single=tuple(pair for pair in single if pair[1]), apart=apart))
        if not room:
            break
    return found

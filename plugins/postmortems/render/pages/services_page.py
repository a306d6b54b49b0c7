"""All services that incidents have touched."""

from __future__ import annotations

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.words.formats import count_words


def services_page(context: PageContext) -> Body:
    """The generated parts of `/services/`; a service named in most incidents comes first."""
    analysis = context.analysis
    services = [(service, IncidentGroup(service.postmortems, analysis)) for service in analysis.services.values()]
    services.sort(key=lambda pair: (-len(pair[1].incidents), pair[0].name))
    lede = f"{count_words(len(services), 'service')}, each with what to read before touching it." if services else ""
    return render_body("services.html", lede, context=context, services=services, guide=context.guide("writing"))

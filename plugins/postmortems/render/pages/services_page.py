"""All services that incidents have touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.analyse.actions import NO_ACTIONS
from postmortems.analyse.occurrences import Occurrence
from postmortems.analyse.services import Service
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
from postmortems.render.charts.sparkline import sparkline
from postmortems.render.pages.facts import last_day
from postmortems.render.pages.patterns_page import span_words
from postmortems.render.words.formats import apart_words, count_words, day_words


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service in the list."""

    name: str
    href: str
    count: int
    apart: str
    last: str
    open: int
    unknown: int
    items: int
    sparkline: Markup


def services_page(context: PageContext) -> Body:
    """The generated parts of `/services/`; a service named in most incidents comes first."""
    lines = sorted(
        (_line(one, context) for one in context.analysis.services.values()), key=lambda line: (-line.count, line.name)
    )
    lede = f"{count_words(len(lines), 'service')}, each with what to read before touching it." if lines else ""
    return render_body(
        "services.html",
        lede,
        lines=lines,
        span=span_words(context),
        today=context.analysis.today,
        guide=context.guide("writing"),
    )


def _line(service: Service, context: PageContext) -> ServiceLine:
    incidents = service.incidents
    counts = sum((context.analysis.action_counts_of(one) for one in incidents), NO_ACTIONS)
    return ServiceLine(
        name=service.name,
        href=context.addresses.service(service.name),
        count=len(incidents),
        apart=apart_words(service.postmortems),
        last=day_words(last_day(incidents)) if incidents else "",
        open=counts.open,
        unknown=counts.unknown,
        items=counts.total,
        sparkline=_sparkline(incidents, context),
    )


def _sparkline(incidents: Sequence[Postmortem], context: PageContext) -> Markup:
    """The incidents on the years of the corpus, all of one height: a service leads nothing."""
    days = context.analysis.days
    if not days or not any(one.day for one in incidents):
        return Markup("")
    members = (Occurrence(one, None, leads=False) for one in incidents)
    return sparkline(members, (days[0].year, days[-1].year), "")

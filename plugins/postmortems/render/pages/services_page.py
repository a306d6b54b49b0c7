"""All services that incidents have touched."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from postmortems.analyse.actions import NO_ACTIONS
from postmortems.analyse.occurrences import Occurrence
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
from postmortems.render.charts.sparkline import sparkline
from postmortems.render.pages.facts import last_day
from postmortems.render.pages.patterns_page import span_words
from postmortems.render.words.formats import count_words


def services_page(context: PageContext) -> Body:
    """The generated parts of `/services/`; a service named in most incidents comes first."""
    analysis = context.analysis
    listed = sorted(analysis.services.values(), key=lambda service: (-len(service.incidents), service.name))
    lines = [
        (
            service,
            last_day(service.incidents),
            sum(map(analysis.action_counts_of, service.incidents), NO_ACTIONS),
            _sparkline(service.incidents, context),
        )
        for service in listed
    ]
    lede = f"{count_words(len(lines), 'service')}, each with what to read before touching it." if lines else ""
    return render_body(
        "services.html",
        lede,
        lines=lines,
        addresses=context.addresses,
        span=span_words(context),
        today=analysis.today,
        guide=context.guide("writing"),
    )


def _sparkline(incidents: Sequence[Postmortem], context: PageContext) -> Markup:
    """The incidents on the years of the corpus, all of one height: a service leads nothing."""
    days = context.analysis.days
    if not days or not any(one.day for one in incidents):
        return Markup("")
    members = (Occurrence(one, None, leads=False) for one in incidents)
    return sparkline(members, (days[0].year, days[-1].year), "")

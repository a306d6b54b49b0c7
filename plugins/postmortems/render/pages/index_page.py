"""The index of all postmortems: the picture of all incidents, and the list by year under it."""

from __future__ import annotations

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.page import Body
from postmortems.render.charts.density import Month
from postmortems.render.charts.mark import marks
from postmortems.render.pages.filters import filters
from postmortems.render.pages.index_list import SCRIPT, picture
from postmortems.render.pages.layout import render_body
from postmortems.render.words.formats import apart_words, count_words, long_month_words

_LEADS = ("Marks and titles lead to the postmortem", "A cell leads to its month")
"""Words for what a click in the picture opens: in that of single incidents, and in that of many."""


def index_page(context: PageContext) -> Body:
    """The generated parts of `/postmortems/`. With many incidents the years' pages carry the lists."""
    analysis = context.analysis
    newest_first = sorted(analysis.years, key=lambda year: -1 if year is None else year, reverse=True)
    span = _span(context)
    label = f"{count_words(len(analysis.incidents), 'incident')} {span}: calendar across, one lane a severity"

    def address(month: Month) -> str:
        return f"{context.addresses.year(month[0])}#m{month[1]:02}"

    drawn = marks(analysis.incidents, context)
    return render_body(
        "index.html",
        _lede(context),
        context=context,
        years=[(year, IncidentGroup(analysis.years[year], analysis)) for year in newest_first],
        is_split=len(analysis.postmortems) > MANY,
        filters=filters(analysis.postmortems, context),
        marks=drawn,
        picture=picture(drawn, analysis.incidents, context, label, address),
        span=span.capitalize(),
        script=context.addresses.file(SCRIPT),
        guide=context.guide("writing"),
    )


def _span(context: PageContext) -> str:
    days = context.analysis.days
    if not days:
        return ""
    first, last = days[0].year, days[-1].year
    return str(first) if first == last else f"{first} to {last}"


def _lede(context: PageContext) -> str:
    analysis = context.analysis
    if not analysis.postmortems:
        return "Every incident that someone can learn from."
    words = count_words(len(analysis.incidents), "incident")
    if days := analysis.days:
        first, last = (long_month_words((day.year, day.month)) for day in (days[0], days[-1]))
        words += f" in {first}" if first == last else f" from {first} to {last}"
    if apart := apart_words(analysis.postmortems):
        words += f", and {apart} that no figure counts"
    return f"{words}. {_LEADS[len(analysis.incidents) > MANY]}."

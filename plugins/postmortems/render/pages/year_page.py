"""The postmortems of one year: the picture by month, and the list by month under it."""

from __future__ import annotations

from itertools import groupby

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.charts.density import Month
from postmortems.render.pages.filters import filters
from postmortems.render.pages.index_list import PICTURE_SCRIPT, SCRIPT, duration_claim, picture
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.spans import span_rows, spans_of
from postmortems.render.words.formats import count_words
from postmortems.render.words.incident_group import counted_words


def year_page(year: int, context: PageContext) -> Body:
    """The generated parts of `/postmortems/<year>/`; costs that year's incidents."""
    analysis = context.analysis
    group = IncidentGroup(analysis.years[year], analysis)
    by_month = groupby(group.postmortems, key=lambda postmortem: postmortem.day.month if postmortem.day else 0)
    months = [(month, IncidentGroup(tuple(members), analysis)) for month, members in by_month]
    label = (
        f"{count_words(len(group.incidents), 'incident')} in {year}: one lane per severity, months from left to right"
    )

    def address(month: Month) -> str:
        return f"#m{month[1]:02}"

    return render_body(
        "year.html",
        counted_words(group),
        context=context,
        year=year,
        years=sorted(each for each in analysis.years if each is not None),
        months=[*reversed(months)],
        table=span_rows(spans_of(year, analysis), context)[::-1],
        filters=filters(group.postmortems, context),
        picture=picture(group.incidents, context, label, address),
        claim=duration_claim(group),
        scripts=[context.addresses.file(uri) for uri in (PICTURE_SCRIPT, SCRIPT)],
    )

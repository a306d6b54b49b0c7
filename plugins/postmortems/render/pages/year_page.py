"""The postmortems of one year: the picture by month, and the list by month under it."""

from __future__ import annotations

from itertools import groupby

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.charts.density import Month
from postmortems.render.charts.mark import marks
from postmortems.render.pages.filters import filters
from postmortems.render.pages.index_list import SCRIPT, picture
from postmortems.render.pages.layout import render_body
from postmortems.render.words.formats import count_words
from postmortems.render.words.incident_group import group_words


def year_page(year: int, context: PageContext) -> Body:
    """The generated parts of `/postmortems/<year>/`; costs that year's incidents."""
    analysis = context.analysis
    group = IncidentGroup(analysis.years[year], analysis)
    by_month = groupby(group.postmortems, key=lambda postmortem: postmortem.day.month if postmortem.day else 0)
    months = [(month, IncidentGroup(tuple(members), analysis)) for month, members in by_month]
    label = f"{count_words(len(group.incidents), 'incident')} in {year}: months across, one lane a severity"

    def address(month: Month) -> str:
        return f"#m{month[1]:02}"

    drawn = marks(group.incidents, context)
    return render_body(
        "year.html",
        f"{group_words(group)}.",
        context=context,
        year=year,
        years=sorted(each for each in analysis.years if each is not None),
        months=[*reversed(months)],
        filters=filters(group.postmortems, context),
        marks=drawn,
        picture=picture(drawn, group.incidents, context, label, address),
        script=context.addresses.file(SCRIPT),
    )

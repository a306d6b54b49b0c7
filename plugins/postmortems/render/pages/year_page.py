"""The postmortems of one year: the picture by month, and the list by month under it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
from postmortems.render.charts.density import Month
from postmortems.render.charts.strip import strip_head
from postmortems.render.pages.filters import Filters, filters
from postmortems.render.pages.index_list import SCRIPT, Section, picture, summary_note, targets_words
from postmortems.render.pages.prev_next import Link, ways
from postmortems.render.pages.row import rows
from postmortems.render.words.formats import LONG_MONTHS, apart_words, count_words


def year_page(year: int, context: PageContext) -> Body:
    """The generated parts of `/postmortems/<year>/`; costs that year's incidents."""
    members = context.analysis.years[year]
    counted = [one for one in members if one.is_incident]
    label = f"{count_words(len(counted), 'incident')} in {year}: months across, one lane a severity"

    def address(month: Month) -> str:
        return f"#m{month[1]:02}"

    filtered = filters(members, context)
    sections = _sections(members, context, filtered)
    return render_body(
        "index.html",
        f"{summary_note(members, context)}.",
        sections=sections,
        filters=filtered,
        script=context.addresses.file(SCRIPT),
        picture=picture(counted, context, label, address),
        span=str(year),
        ticks=strip_head(),
        targets=targets_words(context),
        is_sample=context.is_sample,
        guide="",
        ways=_ways(year, context),
        severities=(),
        years=(),
    )


def _sections(members: tuple[Postmortem, ...], context: PageContext, filtered: Filters) -> list[Section]:
    found = []
    for month, group in groupby(reversed(members), key=lambda one: one.day.month if one.day else 0):
        of_month = list(group)
        found.append(
            Section(
                id=f"m{month:02}" if month else "day-unknown",
                title=LONG_MONTHS[month - 1] if month else "Day unknown",
                note=_note(of_month),
                rows=rows(of_month, context, filters=filtered),
            )
        )
    return found


def _note(members: Sequence[Postmortem]) -> str:
    counted = count_words(sum(one.is_incident for one in members), "incident")
    return ", ".join(filter(None, (counted, apart_words(members))))


def _ways(year: int, context: PageContext) -> list[Link]:
    """The years before and after that have postmortems, and all years."""
    return ways(
        sorted(one for one in context.analysis.years if one is not None),
        year,
        lambda other: (str(other), context.addresses.year(other)),
        ("All years", context.addresses.postmortems()),
    )

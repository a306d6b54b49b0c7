"""The index of all postmortems: the picture of all incidents, and the list by year under it."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.page import Body
from postmortems.render.charts.density import Month
from postmortems.render.pages.filters import filters
from postmortems.render.pages.index_list import PICTURE_SCRIPT, SCRIPT, duration_claim, picture
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.spans import span_rows, spans_of
from postmortems.render.words.formats import apart_words, count_words, month_words


def index_page(context: PageContext) -> Body:
    """The generated parts of `/postmortems/`. With many incidents the years' pages carry the lists."""
    analysis = context.analysis
    newest_first = sorted(analysis.years, key=lambda year: -1 if year is None else year, reverse=True)
    group = IncidentGroup(analysis.postmortems, analysis)
    label = f"{count_words(len(group.incidents), 'incident')}: one lane per severity, time from left to right"

    def address(month: Month) -> str:
        return f"{context.addresses.year(month[0])}#m{month[1]:02}"

    return render_body(
        "index.html",
        _lede(context),
        "Every incident worth learning from, with its times, services and patterns.",
        context=context,
        years=[(year, IncidentGroup(analysis.years[year], analysis)) for year in newest_first],
        is_split=len(analysis.postmortems) > MANY,
        repositories=[*context.corpus.by_source],
        table=[row for year in newest_first for row in _rows(year, context)],
        undated=() if spans_of(None, analysis) else analysis.years.get(None, ()),
        filters=filters(analysis.postmortems, context),
        picture=picture(group.incidents, context, label, address),
        claim=duration_claim(group),
        scripts=[context.addresses.file(uri) for uri in (PICTURE_SCRIPT, SCRIPT)],
        guide=context.guide("writing"),
    )


def _rows(year: int | None, context: PageContext) -> Iterator[tuple[str, str, str, IncidentGroup]]:
    """The rows of a year in the table of years: name, address, anchor and group."""
    analysis = context.analysis
    if year is not None:
        yield f"{year}", context.addresses.year(year), "", IncidentGroup(analysis.years[year], analysis)
    elif spans := spans_of(None, analysis):
        yield from reversed(span_rows(spans, context))
    else:
        yield "Unknown", "", "", IncidentGroup(analysis.years[None], analysis)


def _lede(context: PageContext) -> str:
    """`Feb 2012 to Dec 2025, plus 7 drills (not counted)`; empty where no day is known."""
    days = context.analysis.days
    first, last = (month_words(day) for day in (days[0], days[-1])) if days else ("", "")
    span = first if first == last else f"{first} to {last}"
    apart = apart_words(context.analysis.postmortems)
    return ", plus ".join(filter(None, (span, f"{apart} (not counted)" if apart else "")))

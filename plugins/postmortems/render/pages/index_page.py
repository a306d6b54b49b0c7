"""The index of all postmortems: the picture of all incidents, and the list by year under it."""

from __future__ import annotations

from dataclasses import dataclass

from postmortems.analyse.measures import Measure
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
from postmortems.render.charts.density import Month
from postmortems.render.charts.strip import strip_head
from postmortems.render.pages.facts import known_words
from postmortems.render.pages.filters import Filters, filters
from postmortems.render.pages.index_list import SCRIPT, Section, picture, summary_note, targets_words
from postmortems.render.pages.row import Row, rows
from postmortems.render.words.formats import LONG_MONTHS, apart_words, count_words, duration_words

_LEADS = ("Marks and titles lead to the postmortem", "A cell leads to its month")
"""Where the picture leads: that of single incidents, and that of many."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year in the table that stands for the list where there are too many incidents for one page."""

    title: str
    href: str
    total: int
    by_severity: tuple[int, ...]
    median: str


def index_page(context: PageContext) -> Body:
    """The generated parts of `/postmortems/`. With many incidents the years' pages carry the lists."""
    analysis = context.analysis
    is_split = len(analysis.postmortems) > MANY
    filtered = filters(analysis.postmortems, context)
    sections = [_section(year, context, None if is_split else filtered) for year in _newest_first(context)]
    label = f"{count_words(len(analysis.incidents), 'incident')} {_span(context)}: calendar across, one lane a severity"

    def address(month: Month) -> str:
        return f"{context.addresses.year(month[0])}#m{month[1]:02}"

    return render_body(
        "index.html",
        _lede(context),
        sections=sections,
        filters=filtered,
        undated=_undated(context, filtered) if is_split else (),
        script=context.addresses.file(SCRIPT),
        picture=picture(analysis.incidents, context, label, address),
        span=_span(context).capitalize(),
        ticks=strip_head(),
        targets=targets_words(context),
        is_sample=context.is_sample,
        guide=context.guide("writing"),
        ways=(),
        severities=tuple(context.settings.severities),
        years=[_year(year, context) for year in _newest_first(context)] if is_split else (),
    )


def year_id(year: int | None) -> str:
    """The anchor of a year in the list."""
    return f"y{year}" if year is not None else "year-unknown"


def _newest_first(context: PageContext) -> list[int | None]:
    return sorted(context.analysis.years, key=lambda year: -1 if year is None else year, reverse=True)


def _section(year: int | None, context: PageContext, filtered: Filters | None) -> Section:
    members = context.analysis.years[year]
    return Section(
        id=year_id(year),
        title="Year unknown" if year is None else str(year),
        note=summary_note(members, context),
        href="" if year is None else context.addresses.year(year),
        rows=rows(reversed(members), context, filters=filtered) if filtered else (),
    )


def _undated(context: PageContext, filtered: Filters) -> list[Row]:
    """The rows of incidents without a day, which are on no year's page."""
    return rows(reversed(context.analysis.years.get(None, ())), context, filters=filtered)


def _year(year: int | None, context: PageContext) -> Year:
    counted = [one for one in context.analysis.years[year] if one.is_incident]
    summary = context.analysis.summary(counted, Measure.RECOVER)
    median = duration_words(summary.median) if summary.median is not None else "too few known"
    return Year(
        title="Unknown" if year is None else str(year),
        href="" if year is None else context.addresses.year(year),
        total=len(counted),
        by_severity=tuple(
            sum(one.front_matter.severity == severity for one in counted) for severity in context.settings.severities
        ),
        median=f"{median} ({known_words(summary)})",
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
        first, last = (f"{LONG_MONTHS[day.month - 1]} {day.year}" for day in (days[0], days[-1]))
        words += f" in {first}" if first == last else f" from {first} to {last}"
    if apart := apart_words(analysis.postmortems):
        words += f", and {apart} that no figure counts"
    return f"{words}. {_LEADS[len(analysis.incidents) > MANY]}."

"""The index of all postmortems: the picture of all incidents, and the list by year under it."""

from __future__ import annotations

from dataclasses import dataclass

from postmortems.analyse.evidence import Clock
from postmortems.render.base.context import MANY, Surroundings
from postmortems.render.base.environment import render
from postmortems.render.base.page import Heading, Page
from postmortems.render.base.page_head import page_head
from postmortems.render.charts.density import Month
from postmortems.render.charts.strip import strip_head
from postmortems.render.pages.facts import known_words
from postmortems.render.pages.filters import Filters, filters
from postmortems.render.pages.index_list import INDEX, SCRIPT, Section, picture, summary_note, targets_words
from postmortems.render.pages.row import rows, specimen
from postmortems.render.words.formats import LONG_MONTHS, apart_words, count_words, duration_words

TITLE = "Postmortems"

_LEADS = ("Marks and titles lead to the postmortem", "A cell leads to its month")
"""Where the picture leads: that of single incidents, and that of many."""


def source_of(folder: str) -> str:
    """The page's place below the docs folder; `folder` is that of the postmortems."""
    return f"{folder}/index.md"


@dataclass(frozen=True, slots=True)
class Year:
    """A year in the table that stands for the list where there are too many incidents for one page."""

    title: str
    href: str
    total: int
    by_severity: tuple[int, ...]
    median: str


def index_page(around: Surroundings) -> Page:
    """The generated parts of `/postmortems/`. With many incidents the years' pages carry the lists."""
    analysis = around.analysis
    is_split = len(analysis.postmortems) > MANY
    filtered = filters(analysis.postmortems, around)
    sections = [_section(year, around, None if is_split else filtered) for year in _newest_first(around)]
    label = f"{count_words(len(analysis.incidents), 'incident')} {_span(around)}: calendar across, one lane a severity"

    def address(month: Month) -> str:
        return f"{around.addresses.year(month[0])}#m{month[1]:02}"

    after = render(
        "index.html",
        sections=sections,
        filters=filtered,
        index=around.addresses.file(INDEX),
        specimen=specimen(),
        postmortem_address=around.addresses.postmortem_of("{id}"),
        pattern_address=around.addresses.pattern("{id}"),
        script=around.addresses.file(SCRIPT),
        picture=picture(analysis.incidents, around, label, address),
        span=_span(around).capitalize(),
        ticks=strip_head(),
        targets=targets_words(around),
        is_sample=around.is_sample,
        guide=around.guide("writing"),
        ways=(),
        severities=tuple(around.settings.severities),
        years=[_year(year, around) for year in _newest_first(around)] if is_split else (),
    )
    headings = [Heading("years", "Years")] if is_split else [Heading(one.id, one.title) for one in sections]
    return Page(
        title=TITLE,
        before=page_head(source_of(around.corpus.folder), TITLE, _lede(around), around, look="pm-index"),
        after=after,
        headings=tuple(headings) if sections else (),
        description=_lede(around),
    )


def year_id(year: int | None) -> str:
    """The anchor of a year in the list."""
    return f"y{year}" if year is not None else "year-unknown"


def _newest_first(around: Surroundings) -> list[int | None]:
    return sorted(around.analysis.years, key=lambda year: -1 if year is None else year, reverse=True)


def _section(year: int | None, around: Surroundings, filtered: Filters | None) -> Section:
    members = around.analysis.years[year]
    return Section(
        id=year_id(year),
        title="Year unknown" if year is None else str(year),
        note=summary_note(members, around),
        href="" if year is None else around.addresses.year(year),
        rows=rows(reversed(members), around, filters=filtered) if filtered else (),
    )


def _year(year: int | None, around: Surroundings) -> Year:
    counted = [one for one in around.analysis.years[year] if one.is_incident]
    summary = around.analysis.summary(counted, Clock.RECOVER)
    median = duration_words(summary.median) if summary.median is not None else "too few known"
    return Year(
        title="Unknown" if year is None else str(year),
        href="" if year is None else around.addresses.year(year),
        total=len(counted),
        by_severity=tuple(
            sum(one.front_matter.severity == severity for one in counted) for severity in around.settings.severities
        ),
        median=f"{median} ({known_words(summary)})",
    )


def _span(around: Surroundings) -> str:
    days = around.analysis.days
    if not days:
        return ""
    first, last = days[0].year, days[-1].year
    return str(first) if first == last else f"{first} to {last}"


def _lede(around: Surroundings) -> str:
    analysis = around.analysis
    if not analysis.postmortems:
        return "Every incident that someone can learn from."
    words = count_words(len(analysis.incidents), "incident")
    if days := analysis.days:
        first, last = (f"{LONG_MONTHS[day.month - 1]} {day.year}" for day in (days[0], days[-1]))
        words += f" in {first}" if first == last else f" from {first} to {last}"
    if apart := apart_words(analysis.postmortems):
        words += f", and {apart} that no figure counts"
    return f"{words}. {_LEADS[len(analysis.incidents) > MANY]}."

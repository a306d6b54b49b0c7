"""All monthly reviews, by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postmortems.analyse.reviews import Month
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
from postmortems.render.pages.review_page import month_words
from postmortems.render.words.formats import LONG_MONTHS, count_words
from postmortems.render.words.severity import severity_weight


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month in the list: how many incidents it had, and how many of each severity as name, weight and number."""

    title: str
    href: str
    count: int
    severities: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class YearOfReviews:
    """The months of a year that have a review, newest first."""

    id: str
    title: str
    months: Sequence[MonthLine]


def reviews_page(context: PageContext) -> Body:
    """The generated parts of `/reviews/`."""
    months = context.analysis.reviews.months
    years = [
        YearOfReviews(f"y{year}", str(year), [_line(month, context) for month in reversed(months) if month[0] == year])
        for year in sorted({month[0] for month in months}, reverse=True)
    ]
    lede = (
        f"{count_words(len(months), 'month')} with an incident: what happened, what recurs, what to talk about."
        if months
        else ""
    )
    return render_body(
        "reviews.html",
        lede,
        years=years,
        newest=month_words(months[-1]) if months else "",
        newest_href=context.addresses.review(months[-1]) if months else "",
        guide=context.guide("writing"),
    )


def _line(month: Month, context: PageContext) -> MonthLine:
    incidents = context.analysis.reviews.incidents(month)
    names = [one.front_matter.severity for one in incidents]
    scale = context.settings.severities
    counted = [(name, severity_weight(name, scale), names.count(name)) for name in scale if name in names]
    return MonthLine(LONG_MONTHS[month[1] - 1], context.addresses.review(month), len(incidents), tuple(counted))

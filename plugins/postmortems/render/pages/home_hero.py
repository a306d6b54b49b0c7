"""The timeline of the first page, whose title is a headline and whose solid marks prove it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.analyse.headlines import Headline
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.charts.density import Month, density_rows
from postmortems.render.charts.index_picture import lanes_of
from postmortems.render.charts.mark import Mark, marks
from postmortems.render.charts.severity_columns import is_by_quarter, severity_columns
from postmortems.render.charts.severity_timeline import MIDDLE, WIDE, is_crowded, severity_timeline
from postmortems.render.charts.time_axis import axis_of
from postmortems.render.charts.year_piles import is_crowded as is_row_crowded
from postmortems.render.charts.year_piles import year_piles
from postmortems.render.words.formats import count_words
from postmortems.render.words.headlines import corpus_words, headline_words

_YEARS = 6
"""Number of years that a phone shows."""


@dataclass(frozen=True, slots=True)
class SeverityRow:
    """The incidents of a severity, and for how many of them the title holds."""

    name: str
    count: int
    solid: int


@dataclass(frozen=True, slots=True)
class Hero:
    """The picture in its three widths. `earlier` counts the incidents before the years that a phone shows.

    `unit` is what a column of the wider ones stands for, `month` or `quarter`; empty if an incident is a mark.
    """

    title: str
    headline: Headline | None
    picture: Markup
    unit: str
    rows: tuple[SeverityRow, ...]
    earlier: int
    earlier_years: tuple[int, ...]


def hero(headline: Headline | None, context: PageContext) -> Hero | None:
    """The timeline of all incidents whose day is known, or None without any."""
    analysis = context.analysis
    drawn = marks(analysis.incidents, context)
    if not drawn:
        return None
    on = frozenset(map(context.addresses.postmortem, headline.matching)) if headline else None
    lanes = lanes_of(drawn, tuple(context.settings.severities))
    title = headline_words(headline, analysis) if headline else corpus_words(analysis)
    label = f"{count_words(len(drawn), 'incident')} by severity and date"
    axes = [(size, axis_of(analysis.incidents, size.left, size.right, analysis.today.year)) for size in (WIDE, MIDDLE)]
    by_month = len(drawn) > MANY or any(is_crowded(lanes, axis) for _, axis in axes)

    def address(month: Month) -> str:
        return f"{context.addresses.year(month[0])}#m{month[1]:02}"

    picture = Markup()
    for size, axis in axes:
        if by_month:
            picture += severity_columns(lanes, axis, on, address, label, size)
        else:
            picture += severity_timeline(lanes, axis, on, label, size)
    years = sorted({mark.year for mark in drawn}, reverse=True)
    earlier = years[_YEARS:]
    recent = [mark for mark in drawn if mark.year not in earlier]
    if by_month or is_row_crowded(recent):
        picture += density_rows(Counter((mark.at.year, mark.at.month) for mark in recent), address, label)
    else:
        picture += year_piles(recent, label, on)
    return Hero(
        title,
        headline,
        picture,
        ("quarter" if is_by_quarter(axes[0][1]) else "month") if by_month else "",
        tuple(_row(lane.name, lane.marks, on) for lane in lanes if lane.marks),
        len(drawn) - len(recent),
        tuple(sorted(earlier)),
    )


def _row(name: str, drawn: Sequence[Mark], on: frozenset[str] | None) -> SeverityRow:
    return SeverityRow(name, len(drawn), sum(on is None or mark.href in on for mark in drawn))

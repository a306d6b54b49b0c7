"""How often incidents happen, quarter by quarter; of a sample the page says why that is not counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.analyse.frequency import Frequency, QuarterCount
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.charts.quarter_grid import GridRow, QuarterCell, Square, quarter_grid
from postmortems.render.pages.metrics.clocks import gap_name
from postmortems.render.pages.metrics.figure_words import count_between_words, quarter_words, severity_words
from postmortems.render.words.formats import count_words, day_words
from postmortems.render.words.incident import clipped
from postmortems.render.words.severity import severity_weight

MOST_ROWS = 40
"""How many quarters the table lists, the newest first; the data file has all."""


@dataclass(frozen=True, slots=True)
class CountRow:
    """One quarter of the table, in words: its number, between what it lies, and the same for every severity."""

    name: str
    count: int
    interval: str
    severities: Sequence[str]
    stands_out: bool


@dataclass(frozen=True, slots=True)
class FrequencyPart:
    """The quarters as the page shows them; `change` says whether the last year differs from the one before."""

    figures: Frequency
    rate: str
    interval: str
    most: str
    change: str
    severities: Sequence[str]
    key: Sequence[tuple[str, int]]
    picture: Markup
    is_counted: bool
    rows: Sequence[CountRow]
    more: int


def frequency_part(figures: Frequency, context: PageContext) -> FrequencyPart:
    """The section of a complete collection."""
    scale = tuple(context.settings.severities)
    names = [one.severity for one in figures.severities]
    newest = [*reversed(figures.quarters)]
    return FrequencyPart(
        figures=figures,
        rate=f"{figures.rate:.1f}" if figures.rate is not None else "",
        interval=count_between_words(figures.rate_interval) if figures.rate_interval else "",
        most=str(figures.expected_most),
        change=_change(figures),
        severities=[severity_words(name) for name in names],
        key=[(severity_words(name), severity_weight(name, scale)) for name in names],
        picture=_picture(figures, scale, context),
        is_counted=_count(figures) > MANY,
        rows=[_row(one, names) for one in newest[:MOST_ROWS]],
        more=max(0, len(newest) - MOST_ROWS),
    )


def _count(figures: Frequency) -> int:
    return sum(one.count for one in figures.quarters)


def _change(figures: Frequency) -> str:
    if figures.latest is None or figures.before is None:
        return "Eight quarters must be over before two years can be compared."
    later, earlier = (
        f"{one.count} in the four quarters up to {quarter_words(one.last)} ({count_between_words(one.interval)})"
        for one in (figures.latest, figures.before)
    )
    if figures.is_noise:
        return f"{later}, {earlier}: the intervals overlap, and no change can be told from chance."
    way = "fewer" if figures.latest.count < figures.before.count else "more"
    return f"{later}, {earlier}: the intervals do not overlap, there are {way}."


def _row(one: QuarterCount, names: Sequence[str | None]) -> CountRow:
    by_name = {found.severity: found for found in one.by_severity}
    return CountRow(
        name=quarter_words(one.quarter) + ("" if one.is_over else ", so far"),
        count=one.count,
        interval=count_between_words(one.interval),
        severities=[
            f"{by_name[name].count} ({count_between_words(by_name[name].interval)})" if name in by_name else "0"
            for name in names
        ],
        stands_out=one.stands_out,
    )


def _picture(figures: Frequency, scale: Sequence[str], context: PageContext) -> Markup:
    by_year: dict[int, dict[int, QuarterCount]] = {}
    for one in figures.quarters:
        by_year.setdefault(one.quarter.year, {})[one.quarter.number] = one
    is_counted = _count(figures) > MANY
    rows: list[GridRow] = []
    later: int | None = None
    for year in sorted(by_year, reverse=True):
        if later is not None and later - year > 1:
            rows.append(GridRow(gap_name(year + 1, later - 1), note="none recorded"))
        later = year
        quarters = by_year[year]
        running = max((number for number, one in quarters.items() if not one.is_over), default=4)
        cells = tuple(
            None if number > running else _cell(quarters.get(number), context, is_counted=is_counted)
            for number in range(1, 5)
        )
        total = sum(one.count for one in quarters.values())
        rows.append(GridRow(str(year), cells, total=str(total)))
    return quarter_grid(rows, scale, "Incidents a quarter, by severity")


def _cell(one: QuarterCount | None, context: PageContext, *, is_counted: bool) -> QuarterCell:
    if one is None:
        return QuarterCell(0)
    words = f"{quarter_words(one.quarter)}{'' if one.is_over else ' so far'}: {count_words(one.count, 'incident')}"
    severities = ", ".join(f"{found.count} {severity_words(found.severity)}" for found in one.by_severity)
    return QuarterCell(
        count=one.count,
        squares=() if is_counted else tuple(_squares(one, context)),
        href=context.addresses.year(one.quarter.year),
        title=f"{words} ({severities})" if severities else words,
        stands_out=one.stands_out,
    )


def _squares(one: QuarterCount, context: PageContext) -> list[Square]:
    """The incidents of a quarter, the heaviest first, so that they lie at the bottom of their pile."""
    scale = tuple(context.settings.severities)
    order = sorted(one.members, key=lambda member: severity_weight(member.front_matter.severity, scale))
    return [
        Square(
            context.addresses.postmortem(member),
            f"{clipped(member.title, 80)}\n{severity_words(member.front_matter.severity)} · {day_words(member.day)}",
            member.front_matter.severity,
        )
        for member in order
    ]

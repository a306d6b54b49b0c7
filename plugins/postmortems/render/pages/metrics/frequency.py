"""Picture of the incidents of every quarter."""

from __future__ import annotations

from markupsafe import Markup

from postmortems.analyse.frequency import Frequency, QuarterCount
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.charts.quarter_grid import GridRow, QuarterCell, Square, quarter_grid
from postmortems.render.pages.metrics.clocks import gap_name
from postmortems.render.words.figures import quarter_words, severity_words
from postmortems.render.words.formats import count_words, day_words
from postmortems.render.words.incident import clipped
from postmortems.render.words.severity import severity_weight


def frequency_picture(figures: Frequency, context: PageContext) -> Markup:
    """A row a year, the newest first; cells with a number where there are too many incidents for squares."""
    by_year: dict[int, dict[int, QuarterCount]] = {}
    for quarter in figures.quarters:
        by_year.setdefault(quarter.quarter.year, {})[quarter.quarter.number] = quarter
    is_counted = figures.dated > MANY
    rows: list[GridRow] = []
    later: int | None = None
    for year in sorted(by_year, reverse=True):
        if later is not None and later - year > 1:
            rows.append(GridRow(gap_name(year + 1, later - 1), note="none recorded"))
        later = year
        quarters = by_year[year]
        running = max((number for number, quarter in quarters.items() if not quarter.is_over), default=4)
        cells = tuple(
            None if number > running else _cell(quarters.get(number), context, is_counted=is_counted)
            for number in range(1, 5)
        )
        total = sum(quarter.count for quarter in quarters.values())
        rows.append(GridRow(str(year), cells, total=str(total)))
    return quarter_grid(rows, tuple(context.settings.severities), "Incidents a quarter, by severity")


def _cell(quarter: QuarterCount | None, context: PageContext, *, is_counted: bool) -> QuarterCell:
    if quarter is None:
        return QuarterCell(0)
    so_far = "" if quarter.is_over else " so far"
    words = f"{quarter_words(quarter.quarter)}{so_far}: {count_words(quarter.count, 'incident')}"
    severities = ", ".join(f"{found.count} {severity_words(found.severity)}" for found in quarter.by_severity)
    return QuarterCell(
        count=quarter.count,
        squares=() if is_counted else tuple(_squares(quarter, context)),
        href=context.addresses.year(quarter.quarter.year),
        title=f"{words} ({severities})" if severities else words,
        stands_out=quarter.stands_out,
    )


def _squares(quarter: QuarterCount, context: PageContext) -> list[Square]:
    """The incidents of a quarter, the heaviest first, so that they lie at the bottom of their pile."""
    scale = tuple(context.settings.severities)
    order = sorted(quarter.members, key=lambda member: severity_weight(member.front_matter.severity, scale))
    return [
        Square(
            context.addresses.postmortem(member),
            f"{clipped(member.title, 80)}\n{severity_words(member.front_matter.severity)} · {day_words(member.day)}",
            member.front_matter.severity,
        )
        for member in order
    ]

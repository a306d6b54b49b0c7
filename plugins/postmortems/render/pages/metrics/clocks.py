"""Pictures of the clocks: a panel each, all on one scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from markupsafe import Markup

from postmortems.analyse.clocks import ClockFigures, PeriodLength
from postmortems.analyse.measures import Measure
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.charts.clock_panel import PanelRow, clock_panel, levels_of, scale_of
from postmortems.render.charts.log_axis import Dot
from postmortems.render.words.figures import length_words, measure_words, period_words
from postmortems.render.words.formats import day_words, duration_words
from postmortems.render.words.incident import clipped

MOST_DOTS = 100
"""The number of incidents up to which each has a dot in every panel; cells count those of more."""

_LONGEST_TITLE = 70
_NONE = "none recorded"
_DONE = {
    Measure.DETECT: "detected",
    Measure.MITIGATE: "mitigated",
    Measure.RECOVER: "resolved",
    Measure.RESPONSE: "from detection to resolution",
}


def clock_pictures(clocks: Sequence[ClockFigures], context: PageContext) -> Mapping[Measure, Markup]:
    """The panel of each clock of which any length is known, with the same rows in all of them."""
    longest = max(
        (length for figures in clocks for _, length in _lengths(context.analysis.incidents, figures.clock, context)),
        default=timedelta(),
    )
    last = scale_of(longest)
    rows = [_with_gaps(figures, context) for figures in clocks]
    levels = [max(of_row) for of_row in zip(*(levels_of(of_clock, last) for of_clock in rows), strict=True)]
    return {
        figures.clock: _picture(figures, of_clock, levels, last)
        for figures, of_clock in zip(clocks, rows, strict=True)
        if figures.all.n
    }


def _picture(figures: ClockFigures, rows: Sequence[PanelRow], levels: Sequence[int], last: timedelta) -> Markup:
    totals = [PanelRow("All", figures.all.summary)]
    if len(figures.severities) > 1:
        totals += [
            PanelRow(clipped(length.severity or "none", 8), length.distribution.summary)
            for length in figures.severities
        ]
    periods = "quarter and year" if figures.quarters else "year"
    label = f"{measure_words(figures.clock).capitalize()} by {periods}, on a log axis"
    return clock_panel(rows, levels, totals, last, label)


def _with_gaps(figures: ClockFigures, context: PageContext) -> list[PanelRow]:
    """A row a period, newest first, and one for each stretch of years that has no incident."""
    rows: list[PanelRow] = []
    later: int | None = None
    for length in reversed(figures.finest):
        year = length.period.year
        if later is not None and year is not None and later - year > 1:
            rows.append(PanelRow(gap_name(year + 1, later - 1), length.distribution.summary, note=_NONE))
        rows.append(_row(length, figures.clock, context))
        later = year
    return rows


def gap_name(first: int, last: int) -> str:
    """The name of years without an incident: `2014`, `2013–14`, `1999–2003`."""
    if first == last:
        return str(first)
    return f"{first}–{str(last)[2:] if first // 100 == last // 100 else last}"


def _row(length: PeriodLength, clock: Measure, context: PageContext) -> PanelRow:
    period, summary = length.period, length.distribution.summary
    name = period_words(period)
    if not period.members:
        return PanelRow(name, summary, note=_NONE)
    if len(context.analysis.incidents) <= MOST_DOTS:
        return PanelRow(name, summary, dots=tuple(_dots(period.members, clock, context)))
    known = f"{summary.n} known, {summary.missing} unknown"
    middle = f", median {length_words(summary.median)}" if summary.median is not None else ""
    return PanelRow(
        name,
        summary,
        lengths=tuple(known_length for _, known_length in _lengths(period.members, clock, context)),
        href=context.addresses.postmortems() if period.year is None else context.addresses.year(period.year),
        title=f"{name}: {known}{middle}",
    )


def _dots(members: Iterable[Postmortem], clock: Measure, context: PageContext) -> Iterable[Dot]:
    for incident, length in _lengths(members, clock, context):
        after = f"{_DONE[clock]} {'' if clock is Measure.RESPONSE else 'after '}{duration_words(length)}"
        severity = incident.front_matter.severity or "severity unknown"
        facts = (severity, day_words(incident.day), after.replace("after at", "at"))
        title = f"{clipped(incident.title, _LONGEST_TITLE)}\n{' · '.join(facts)}"
        yield Dot(length, context.addresses.postmortem(incident), title)


def _lengths(
    members: Iterable[Postmortem], clock: Measure, context: PageContext
) -> Iterable[tuple[Postmortem, timedelta]]:
    """The incidents whose length is known, with that length."""
    for incident in members:
        length = context.analysis.length(incident, clock)
        if length is not None:
            yield incident, length

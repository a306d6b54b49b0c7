"""The clocks of the metrics page: a panel each, with its figures in words and in a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from postmortems.analyse.clocks import ClockFigures, PeriodLength
from postmortems.analyse.distribution import Distribution
from postmortems.analyse.measures import LENGTHS, Measure
from postmortems.analyse.metrics import metrics_of
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.charts.clock_panel import PanelRow, clock_panel, levels_of, scale_of
from postmortems.render.charts.log_axis import Dot
from postmortems.render.pages.metrics.figure_words import between_words, length_words, period_words, severity_words
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
_FROM_TO = {
    Measure.DETECT: ("started_at", "detected_at"),
    Measure.MITIGATE: ("started_at", "mitigated_at"),
    Measure.RECOVER: ("started_at", "resolved_at"),
    Measure.RESPONSE: ("detected_at", "resolved_at"),
}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row of a clock's table, in words; `is_total` for all incidents, and for those of a severity."""

    name: str
    n: int
    censored: int
    missing: int
    within_a_minute: int
    median: str
    interval: str
    quartiles: str
    p90: str
    mean: str
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class ClockPart:
    """One clock as the page shows it. `begin` and `end` are the keys of the moments between which it runs."""

    id: str
    title: str
    begin: str
    end: str
    figures: ClockFigures
    median: str
    interval: str
    mean: str
    change: str
    picture: Markup
    rows: Sequence[FigureRow]


def clock_parts(context: PageContext) -> list[ClockPart]:
    """All clocks on one scale, in the order of an incident."""
    every = context.analysis.once(metrics_of).clocks
    longest = max(
        (length for one in every for length in _lengths(context.analysis.incidents, one.clock, context)),
        default=timedelta(),
    )
    last = scale_of(longest)
    rows = [_with_gaps(one, context) for one in every]
    levels = [max(of_row) for of_row in zip(*(levels_of(one, last) for one in rows), strict=True)]
    return [
        _part(one, _picture(one, of_clock, levels, last) if one.all.n else Markup(""))
        for one, of_clock in zip(every, rows, strict=True)
    ]


def _part(figures: ClockFigures, picture: Markup) -> ClockPart:
    title = figures.clock.capitalize()
    summary = figures.all.summary
    begin, end = _FROM_TO[figures.clock]
    return ClockPart(
        id=figures.clock.name.lower(),
        title=title,
        begin=begin,
        end=end,
        figures=figures,
        median=duration_words(summary.median).capitalize() if summary.median is not None else "Too few known",
        interval=between_words(summary),
        mean=length_words(figures.all.mean),
        change=_change(figures),
        picture=picture,
        rows=_table(figures),
    )


def _change(figures: ClockFigures) -> str:
    """Whether the latest two periods with an interval differ, in words instead of an arrow; empty without two."""
    change = figures.change
    if change is None:
        return ""
    earlier, later = (
        f"{period_words(one.period.year, one.period.quarter)} ({between_words(one.distribution.summary)})"
        for one in (change.earlier, change.later)
    )
    if change.is_noise:
        return f"The intervals of {earlier} and {later} overlap: no change can be told from chance."
    way = "longer" if change.is_longer else "shorter"
    return f"The intervals of {earlier} and {later} do not overlap: the median is {way}."


def _picture(figures: ClockFigures, rows: Sequence[PanelRow], levels: Sequence[int], last: timedelta) -> Markup:
    totals = [PanelRow("All", figures.all.summary)]
    if len(figures.severities) > 1:
        totals += [PanelRow(clipped(one.severity or "none", 8), one.distribution.summary) for one in figures.severities]
    label = f"{figures.clock.capitalize()} by {'quarter and year' if figures.quarters else 'year'}, on a log axis"
    return clock_panel(rows, levels, totals, last, label)


def _with_gaps(figures: ClockFigures, context: PageContext) -> list[PanelRow]:
    """A row a period, newest first, and one for each stretch of years that has no incident."""
    found: list[PanelRow] = []
    later: int | None = None
    for one in reversed(figures.finest):
        year = one.period.year
        if later is not None and year is not None and later - year > 1:
            found.append(PanelRow(gap_name(year + 1, later - 1), one.distribution.summary, note=_NONE))
        found.append(_row(one, figures.clock, context))
        later = year
    return found


def gap_name(first: int, last: int) -> str:
    """The name of years without an incident: `2014`, `2013–14`, `1999–2003`."""
    if first == last:
        return str(first)
    return f"{first}–{str(last)[2:] if first // 100 == last // 100 else last}"


def _row(one: PeriodLength, clock: Measure, context: PageContext) -> PanelRow:
    period, summary = one.period, one.distribution.summary
    name = period_words(period.year, period.quarter)
    if not period.members:
        return PanelRow(name, summary, note=_NONE)
    if len(context.analysis.incidents) <= MOST_DOTS:
        return PanelRow(name, summary, dots=tuple(_dots(period.members, clock, context)))
    known = f"{summary.n} known, {summary.missing} unknown"
    middle = f", median {length_words(summary.median)}" if summary.median is not None else ""
    page = context.addresses.postmortems() if period.year is None else context.addresses.year(period.year)
    return PanelRow(
        name,
        summary,
        lengths=tuple(_lengths(period.members, clock, context)),
        href=page,
        title=f"{name}: {known}{middle}",
    )


def _dots(members: Iterable[Postmortem], clock: Measure, context: PageContext) -> Iterable[Dot]:
    for one in members:
        length = LENGTHS[clock](context.analysis.durations_of(one))
        if length is None:
            continue
        after = f"{_DONE[clock]} {'' if clock is Measure.RESPONSE else 'after '}{duration_words(length)}"
        facts = (one.front_matter.severity or "severity unknown", day_words(one.day), after.replace("after at", "at"))
        yield Dot(
            length,
            context.addresses.postmortem(one),
            f"{clipped(one.title, _LONGEST_TITLE)}\n{' · '.join(facts)}",
        )


def _lengths(members: Iterable[Postmortem], clock: Measure, context: PageContext) -> Iterable[timedelta]:
    for one in members:
        length = LENGTHS[clock](context.analysis.durations_of(one))
        if length is not None:
            yield length


def _table(figures: ClockFigures) -> list[FigureRow]:
    finest = {id(one) for one in figures.finest}
    split = [one for one in figures.years if id(one) not in finest]
    periods = sorted(
        (*figures.finest, *split),
        key=lambda one: (one.period.year or 0, one.period.quarter.number if one.period.quarter else 5),
        reverse=True,
    )
    return [
        *(_figures(period_words(one.period.year, one.period.quarter), one.distribution) for one in periods),
        _figures("All", figures.all, is_total=True),
        *(_figures(severity_words(one.severity), one.distribution, is_total=True) for one in figures.severities),
    ]


def _figures(name: str, of: Distribution, *, is_total: bool = False) -> FigureRow:
    quartiles = f"{length_words(of.lower)} to {length_words(of.upper)}" if of.lower is not None else length_words(None)
    return FigureRow(
        name=name,
        n=of.n,
        censored=of.summary.censored,
        missing=of.missing - of.summary.censored,
        within_a_minute=of.within_a_minute,
        median=length_words(of.summary.median),
        interval=between_words(of.summary),
        quartiles=quartiles,
        p90=length_words(of.p90),
        mean=length_words(of.mean),
        is_total=is_total,
    )

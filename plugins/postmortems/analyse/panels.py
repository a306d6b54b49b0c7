"""One length by severity, and over time in periods long enough for a median with its interval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.clocks import by_severity
from postmortems.analyse.detection import AgainstTarget, against_targets
from postmortems.analyse.measures import Measure
from postmortems.analyse.statistics import INTERVAL_FROM, Summary
from postmortems.model.postmortem import Postmortem
from postmortems.model.quarter import quarter_of

ENOUGH = 0.6
"""The share of periods that must have an interval of their own."""


MOST_PANELS = 8
"""Number of severities that have a panel: a scale has four or five, and what is beyond it are slips."""


class Grain(Enum):
    """Length of a period, in quarters; ALL is the whole time."""

    QUARTER = 1
    HALF = 2
    YEAR = 4
    ALL = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A period from the quarter `begin` up to the quarter `end`, which is not part of it; both are ordinals."""

    begin: int
    end: int
    summary: Summary


@dataclass(frozen=True, slots=True)
class Panel:
    """One length of the incidents of one severity.

    `target` is the detection target where one holds for all of them. `spans` are the periods that have an interval;
    with `Grain.ALL` there is one, from three known values on.
    """

    severity: str | None
    members: tuple[Postmortem, ...]
    summary: Summary
    against: AgainstTarget
    target: timedelta | None
    grain: Grain
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Panels:
    """The panels of one length, worst severity first, over the quarters from `begin` up to `end`, as ordinals.

    `more` severities have none.
    """

    clock: Measure
    begin: int
    end: int
    panels: tuple[Panel, ...]
    more: int


def panels_of(clock: Measure, analysis: Analysis) -> Panels:
    """A panel for each severity that an incident has, at most eight."""
    this = quarter_of(analysis.today).ordinal
    quarters = [quarter_of(day).ordinal for day in analysis.days]
    begin, end = min([this, *quarters]), max([this, *quarters]) + 1
    groups = by_severity(analysis.incidents, tuple(analysis.settings.severities))
    drawn = tuple(_panel(name, members, clock, begin, end, analysis) for name, members in groups[:MOST_PANELS])
    return Panels(clock, begin, end, drawn, len(groups) - len(drawn))


def _panel(
    severity: str | None, members: tuple[Postmortem, ...], clock: Measure, begin: int, end: int, analysis: Analysis
) -> Panel:
    grain, spans = _spans(members, clock, begin, end, analysis)
    targets = {analysis.durations_of(member).target for member in members}
    return Panel(
        severity=severity,
        members=members,
        summary=analysis.summary(members, clock),
        against=against_targets(members, analysis),
        target=targets.pop() if len(targets) == 1 else None,
        grain=grain,
        spans=spans,
    )


def _spans(
    members: Sequence[Postmortem], clock: Measure, begin: int, end: int, analysis: Analysis
) -> tuple[Grain, tuple[Span, ...]]:
    """The shortest periods of which six in ten have an interval, else the whole time."""
    for grain in (Grain.QUARTER, Grain.HALF, Grain.YEAR):
        size = grain.value
        groups: defaultdict[int, list[Postmortem]] = defaultdict(list)
        for member in members:
            if member.day:
                groups[quarter_of(member.day).ordinal // size].append(member)
        large = {place: found for place, found in groups.items() if len(found) >= INTERVAL_FROM}
        periods = (end - 1) // size - begin // size + 1
        if len(large) < ENOUGH * periods:
            continue
        told = [(place, analysis.summary(large[place], clock)) for place in sorted(large)]
        told = [(place, summary) for place, summary in told if summary.n >= INTERVAL_FROM]
        if len(told) >= ENOUGH * periods:
            return grain, tuple(
                Span(max(place * size, begin), min((place + 1) * size, end), summary) for place, summary in told
            )
    summary = analysis.summary(members, clock)
    return Grain.ALL, (Span(begin, end, summary),) if summary.median is not None else ()

"""Lengths of incidents: each clock over all of them, by year or quarter, and by severity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.distribution import Distribution, distribution
from postmortems.analyse.measures import Measure
from postmortems.model.postmortem import Postmortem
from postmortems.model.published import Year, figure, form
from postmortems.model.quarter import Quarter, quarter_of, quarters_between

SPLIT_FROM = 24
"""Incidents from which a year is split into quarters: six in each, on average, are enough for an interval."""

SPLIT_YEARS = 3
"""Number of years that are split, counted from the latest that has an incident."""


@dataclass(frozen=True, slots=True)
class Period:
    """The incidents of a year, or of a quarter of it. `year` is None where nothing tells it."""

    year: Year | None
    quarter: Quarter | None
    members: tuple[Postmortem, ...]


@dataclass(frozen=True, slots=True)
class PeriodLength:
    """One length in a year, or in a quarter of it."""

    period: Period
    distribution: Distribution

    published: ClassVar = form(
        "PeriodLength",
        figure("year", "The year; null where nothing tells it", "period.year"),
        figure("quarter", "The quarter, 1 to 4; null for the whole year", "period.quarter.number"),
        figure("length", "The length in this period", "distribution"),
    )


@dataclass(frozen=True, slots=True)
class SeverityLength:
    """One length of the incidents of one severity."""

    severity: str | None
    distribution: Distribution

    published: ClassVar = form(
        "SeverityLength",
        figure("severity", "The severity; null for incidents without one"),
        figure("length", "The length of these incidents", "distribution"),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """The two latest periods in which a length has an interval."""

    earlier: PeriodLength
    later: PeriodLength

    published: ClassVar = form(
        "Change",
        figure("earlier", "The period before"),
        figure("later", "The latest period"),
        figure("is_noise", "Whether the intervals overlap, so that nothing is known to have changed"),
    )

    @property
    def is_noise(self) -> bool:
        """True if the intervals overlap, so that nobody can say that anything has changed.

        Two intervals of 95 % that do not overlap are stricter evidence than a test at 5 %, which suits a page on
        which many periods are looked at.
        """
        return self.earlier.distribution.summary.overlaps(self.later.distribution.summary)


@dataclass(frozen=True, slots=True)
class ClockFigures:
    """One length that is measured in every incident."""

    clock: Measure
    all: Distribution
    years: tuple[PeriodLength, ...]
    quarters: tuple[PeriodLength, ...]
    severities: tuple[SeverityLength, ...]
    change: Change | None

    published: ClassVar = form(
        "ClockForm",
        figure("clock", "Which length"),
        figure("all", "Over all incidents"),
        figure("years", "By year, oldest first"),
        figure("quarters", "By quarter, in the latest years that have enough incidents"),
        figure("severities", "By severity, worst first"),
        figure("change", "The latest change; null where no two periods have an interval"),
    )

    @property
    def finest(self) -> tuple[PeriodLength, ...]:
        """The periods, oldest first, each year that is split by its quarters."""
        return _finest(self.years, self.quarters)

    @property
    def newest_first(self) -> tuple[PeriodLength, ...]:
        """All years and quarters, the latest first, each year above its quarters."""

        def place(length: PeriodLength) -> tuple[int, int]:
            period = length.period
            return period.year or 0, period.quarter.number if period.quarter else 5

        return tuple(sorted((*self.years, *self.quarters), key=place, reverse=True))


def clock_figures(analysis: Analysis) -> tuple[ClockFigures, ...]:
    """The figures of all four clocks, over the same periods."""
    years = _years(analysis.incidents)
    quarters = _quarters(years, analysis)
    return tuple(_of(clock, years, quarters, analysis) for clock in Measure)


def by_severity(members: Iterable[Postmortem], scale: Sequence[str]) -> list[tuple[str | None, tuple[Postmortem, ...]]]:
    """Incidents by their severity: those of the scale first, worst first, then others by name, then those without."""
    groups: defaultdict[str | None, list[Postmortem]] = defaultdict(list)
    for incident in members:
        groups[incident.front_matter.severity].append(incident)
    places = {name: place for place, name in enumerate(scale)}
    order = sorted(groups, key=lambda name: (places.get(name or "", len(places)), name is None, name or ""))
    return [(name, tuple(groups[name])) for name in order]


def _of(clock: Measure, years: Sequence[Period], quarters: Sequence[Period], analysis: Analysis) -> ClockFigures:
    def over(members: Sequence[Postmortem]) -> Distribution:
        bounds = (analysis.at_least(member, clock) for member in members)
        return distribution(
            (analysis.length(member, clock) for member in members), (bound for bound in bounds if bound is not None)
        )

    severities = by_severity(analysis.incidents, tuple(analysis.settings.severities))
    of_years = tuple(PeriodLength(period, over(period.members)) for period in years)
    of_quarters = tuple(PeriodLength(period, over(period.members)) for period in quarters)
    return ClockFigures(
        clock=clock,
        all=over(analysis.incidents),
        years=of_years,
        quarters=of_quarters,
        severities=tuple(SeverityLength(name, over(members)) for name, members in severities),
        change=_change(_finest(of_years, of_quarters)),
    )


def _finest(years: Sequence[PeriodLength], quarters: Sequence[PeriodLength]) -> tuple[PeriodLength, ...]:
    of_year: defaultdict[int | None, list[PeriodLength]] = defaultdict(list)
    for quarter in quarters:
        of_year[quarter.period.year].append(quarter)
    return tuple(period for year in years for period in of_year.get(year.period.year) or [year])


def _change(periods: Sequence[PeriodLength]) -> Change | None:
    told = [
        period for period in periods if period.distribution.summary.low is not None and period.period.year is not None
    ]
    return Change(told[-2], told[-1]) if len(told) > 1 else None


def _years(incidents: Iterable[Postmortem]) -> list[Period]:
    years: defaultdict[int | None, list[Postmortem]] = defaultdict(list)
    for incident in incidents:
        years[incident.year].append(incident)
    order = sorted(years, key=lambda year: -1 if year is None else year)
    return [Period(year, None, tuple(years[year])) for year in order]


def _quarters(years: Sequence[Period], analysis: Analysis) -> list[Period]:
    found: list[Period] = []
    latest = years[-1].year if years else None
    this = quarter_of(analysis.today)
    for period in years:
        year, days = period.year, [incident.day for incident in period.members]
        if year is None or latest is None or year <= latest - SPLIT_YEARS or len(days) < SPLIT_FROM or None in days:
            continue
        groups: defaultdict[Quarter, list[Postmortem]] = defaultdict(list)
        for incident in period.members:
            if incident.day:
                groups[quarter_of(incident.day)].append(incident)
        last = max(max(groups), min(this, Quarter(year, 4)))
        found += [Period(year, quarter, tuple(groups[quarter])) for quarter in quarters_between(Quarter(year, 1), last)]
    return found

"""Frequency of incidents: a count a quarter, by severity, with what chance alone would make of it.

Only a complete collection can tell. Counted are quarters that are over, from the one of the first incident on; the
running one is shown and not counted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.clocks import by_severity
from postmortems.analyse.poisson import poisson_interval, poisson_upper_bound
from postmortems.analyse.statistics import Interval
from postmortems.model.postmortem import Postmortem
from postmortems.model.published import count_interval, figure, form
from postmortems.model.quarter import Quarter, quarter_at, quarter_of

YEAR = 4


@dataclass(frozen=True, slots=True)
class SeverityCount:
    """Number of incidents of one severity."""

    severity: str | None
    count: int
    interval: Interval

    published: ClassVar = form(
        "SeverityCount",
        figure("severity", "The severity; null for incidents without one"),
        figure("count", "How many"),
        *count_interval("The 95 % interval of the expected number"),
    )


@dataclass(frozen=True, slots=True)
class QuarterCount:
    """Number of incidents in a quarter."""

    quarter: Quarter
    members: tuple[Postmortem, ...]
    by_severity: tuple[SeverityCount, ...]
    interval: Interval
    is_over: bool
    stands_out: bool

    published: ClassVar = form(
        "QuarterCount",
        figure("year", "The year", "quarter.year"),
        figure("quarter", "The quarter, 1 to 4", "quarter.number"),
        figure("count", "How many"),
        *count_interval("The 95 % interval of the expected number"),
        figure("is_over", "Whether the quarter has ended"),
        figure("stands_out", "True if unlikely by chance alone"),
        figure("severities", "By severity, worst first", "by_severity"),
        figure("postmortems", "Their ids", "members"),
    )

    @property
    def count(self) -> int:
        """Number of incidents."""
        return len(self.members)

    def of_severity(self, severity: str | None) -> SeverityCount | None:
        """Its incidents of one severity; None if there are none."""
        return next((found for found in self.by_severity if found.severity == severity), None)


@dataclass(frozen=True, slots=True)
class YearCount:
    """Number of incidents in four quarters in a row."""

    last: Quarter
    count: int
    interval: Interval

    published: ClassVar = form(
        "YearCount",
        figure("last_year", "The year of the last of them", "last.year"),
        figure("last_quarter", "The last of them, 1 to 4", "last.number"),
        figure("count", "How many"),
        *count_interval("The 95 % interval of the expected number"),
    )


@dataclass(frozen=True, slots=True)
class Frequency:
    """Number of incidents by quarter.

    `latest` and `before` are None unless eight quarters are over.
    """

    quarters: tuple[QuarterCount, ...] = ()
    severities: tuple[SeverityCount, ...] = ()
    undated: int = 0
    whole: int = 0
    count: int = 0
    rate: float | None = None
    rate_interval: Interval | None = None
    expected_most: int | None = None
    latest: YearCount | None = None
    before: YearCount | None = None

    published: ClassVar = form(
        "FrequencyForm",
        figure("quarters", "Those that had any, oldest first, and the running one"),
        figure("severities", "All incidents by severity, worst first"),
        figure("undated", "How many incidents have no day"),
        figure("whole", "How many quarters are over, empty ones included"),
        figure("count", "How many incidents these had"),
        figure("rate", "Incidents per quarter; null if none is completed"),
        figure("rate_low", "Its 95 % interval", "rate_interval.low"),
        figure("rate_high", "Its 95 % interval", "rate_interval.high"),
        figure("expected_most", "The number that no quarter exceeds by chance"),
        figure("latest", "The last four quarters that are over"),
        figure("before", "The four before them"),
        figure("is_noise", "Whether their intervals overlap"),
    )

    @property
    def dated(self) -> int:
        """Number of incidents that have a day."""
        return sum(quarter.count for quarter in self.quarters)

    @property
    def is_noise(self) -> bool:
        """True if the intervals of the last four quarters and of the four before overlap."""
        return bool(self.latest and self.before and self.latest.interval.overlaps(self.before.interval))


def frequency(analysis: Analysis) -> Frequency:
    """The incidents of every quarter up to today; linear in their number, however long ago the first one was."""
    groups: defaultdict[Quarter, list[Postmortem]] = defaultdict(list)
    for incident in analysis.incidents:
        if incident.day:
            groups[quarter_of(incident.day)].append(incident)
    if not groups:
        return Frequency(undated=len(analysis.incidents))
    this = quarter_of(analysis.today)
    groups.setdefault(this, [])
    first = min(groups)
    whole = max(0, this.ordinal - first.ordinal)
    counts = {quarter: len(members) for quarter, members in groups.items() if quarter < this}
    count = sum(counts.values())
    bounds = poisson_interval(count)
    most = poisson_upper_bound(count / whole, whole) if whole else None
    scale = tuple(analysis.settings.severities)
    dated = [incident for members in groups.values() for incident in members]
    return Frequency(
        quarters=tuple(
            QuarterCount(
                quarter=quarter,
                members=tuple(groups[quarter]),
                by_severity=_severities(groups[quarter], scale),
                interval=poisson_interval(len(groups[quarter])),
                is_over=quarter < this,
                stands_out=most is not None and len(groups[quarter]) > most,
            )
            for quarter in sorted(groups)
        ),
        severities=_severities(dated, scale),
        undated=len(analysis.incidents) - len(dated),
        whole=whole,
        count=count,
        rate=count / whole if whole else None,
        rate_interval=Interval(bounds.low / whole, bounds.high / whole) if whole else None,
        expected_most=most,
        latest=_four(counts, this.ordinal - 1) if whole >= 2 * YEAR else None,
        before=_four(counts, this.ordinal - 1 - YEAR) if whole >= 2 * YEAR else None,
    )


def _severities(members: list[Postmortem], scale: tuple[str, ...]) -> tuple[SeverityCount, ...]:
    groups = by_severity(members, scale)
    return tuple(SeverityCount(name, len(found), poisson_interval(len(found))) for name, found in groups)


def _four(counts: dict[Quarter, int], last: int) -> YearCount:
    quarters = [quarter_at(ordinal) for ordinal in range(last - YEAR + 1, last + 1)]
    count = sum(counts.get(quarter, 0) for quarter in quarters)
    return YearCount(quarters[-1], count, poisson_interval(count))

"""Findings that title the charts of the metrics page: from fixed questions the first that holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from postmortems.analyse.clocks import SeverityLength
from postmortems.analyse.detection import SeverityTarget
from postmortems.analyse.measures import Measure
from postmortems.analyse.metrics import Metrics
from postmortems.analyse.overview import Overview
from postmortems.analyse.statistics import INTERVAL_FROM, Summary
from postmortems.analyse.year_change import YearChange

OFTEN_LATE = 1 / 3
RARELY_LATE = 1 / 20
RARELY_FROM = 20
"""Minimum incidents of a severity to say that it is rarely late: none of six is no such thing."""


@dataclass(frozen=True, slots=True)
class LateSeverity:
    """A severity that is detected late in a third of its incidents or more, and one that rarely is."""

    often: SeverityTarget
    rarely: SeverityTarget | None


@dataclass(frozen=True, slots=True)
class SeveritiesApart:
    """Two severities whose medians have intervals that do not overlap, the longer one first."""

    longer: SeverityLength
    shorter: SeverityLength


@dataclass(frozen=True, slots=True)
class MedianOfAll:
    """The median of all incidents. `is_alike`: two or more severities have an interval, and all of these overlap."""

    summary: Summary
    is_alike: bool


LengthClaim = LateSeverity | SeveritiesApart | YearChange[Summary] | MedianOfAll


def detection_claim(metrics: Metrics, overview: Overview | None) -> LengthClaim:
    """The finding about detection: late severities first."""
    severities = metrics.detection.severities
    often = next((of for of in severities if _late_share(of, INTERVAL_FROM, 0.0) >= OFTEN_LATE), None)
    if often:
        rarely = next((of for of in severities if _late_share(of, RARELY_FROM, 1.0) <= RARELY_LATE), None)
        return LateSeverity(often, rarely)
    return length_claim(Measure.DETECT, metrics, overview.detect if overview else None)


def length_claim(clock: Measure, metrics: Metrics, change: YearChange[Summary] | None) -> LengthClaim:
    """The finding about a length: severities that differ, then a change, then the median of all."""
    figures = metrics.clock(clock)
    told = [of for of in figures.severities if of.severity and of.distribution.summary.low is not None]
    apart = _apart(told)
    if apart:
        return apart
    if change and change.is_change:
        return change
    return MedianOfAll(figures.all.summary, len(told) > 1)


def _apart(told: Sequence[SeverityLength]) -> SeveritiesApart | None:
    for worse, lesser in combinations(told, 2):
        if worse.distribution.summary.is_longer_than(lesser.distribution.summary):
            return SeveritiesApart(worse, lesser)
        if lesser.distribution.summary.is_longer_than(worse.distribution.summary):
            return SeveritiesApart(lesser, worse)
    return None


def _late_share(of: SeverityTarget, least: int, otherwise: float) -> float:
    """The share that was late; `otherwise` where the severity is unknown or fewer than `least` are known."""
    against = of.against_target
    return len(against.late) / against.n if of.severity and against.n >= least else otherwise

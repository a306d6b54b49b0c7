"""How long things took, as `/data/metrics.json` has it, and as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse import clocks as analysed
from postmortems.analyse.distribution import Distribution
from postmortems.analyse.measures import Measure
from postmortems.analyse.metrics import Metrics
from postmortems.render.data.json_text import Count, Seconds, one_of, seconds
from postmortems.render.data.metrics.values import QuarterNumber


class Length(TypedDict):
    """One length over several incidents."""

    n: Annotated[Count, Field(description="How many values are known")]
    missing: Annotated[Count, Field(description="How many incidents have none")]
    censored: Annotated[
        Count, Field(description="Of how many of these it is known how long they took at least; quantiles count them")
    ]
    median_seconds: Annotated[Seconds | None, Field(description="The median; null below three known values")]
    median_low_seconds: Annotated[Seconds | None, Field(description="Its 95 % interval; null below six values")]
    median_high_seconds: Annotated[
        Seconds | None, Field(description="Its 95 % interval; null below six values, and where it has no known end")
    ]
    lower_quartile_seconds: Annotated[
        Seconds | None, Field(description="A quarter of values is at most this; null below six")
    ]
    upper_quartile_seconds: Annotated[
        Seconds | None, Field(description="Three quarters are at most this; null below six")
    ]
    p90_seconds: Annotated[Seconds | None, Field(description="Nine tenths are at most this; null below twenty")]
    mean_seconds: Annotated[Seconds | None, Field(description="The mean of the known values; null below three")]
    within_a_minute: Annotated[Count, Field(description="How many values are at most sixty seconds")]


class LengthRow(TypedDict):
    """One length of some incidents, as a row of a table: of all, of a year or a quarter, or of a severity."""

    clock: Annotated[str, one_of(Measure), Field(description="Which length")]
    group: Annotated[str, Field(description="`all`, `year`, `quarter` or `severity`")]
    of: Annotated[str | None, Field(description="Which year, quarter or severity; empty where nothing tells it")]
    n: Count
    missing: Count
    censored: Count
    median_seconds: Seconds | None
    median_low_seconds: Seconds | None
    median_high_seconds: Seconds | None
    lower_quartile_seconds: Seconds | None
    upper_quartile_seconds: Seconds | None
    p90_seconds: Seconds | None
    mean_seconds: Seconds | None
    within_a_minute: Count


class PeriodLength(TypedDict):
    """One length in a year, or in a quarter of it."""

    year: Annotated[int | None, Field(description="The year; null where nothing tells it")]
    quarter: Annotated[QuarterNumber | None, Field(description="The quarter, 1 to 4; null for the whole year")]
    length: Annotated[Length, Field(description="The length in this period")]


class SeverityLength(TypedDict):
    """One length of the incidents of one severity."""

    severity: Annotated[str | None, Field(description="The severity; null for incidents without one")]
    length: Annotated[Length, Field(description="The length of these incidents")]


class Change(TypedDict):
    """The two latest periods in which a length has an interval."""

    earlier: Annotated[PeriodLength, Field(description="The period before")]
    later: Annotated[PeriodLength, Field(description="The latest period")]
    is_noise: Annotated[
        bool, Field(description="Whether the intervals overlap, so that nothing is known to have changed")
    ]


class ClockForm(TypedDict):
    """One length that is measured in every incident."""

    clock: Annotated[str, one_of(Measure), Field(description="Which length")]
    all: Annotated[Length, Field(description="Over all incidents")]
    years: Annotated[list[PeriodLength], Field(description="By year, oldest first")]
    quarters: Annotated[
        list[PeriodLength], Field(description="By quarter, in the latest years that have enough incidents")
    ]
    severities: Annotated[list[SeverityLength], Field(description="By severity, worst first")]
    change: Annotated[Change | None, Field(description="The latest change; null where no two periods have an interval")]


def length_rows(metrics: Metrics) -> Iterator[LengthRow]:
    """Every length as a row of a table."""
    for one in metrics.clocks:
        name = one.clock.value
        yield {"clock": name, "group": "all", "of": None, **_length(one.all)}
        for period in (*one.years, *one.quarters):
            year, quarter = period.period.year, period.period.quarter
            named = f"{year}-Q{quarter.number}" if quarter else str(year) if year is not None else None
            group = "quarter" if quarter else "year"
            yield {"clock": name, "group": group, "of": named, **_length(period.distribution)}
        for of in one.severities:
            yield {"clock": name, "group": "severity", "of": of.severity, **_length(of.distribution)}


def clock_form(one: analysed.ClockFigures) -> ClockForm:
    """One length in all its groups."""
    change = one.change
    return {
        "clock": one.clock.value,
        "all": _length(one.all),
        "years": [_period(period) for period in one.years],
        "quarters": [_period(period) for period in one.quarters],
        "severities": [{"severity": of.severity, "length": _length(of.distribution)} for of in one.severities],
        "change": {"earlier": _period(change.earlier), "later": _period(change.later), "is_noise": change.is_noise}
        if change
        else None,
    }


def _period(one: analysed.PeriodLength) -> PeriodLength:
    quarter = one.period.quarter
    return {
        "year": one.period.year,
        "quarter": quarter.number if quarter else None,
        "length": _length(one.distribution),
    }


def _length(one: Distribution) -> Length:
    return {
        "n": one.n,
        "missing": one.missing,
        "censored": one.summary.censored,
        "median_seconds": seconds(one.summary.median),
        "median_low_seconds": seconds(one.summary.low),
        "median_high_seconds": seconds(one.summary.high),
        "lower_quartile_seconds": seconds(one.lower),
        "upper_quartile_seconds": seconds(one.upper),
        "p90_seconds": seconds(one.p90),
        "mean_seconds": seconds(one.mean),
        "within_a_minute": one.within_a_minute,
    }

"""How many incidents the quarters had, as `/data/metrics.json` has it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse import frequency as analysed
from postmortems.render.data.json_text import Count
from postmortems.render.data.metrics.values import Ids, QuarterNumber, high, ids, low


class SeverityCount(TypedDict):
    """How many incidents of one severity there were."""

    severity: Annotated[str | None, Field(description="The severity; null for incidents without one")]
    count: Annotated[Count, Field(description="How many")]
    low: Annotated[float, Field(description="The 95 % interval of the expected number")]
    high: Annotated[float, Field(description="The 95 % interval of the expected number")]


class QuarterCount(TypedDict):
    """How many incidents a quarter had."""

    year: Annotated[int, Field(description="The year")]
    quarter: Annotated[QuarterNumber, Field(description="The quarter, 1 to 4")]
    count: Annotated[Count, Field(description="How many")]
    low: Annotated[float, Field(description="The 95 % interval of the expected number")]
    high: Annotated[float, Field(description="The 95 % interval of the expected number")]
    is_over: Annotated[bool, Field(description="Whether the quarter has ended")]
    stands_out: Annotated[bool, Field(description="Whether chance alone would hardly give so many to any quarter")]
    severities: Annotated[list[SeverityCount], Field(description="By severity, worst first")]
    postmortems: Annotated[Ids, Field(description="Their ids")]


class YearCount(TypedDict):
    """How many incidents four quarters in a row had."""

    last_year: Annotated[int, Field(description="The year of the last of them")]
    last_quarter: Annotated[QuarterNumber, Field(description="The last of them, 1 to 4")]
    count: Annotated[Count, Field(description="How many")]
    low: Annotated[float, Field(description="The 95 % interval of the expected number")]
    high: Annotated[float, Field(description="The 95 % interval of the expected number")]


class FrequencyForm(TypedDict):
    """How many incidents the quarters had."""

    quarters: Annotated[list[QuarterCount], Field(description="Those that had any, oldest first, and the running one")]
    severities: Annotated[list[SeverityCount], Field(description="All incidents by severity, worst first")]
    undated: Annotated[Count, Field(description="How many incidents have no day")]
    whole: Annotated[Count, Field(description="How many quarters are over, empty ones included")]
    count: Annotated[Count, Field(description="How many incidents these had")]
    rate: Annotated[float | None, Field(description="Incidents a quarter; null where none is over")]
    rate_low: Annotated[float | None, Field(description="Its 95 % interval")]
    rate_high: Annotated[float | None, Field(description="Its 95 % interval")]
    expected_most: Annotated[Count | None, Field(description="The number that no quarter exceeds by chance")]
    latest: Annotated[YearCount | None, Field(description="The last four quarters that are over")]
    before: Annotated[YearCount | None, Field(description="The four before them")]
    is_noise: Annotated[bool, Field(description="Whether their intervals overlap")]


def frequency_form(one: analysed.Frequency) -> FrequencyForm:
    """The counts of all quarters."""
    rate = one.rate_interval
    return {
        "quarters": [
            {
                "year": quarter.quarter.year,
                "quarter": quarter.quarter.number,
                "count": quarter.count,
                "low": quarter.interval.low,
                "high": quarter.interval.high,
                "is_over": quarter.is_over,
                "stands_out": quarter.stands_out,
                "severities": [_severity(of) for of in quarter.by_severity],
                "postmortems": ids(quarter.members),
            }
            for quarter in one.quarters
        ],
        "severities": [_severity(of) for of in one.severities],
        "undated": one.undated,
        "whole": one.whole,
        "count": one.count,
        "rate": one.rate,
        "rate_low": low(rate),
        "rate_high": high(rate),
        "expected_most": one.expected_most,
        "latest": _year(one.latest) if one.latest else None,
        "before": _year(one.before) if one.before else None,
        "is_noise": one.is_noise,
    }


def _severity(one: analysed.SeverityCount) -> SeverityCount:
    return {"severity": one.severity, "count": one.count, "low": one.interval.low, "high": one.interval.high}


def _year(one: analysed.YearCount) -> YearCount:
    return {
        "last_year": one.last.year,
        "last_quarter": one.last.number,
        "count": one.count,
        "low": one.interval.low,
        "high": one.interval.high,
    }

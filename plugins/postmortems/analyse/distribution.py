"""One length over several incidents, told as far as its known values bear it.

The median comes first and the mean last: lengths of incidents have a long tail, so that one outage of a week moves the
mean by hours and the median hardly at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import floor
from typing import ClassVar

from postmortems.analyse.statistics import MEDIAN_FROM, Summary, summarise
from postmortems.analyse.survival import survival_quantile
from postmortems.model.published import figure, form

QUARTILES_FROM = 6
"""Minimum known values for quartiles, as the median's interval needs."""

P90_FROM = 20
"""Minimum known values for the 90th percentile: with fewer it would rest on the one or two longest incidents."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """One length over several incidents."""

    summary: Summary
    within_a_minute: int = 0
    lower: timedelta | None = None
    upper: timedelta | None = None
    p90: timedelta | None = None
    mean: timedelta | None = None

    published: ClassVar = form(
        "Length",
        figure("n", "How many values are known"),
        figure("missing", "How many incidents have none"),
        figure(
            "censored",
            "Of how many of these it is known how long they took at least; quantiles count them",
            "summary.censored",
        ),
        figure("median_seconds", "The median; null below three known values", "summary.median"),
        figure("median_low_seconds", "Its 95 % interval; null below six values", "summary.low"),
        figure(
            "median_high_seconds",
            "Its 95 % interval; null below six values, and where it has no known end",
            "summary.high",
        ),
        figure("lower_quartile_seconds", "A quarter of values is at most this; null below six", "lower"),
        figure("upper_quartile_seconds", "Three quarters are at most this; null below six", "upper"),
        figure("p90_seconds", "Nine tenths are at most this; null below twenty", "p90"),
        figure("mean_seconds", "The mean of the known values; null below three", "mean"),
        figure("within_a_minute", "How many values are at most sixty seconds"),
    )

    @property
    def n(self) -> int:
        """Number of known values."""
        return self.summary.n

    @property
    def missing(self) -> int:
        """Number of incidents without a known value."""
        return self.summary.missing


def distribution(values: Iterable[timedelta | None], at_least: Iterable[timedelta] = ()) -> Distribution:
    """The distribution of one length; None stands for an incident in which it is not known.

    `at_least` are how long some of these lasted at least. With them all quantiles are those of Kaplan and Meier.
    """
    given, censored = list(values), sorted(at_least)
    known = sorted(value for value in given if value is not None)
    n = len(known)

    def share(of: float) -> timedelta | None:
        return survival_quantile(known, censored, of) if censored else quantile(known, of)

    return Distribution(
        summary=summarise(known, len(given) - n, censored),
        within_a_minute=sum(value <= timedelta(minutes=1) for value in known),
        lower=share(0.25) if n >= QUARTILES_FROM else None,
        upper=share(0.75) if n >= QUARTILES_FROM else None,
        p90=share(0.9) if n >= P90_FROM else None,
        mean=sum(known, timedelta()) / n if n >= MEDIAN_FROM else None,
    )


def quantile(ordered: Sequence[timedelta], share: float) -> timedelta:
    """The length that a share of ascending values, at least one, does not exceed.

    It lies at the place (n − 1)·share, counted from 0, between two values in proportion. That is definition 7 of
    R. J. Hyndman and Y. Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996), 361–365,
    which spreadsheets, R and numpy take unless told otherwise, so that a reader who counts again gets the same.
    """
    place = (len(ordered) - 1) * share
    below = floor(place)
    if below == len(ordered) - 1:
        return ordered[below]
    return ordered[below] + (ordered[below + 1] - ordered[below]) * (place - below)

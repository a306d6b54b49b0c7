"""Intervals and bounds of counts: the number of incidents in a period is one draw of a Poisson variable."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import exp, lgamma, log, sqrt

from postmortems.analyse.statistics import Interval

_TAIL = 0.025
_STEPS = 200
_NEGLIGIBLE = 1e-18


def at_most(count: int, mean: float) -> float:
    """The chance that a Poisson variable with this mean is `count` or less; exact to rounding."""
    if count < 0:
        return 0.0
    if mean <= 0:
        return 1.0
    if count < mean:
        return _tail(count, mean, -1)
    return 1 - _tail(count + 1, mean, 1)


def _tail(first: int, mean: float, step: int) -> float:
    """The chances of `first` and all beyond it, upwards or downwards, away from the mean: each less than the last."""
    term = total = exp(first * log(mean) - mean - lgamma(first + 1))
    k = first
    while term > total * _NEGLIGIBLE and k + step >= 0:
        term *= mean / (k + 1) if step > 0 else k / mean
        k += step
        total += term
    return min(1.0, total)


@cache
def poisson_interval(count: int) -> Interval:
    """The exact 95 % interval of the mean of a Poisson variable of which `count` was seen.

    Its bounds are the means under which so many or more, and so many or fewer, have a chance of 2.5 %; the lower one is
    0 for a count of 0. They are found by halving, so that no table of chi-square is needed, of which they are the
    quantiles: ½·χ²(0.025; 2·count) and ½·χ²(0.975; 2·count + 2).
    Source: F. Garwood, Fiducial Limits for the Poisson Distribution, Biometrika 28 (1936), 437–442.
    """
    widest = count + 8 * sqrt(count + 1) + 8
    low = _halve(lambda mean: 1 - at_most(count - 1, mean) < _TAIL, 0.0, float(count)) if count else 0.0
    return Interval(low, _halve(lambda mean: at_most(count, mean) > _TAIL, float(count), widest))


def _halve(is_below: Callable[[float], bool], low: float, high: float) -> float:
    """The number between two others at which `is_below` turns from true to false, as closely as a float tells."""
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


@cache
def poisson_upper_bound(mean: float, periods: int) -> int:
    """Smallest count that all periods stay at or below with a chance of 95 %, at a constant rate.

    One period in twenty would exceed a bound made for one period, and a picture shows dozens. So the chance is that of
    all together: the smallest c with P(X ≤ c)^periods ≥ 0.95, X being Poisson.
    """
    count = int(mean)
    while at_most(count, mean) ** periods < 0.95:
        count += 1
    return count

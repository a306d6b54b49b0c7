"""Intervals of counts beside scipy's quantiles, and what chance alone gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from postmortems.analyse.poisson import at_most, poisson_interval, poisson_upper_bound
from postmortems.analyse.statistics import Interval


@given(st.integers(-1, 3000), st.floats(0, 3000))
def test_the_tail_is_scipys(count: int, mean: float) -> None:
    assert at_most(count, mean) == pytest.approx(stats.poisson.cdf(count, mean), rel=1e-9, abs=1e-12)


@pytest.mark.large
@given(st.integers(0, 20_000))
def test_the_interval_is_that_of_the_chi_square_quantiles(count: int) -> None:
    found = poisson_interval(count)
    low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    high = stats.chi2.ppf(0.975, 2 * count + 2) / 2
    assert (found.low, found.high) == (pytest.approx(low, rel=1e-9), pytest.approx(high, rel=1e-9))


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.69), (1, 0.03, 5.57), (5, 1.62, 11.67), (10, 4.80, 18.39), (20, 12.22, 30.89)]
)
def test_the_interval_is_that_of_the_published_table(count: int, low: float, high: float) -> None:
    found = poisson_interval(count)
    assert (round(found.low, 2), round(found.high, 2)) == (low, high)


@given(st.floats(0, 60), st.integers(1, 80))
def test_all_periods_together_stay_below_with_95_percent(mean: float, periods: int) -> None:
    most = poisson_upper_bound(mean, periods)
    assert stats.poisson.cdf(most, mean) ** periods >= 0.95 - 1e-9
    assert most <= mean or stats.poisson.cdf(most - 1, mean) ** periods < 0.95 + 1e-9


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param((0, 4), (5, 9), False, id="apart"),
        pytest.param((0, 5), (5, 9), True, id="touching"),
        pytest.param((6, 7), (5, 9), True, id="inside"),
    ],
)
def test_intervals_overlap(one: tuple[float, float], other: tuple[float, float], expected: bool) -> None:
    assert Interval(*one).overlaps(Interval(*other)) is Interval(*other).overlaps(Interval(*one)) is expected

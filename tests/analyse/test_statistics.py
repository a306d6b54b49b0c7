"""Medians and shares with their intervals, and sequences without some of their values."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from postmortems.analyse.statistics import Rest, interval_ranks, median, summarise, wilson_interval


def minutes(*values: float) -> list[timedelta]:
    return [timedelta(minutes=value) for value in values]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param((), (0, None, None), id="nothing known"),
        pytest.param((5, 9), (2, None, None), id="no median of two"),
        pytest.param((1, 5, 90), (3, 5, None), id="a median of three, without an interval"),
        pytest.param((1, 2, 4, 90), (4, 3, None), id="the mean of the middle two"),
        pytest.param((1, 2, 3, 4, 90), (5, 3, None), id="no interval of five"),
        pytest.param((1, 2, 3, 5, 6, 90), (6, 4, (1, 90)), id="of six the interval is everything"),
        pytest.param((1, 2, 3, 4, 5, 6, 7, 8, 90), (9, 5, (2, 8)), id="nine"),
    ],
)
def test_a_summary_says_no_more_than_its_values_bear(
    values: tuple[float, ...], expected: tuple[int, float | None, tuple[float, float] | None]
) -> None:
    n, middle, bounds = expected
    found = summarise(minutes(*values), missing=4)
    assert (found.n, found.missing) == (n, 4)
    assert found.median == (None if middle is None else timedelta(minutes=middle))
    assert (found.low, found.high) == (tuple(minutes(*bounds)) if bounds else (None, None))


def coverage_by_counting(n: int, low: int, high: int) -> float:
    """The share of all ways to fall below or above the median in which it lies between the ranks."""
    ways = [sum(way) for way in product((0, 1), repeat=n)]
    return sum(low <= below < high for below in ways) / len(ways)


@pytest.mark.parametrize("n", range(1, 13))
def test_the_interval_is_the_narrowest_that_covers_95_percent(n: int) -> None:
    ranks = interval_ranks(n)
    candidates = [(k, n + 1 - k) for k in range(1, n // 2 + 1) if coverage_by_counting(n, k, n + 1 - k) >= 0.95]
    assert ranks == (candidates[-1] if candidates else None)


@pytest.mark.parametrize("n", [13, 40, 101, 1000])
def test_the_interval_is_exact_for_many(n: int) -> None:
    ranks = interval_ranks(n)
    assert ranks is not None
    low, high = ranks
    outside = 2 * sum(comb(n, below) for below in range(low))
    assert high == n + 1 - low
    assert outside * 20 <= 2**n < (outside + 2 * comb(n, low)) * 20


lengths = st.lists(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400)), max_size=40).map(sorted)


@given(lengths, st.data())
def test_the_rest_is_the_sequence_without_the_left_out(ordered: list[timedelta], data: st.DataObject) -> None:
    without = data.draw(st.sets(st.integers(0, len(ordered) - 1))) if ordered else set()
    rest = Rest(ordered, list(without))
    expected = [value for place, value in enumerate(ordered) if place not in without]
    assert list(rest) == expected
    assert rest[:] == expected
    border = data.draw(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400)))
    assert rest.up_to(border) == sum(value <= border for value in expected)
    if expected:
        assert rest[-1] == expected[-1]
        assert median(rest) == median(expected)


def test_the_rest_ends() -> None:
    with pytest.raises(IndexError):
        Rest(minutes(1, 2), [0])[1]


@pytest.mark.parametrize("n", [6, 7, 10, 40, 365, 10_000])
def test_the_interval_of_a_share_is_the_score_interval(n: int) -> None:
    for successes in sorted({0, 1, n // 3, n // 2, n - 1, n}):
        found = wilson_interval(successes, n)
        expected = binomtest(successes, n).proportion_ci(confidence_level=0.95, method="wilson")
        assert found is not None
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


@given(st.integers(6, 5_000), st.data())
def test_the_interval_of_a_share_holds_it_and_stays_on_the_scale(n: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, n))
    found, other = wilson_interval(successes, n), wilson_interval(n - successes, n)
    assert found is not None
    assert other is not None
    assert 0 <= found.low <= successes / n <= found.high <= 1
    assert (other.low, other.high) == pytest.approx((1 - found.high, 1 - found.low))


@pytest.mark.parametrize("n", range(6))
def test_a_share_of_few_has_no_interval(n: int) -> None:
    assert wilson_interval(n // 2, n) is None

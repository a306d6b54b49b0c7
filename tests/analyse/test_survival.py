"""Quantiles with censored lengths, beside scipy's estimate and beside a count by hand."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from postmortems.analyse.statistics import summarise
from postmortems.analyse.survival import ranked_with, survival_quantile


def minutes(values: list[int]) -> list[timedelta]:
    return [timedelta(minutes=value) for value in sorted(values)]


def by_scipy(known: list[int], censored: list[int], share: float) -> float | None:
    """The first length at which scipy's survival function is at most 1 − share; in the middle of a step, its middle."""
    if not known:
        return None
    survival = ecdf(CensoredData(uncensored=known, right=censored)).sf
    events = [value for value in survival.quantiles if value in known]
    for place, value in enumerate(events):
        left = survival.evaluate(value)
        if np.isclose(left, 1 - share, atol=1e-9):
            return float(value + events[place + 1]) / 2 if place + 1 < len(events) else float(value)
        if left < 1 - share:
            return float(value)
    return None


lengths = st.lists(st.integers(0, 40), max_size=30)


@given(lengths, lengths, st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9]))
def test_every_quantile_is_that_of_scipys_survival_function(
    known: list[int], censored: list[int], share: float
) -> None:
    found = survival_quantile(minutes(known), minutes(censored), share)
    expected = by_scipy(known, censored, share)
    assert found == (None if expected is None else timedelta(minutes=expected))


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_without_censored_lengths_it_is_the_median(known: list[int]) -> None:
    assert survival_quantile(minutes(known), [], 0.5) == timedelta(minutes=median(known))


@pytest.mark.parametrize(
    ("known", "censored", "expected"),
    [
        pytest.param([10, 20, 30, 40], [15], 30, id="one in the middle lifts it"),
        pytest.param([10, 20, 30], [5], 20, id="one that says less than the shortest changes nothing"),
        pytest.param([10, 20], [30, 40, 50], None, id="most are not known to have ended by then"),
        pytest.param([10, 20, 30, 40], [10], 30, id="a censored length leaves after the known one that equals it"),
    ],
)
def test_censored_lengths_count_until_they_are_lost(
    known: list[int], censored: list[int], expected: float | None
) -> None:
    found = survival_quantile(minutes(known), minutes(censored), 0.5)
    assert found == (None if expected is None else timedelta(minutes=expected))


@given(lengths, lengths, st.data())
def test_a_rank_is_that_of_both_together(known: list[int], censored: list[int], data: st.DataObject) -> None:
    together = minutes(known + censored)
    if together:
        rank = data.draw(st.integers(1, len(together)))
        assert ranked_with(minutes(known), minutes(censored), rank) == together[rank - 1]


@pytest.mark.large
def test_of_many_lengths_rounding_moves_nothing() -> None:
    random = Random(3)
    known = [random.randrange(10**6) for _ in range(4_000)]
    censored = [random.randrange(10**6) for _ in range(2_000)]
    for share in (0.25, 0.5):
        expected = by_scipy(known, censored, share)
        assert expected is not None
        assert survival_quantile(minutes(known), minutes(censored), share) == timedelta(minutes=expected)


def test_the_interval_is_never_narrower_than_that_of_the_true_lengths() -> None:
    random = Random(5)
    for _ in range(300):
        true = minutes([random.randrange(1, 60) for _ in range(random.randrange(6, 25))])
        cut = [random.random() < 0.3 for _ in true]
        known = [one for one, is_cut in zip(true, cut, strict=True) if not is_cut]
        bounds = sorted(one * random.random() for one, is_cut in zip(true, cut, strict=True) if is_cut)
        whole, seen = summarise(true, 0), summarise(known, len(bounds), bounds)
        if len(known) < 3:
            continue
        assert seen.low is not None
        assert whole.low is not None
        assert whole.high is not None
        assert seen.low <= whole.low
        assert seen.high is None or seen.high >= whole.high

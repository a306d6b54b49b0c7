"""Quartiles, the 90th percentile and the mean of lengths, beside numpy's."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.analyse.distribution import P90_FROM, QUARTILES_FROM, distribution, quantile

lengths = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400))


def seconds(length: timedelta | None) -> float:
    assert length is not None
    return length.total_seconds()


@given(st.lists(lengths, min_size=1, max_size=60), st.floats(0, 1))
def test_a_quantile_is_numpys_default_one(values: list[timedelta], share: float) -> None:
    expected = np.quantile([value.total_seconds() for value in values], share)
    assert seconds(quantile(sorted(values), share)) == pytest.approx(expected, rel=1e-9, abs=1e-5)


@given(st.lists(st.one_of(st.none(), lengths), max_size=60))
def test_every_figure_is_numpys_or_says_that_values_are_too_few(values: list[timedelta | None]) -> None:
    found = distribution(values)
    known = [value.total_seconds() for value in values if value is not None]
    assert (found.n, found.missing) == (len(known), values.count(None))
    assert found.within_a_minute == sum(value <= 60 for value in known)
    expected = {
        "median": (3, lambda: np.median(known)),
        "mean": (3, lambda: np.mean(known)),
        "lower": (QUARTILES_FROM, lambda: np.quantile(known, 0.25)),
        "upper": (QUARTILES_FROM, lambda: np.quantile(known, 0.75)),
        "p90": (P90_FROM, lambda: np.quantile(known, 0.9)),
    }
    for name, (enough, figure) in expected.items():
        value = found.summary.median if name == "median" else getattr(found, name)
        if len(known) < enough:
            assert value is None, name
        else:
            assert seconds(value) == pytest.approx(figure(), rel=1e-9, abs=1e-5), name


def test_one_long_outage_moves_the_mean_and_not_the_median() -> None:
    usual = [timedelta(minutes=10)] * 39
    found = distribution([*usual, timedelta(days=7)])
    assert found.summary.median == timedelta(minutes=10)
    assert found.mean is not None
    assert found.mean > timedelta(hours=4)

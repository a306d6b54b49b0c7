"""The exact test and the false discovery rate beside scipy's."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from postmortems.analyse.fisher import false_discovery_rates, fisher_p_value


def by_counting(a: int, b: int, c: int, d: int) -> Fraction:
    """The chance in whole numbers: of all ways to draw the group, the share with so many or more."""
    holds, group, every = a + c, a + b, a + b + c + d
    ways = sum(comb(holds, k) * comb(every - holds, group - k) for k in range(a, min(holds, group) + 1))
    return Fraction(ways, comb(every, group))


@given(*[st.integers(0, 400)] * 4)
def test_the_chance_is_exact_to_rounding(a: int, b: int, c: int, d: int) -> None:
    assert fisher_p_value(a, a + b, c, c + d) == pytest.approx(float(by_counting(a, b, c, d)), rel=1e-9)


@given(*[st.integers(0, 60)] * 4)
def test_the_chance_is_scipys(a: int, b: int, c: int, d: int) -> None:
    expected = stats.fisher_exact([[a, b], [c, d]], alternative="greater").pvalue
    assert fisher_p_value(a, a + b, c, c + d) == pytest.approx(expected, rel=1e-6, abs=1e-14)


def test_the_tea_was_tasted() -> None:
    """Fisher's own example: of eight cups all four are told right, by chance in one of seventy cases."""
    assert fisher_p_value(4, 4, 0, 4) == pytest.approx(1 / 70)


@given(st.lists(st.floats(0, 1), max_size=60))
def test_the_rates_are_those_of_benjamini_and_hochberg(chances: list[float]) -> None:
    expected = list(stats.false_discovery_control(chances)) if chances else []
    assert false_discovery_rates(chances) == pytest.approx(expected)

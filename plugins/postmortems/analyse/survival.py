"""Quantiles of lengths of which some are only known to have lasted at least so long: censored ones.

An incident whose resolution is unknown was not over before it was mitigated. To leave it out would favour short
incidents, and to take the bound for its length would, too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta
from math import ceil

_CLOSE = 1e-9
"""Within this share two probabilities are one: products of fractions are rounded."""


def survival_quantile(ordered: Sequence[timedelta], censored: Sequence[timedelta], share: float) -> timedelta | None:
    """The length within which a share of incidents was over, by the estimate of Kaplan and Meier; None if none tells.

    Both are in ascending order. The estimate S(t) of how many last longer falls at each known length by the factor
    1 − 1/r, r being how many have lasted at least as long; a censored one leaves r after the known lengths that equal
    it. The quantile is the first length at which S ≤ 1 − share. Where S is 1 − share exactly, it is the middle of that
    length and the next one, as the median of an even number is; so without censored lengths this is the usual median.
    Source: E. L. Kaplan and P. Meier, Nonparametric Estimation from Incomplete Observations, Journal of the American
    Statistical Association 53 (1958), 457–481; the middle is the rule of R's `survfit`.

    Maintainers: between two censored lengths the product telescopes to (r − d)/r for d known lengths, so that the cost
    is that of the censored ones, however many are known.
    """
    aim = 1 - share
    survival, passed = 1.0, 0
    at_risk = len(ordered) + len(censored)
    for bound in (*censored, None):
        until = len(ordered) if bound is None else bisect_right(ordered, bound)
        over = until - passed
        # The fewest known lengths of this stretch after which no more than `aim` last longer.
        needed = ceil(at_risk * (1 - aim / survival) - at_risk * _CLOSE) if survival > aim else 0
        if 0 < needed <= over:
            first = passed + needed - 1
            left = survival * (at_risk - needed) / at_risk
            is_middle = abs(left - aim) <= _CLOSE and first + 1 < len(ordered)
            return (ordered[first] + ordered[first + 1]) / 2 if is_middle else ordered[first]
        survival *= (at_risk - over) / at_risk if at_risk else 1.0
        passed, at_risk = until, at_risk - over - 1
    return None


def ranked_with(ordered: Sequence[timedelta], censored: Sequence[timedelta], rank: int) -> timedelta:
    """The length of a rank, from 1, among known and censored ones, each of these as short as it can have been."""
    taken = 0
    for bound in censored:
        if bisect_right(ordered, bound) + taken >= rank:
            break
        taken += 1
    known = rank - taken
    found = [ordered[known - 1]] if known else []
    return max([*found, censored[taken - 1]] if taken else found)

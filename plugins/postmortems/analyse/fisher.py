"""Tests of whether a share differs from chance, and of how many comparisons may be believed."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma

_NEGLIGIBLE = 1e-18


def fisher_p_value(matching: int, group: int, rest_matching: int, rest: int) -> float:
    """One-sided p-value of Fisher's exact test: how likely the group has at least `matching` if chance alone decides.

    `matching` of the `group` and `rest_matching` of the `rest` have a property. With these margins given, the number in
    the group is hypergeometric, and the p-value is the sum of that distribution from `matching` on.
    Source: R. A. Fisher, The Logic of Inductive Inference, Journal of the Royal Statistical Society 98 (1935), 39–54:
    the exact test, with one side.
    """
    with_it, without = matching + rest_matching, group - matching + rest - rest_matching
    last = min(group, with_it)
    ways = _log_comb(with_it, matching) + _log_comb(without, group - matching)
    term = total = exp(ways - _log_comb(group + rest, group))
    for k in range(matching, last):
        term *= (with_it - k) * (group - k) / ((k + 1) * (without - group + k + 1))
        total += term
        if term < total * _NEGLIGIBLE:
            break
    return min(1.0, total)


def _log_comb(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def false_discovery_rates(chances: Sequence[float]) -> list[float]:
    """Expected share of wrong ones among each comparison and all that are as strong or stronger.

    The step-up procedure: of m chances in ascending order the k-th is worth the smallest of pᵢ·m/i over all i ≥ k.
    Source: Y. Benjamini and Y. Hochberg, Controlling the False Discovery Rate, Journal of the Royal Statistical Society
    B 57 (1995), 289–300.
    """
    order = sorted(range(len(chances)), key=chances.__getitem__, reverse=True)
    found = [1.0] * len(chances)
    least = 1.0
    for place, index in enumerate(order):
        least = min(least, chances[index] * len(chances) / (len(chances) - place))
        found[index] = least
    return found

"""Whether a share stands out from chance, and how many of many comparisons may be believed."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma

_NEGLIGIBLE = 1e-18


def fisher_p_value(holds: int, group: int, rest_holds: int, rest: int) -> float:
    """The chance that of all for which something holds so many or more would fall into the group by lot.

    `holds` of the `group` and `rest_holds` of the `rest` are so. With these margins given, the number in the group
    is hypergeometric, and the chance is the sum of that distribution from `holds` on.
    Source: R. A. Fisher, The Logic of Inductive Inference, Journal of the Royal Statistical Society 98 (1935), 39–54:
    the exact test, with one side.
    """
    all_holds, none_holds = holds + rest_holds, group - holds + rest - rest_holds
    last = min(group, all_holds)
    ways = _log_comb(all_holds, holds) + _log_comb(none_holds, group - holds)
    term = total = exp(ways - _log_comb(group + rest, group))
    for k in range(holds, last):
        term *= (all_holds - k) * (group - k) / ((k + 1) * (none_holds - group + k + 1))
        total += term
        if term < total * _NEGLIGIBLE:
            break
    return min(1.0, total)


def _log_comb(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def false_discovery_rates(chances: Sequence[float]) -> list[float]:
    """For each of many comparisons, the share of wrong ones to expect among it and all that are as strong or stronger.

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

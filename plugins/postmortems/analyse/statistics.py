"""Figures of a sorted sequence of lengths, and of a share, each with what it rests on.

Of lengths only order statistics are used: those of incidents have a long tail, and a mean says little about the next
one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from math import sqrt
from statistics import NormalDist
from typing import overload

from postmortems.analyse.survival import ranked_with, survival_quantile

MEDIAN_FROM = 3
"""Minimum known values for a median: with fewer it would be one incident, or the middle of two."""

INTERVAL_FROM = 6
"""Minimum values for the interval of a share or a median: with fewer it would cover more than half of the scale."""

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Interval:
    """Between what two numbers something lies: a share from 0 to 1, or an expected count."""

    low: float
    high: float

    def overlaps(self, other: Interval) -> bool:
        """True if some number lies within both."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Share:
    """Some of several things, such as repeats among incidents."""

    part: int
    of: int

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the share; None below n = 6."""
        return wilson_interval(self.part, self.of)


@dataclass(frozen=True, slots=True)
class Summary:
    """Summary of one length over several incidents.

    `n` values are known and `missing` ones are not. Of the latter, `censored` ones are known to be at least so long,
    and count in the median with that. `low` and `high` bound the 95 % interval of the median. Both are None below six
    values, `high` also where only censored ones could tell it; `median` is None below three known values, and where
    too many are censored.
    """

    n: int
    missing: int
    median: timedelta | None = None
    low: timedelta | None = None
    high: timedelta | None = None
    censored: int = 0

    def overlaps(self, other: Summary) -> bool:
        """True if the intervals of both medians have a length in common; an upper end that is None is endless."""
        return self._begins_within(other) and other._begins_within(self)

    def _begins_within(self, other: Summary) -> bool:
        return self.low is not None and (other.high is None or self.low <= other.high)

    def is_longer_than(self, other: Summary) -> bool:
        """True if the interval begins after that of another one ends.

        Told by the intervals: where most lengths have no known end, the median has none either.
        """
        return self.low is not None and other.high is not None and self.low > other.high

    @property
    def counted(self) -> int:
        """Number of values that the median rests on."""
        return self.n + self.censored


def summarise(ordered: Sequence[timedelta], missing: int, censored: Sequence[timedelta] = ()) -> Summary:
    """The summary of known lengths in ascending order; reads a handful of them, however many there are.

    `censored` are, in ascending order, how long those of the missing lasted at least of which that is known.
    """
    n = len(ordered)
    if n < MEDIAN_FROM:
        return Summary(n, missing, censored=len(censored))
    low, high = _interval(ordered, censored)
    middle = survival_quantile(ordered, censored, 0.5) if censored else median(ordered)
    return Summary(n, missing, middle, low, high, len(censored))


def _interval(
    ordered: Sequence[timedelta], censored: Sequence[timedelta]
) -> tuple[timedelta, timedelta | None] | tuple[None, None]:
    """The interval of the median. For its lower end a censored length is as short as it can have been, for the upper
    one without end, so that the interval is never narrower than that of the true lengths."""
    bounds = interval_ranks(len(ordered) + len(censored))
    if bounds is None:
        return None, None
    rank, last = bounds
    return ranked_with(ordered, censored, rank), ordered[last - 1] if last <= len(ordered) else None


def median(ordered: Sequence[timedelta]) -> timedelta:
    """The middle of lengths in ascending order, of an even number the mean of the two middle ones."""
    n = len(ordered)
    upper = ordered[n // 2]
    return upper if n % 2 else (ordered[n // 2 - 1] + upper) / 2


@cache
def interval_ranks(n: int) -> tuple[int, int] | None:
    """The ranks, from 1, between which the true median lies with at least 95 % confidence, or None below n = 6.

    Exact and free of any distribution: of n independent values the number below the median is binomial with p = ½,
    so [x(k), x(n+1−k)] covers it with probability 1 − 2·P(B ≤ k−1), and k is the largest that keeps this ≥ 0.95.
    Source: H. A. David and H. N. Nagaraja, Order Statistics, 3rd ed. (2003), section 7.1.
    """
    rank = 0
    below = term = 1  # 2ⁿ·P(B ≤ rank) and 2ⁿ·P(B = rank), as whole numbers
    while 40 * below <= 2**n:
        rank += 1
        term = term * (n - rank + 1) // rank
        below += term
    return (rank, n + 1 - rank) if rank else None


def wilson_interval(successes: int, n: int) -> Interval | None:
    """The 95 % score interval of a share of `n`, or None below n = 6.

    With p = successes / n and z the normal quantile of 97.5 %, its bounds are
    (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n). It holds its confidence for few values and near 0 and 1, too.
    Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, Journal of the American
    Statistical Association 22 (1927), 209–212; recommended for small n by L. D. Brown, T. T. Cai and A. DasGupta,
    Interval Estimation for a Binomial Proportion, Statistical Science 16 (2001), 101–133.
    """
    if n < INTERVAL_FROM:
        return None
    share, square = successes / n, _Z * _Z
    middle = share + square / (2 * n)
    half = _Z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    whole = 1 + square / n
    # Of none and of all a bound is 0 or 1 exactly, which rounding would miss by a hair.
    return Interval(
        (middle - half) / whole if successes else 0.0,
        (middle + half) / whole if successes < n else 1.0,
    )


class Rest(Sequence[timedelta]):
    """A sorted sequence without some of its values, told by position; its cost is what is left out, not what stays."""

    def __init__(self, ordered: Sequence[timedelta], without: Sequence[int]) -> None:
        self._ordered = ordered
        self._without = sorted(without)

    def __len__(self) -> int:
        return len(self._ordered) - len(self._without)

    @overload
    def __getitem__(self, index: int) -> timedelta: ...
    @overload
    def __getitem__(self, index: slice) -> list[timedelta]: ...
    def __getitem__(self, index: int | slice) -> timedelta | list[timedelta]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        for left_out in self._without:
            if left_out > index:
                break
            index += 1
        return self._ordered[index]

    def up_to(self, length: timedelta) -> int:
        """Number of values that are at most `length`."""
        position = bisect_right(self._ordered, length)
        return position - bisect_right(self._without, position - 1)

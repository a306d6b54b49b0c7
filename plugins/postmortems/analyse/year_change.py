"""The last four whole quarters against the four before them: a change is one that chance does not explain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

from postmortems.analyse.frequency import YEAR, Frequency
from postmortems.analyse.statistics import Share, Summary
from postmortems.model.quarter import Quarter


class Verdict(Enum):
    """The answer to whether a figure has changed.

    TOO_FEW: fewer than six values in one of the two years, or no two whole years.
    """

    TOO_FEW = auto()
    NO_CHANGE = auto()
    MORE = auto()
    LESS = auto()


Figure = TypeVar("Figure")


@dataclass(frozen=True, slots=True)
class YearChange(Generic[Figure]):
    """A figure of the last four whole quarters, and of the four before."""

    latest: Figure
    before: Figure
    verdict: Verdict

    @property
    def is_change(self) -> bool:
        """True if the intervals do not overlap."""
        return self.verdict in (Verdict.MORE, Verdict.LESS)


def two_years(this: Quarter) -> tuple[range, range]:
    """The ordinals of the four quarters before this one, and of the four before them."""
    return range(this.ordinal - YEAR, this.ordinal), range(this.ordinal - 2 * YEAR, this.ordinal - YEAR)


def length_change(latest: Summary, before: Summary) -> YearChange[Summary]:
    """The change of a median: told where both have an interval, which six known values give."""
    if latest.low is None or before.low is None:
        verdict = Verdict.TOO_FEW
    elif latest.overlaps(before):
        verdict = Verdict.NO_CHANGE
    else:
        verdict = Verdict.MORE if latest.is_longer_than(before) else Verdict.LESS
    return YearChange(latest, before, verdict)


def share_change(latest: Share, before: Share) -> YearChange[Share]:
    """The change of a share."""
    now, then = latest.interval, before.interval
    if now is None or then is None:
        verdict = Verdict.TOO_FEW
    elif now.overlaps(then):
        verdict = Verdict.NO_CHANGE
    else:
        verdict = Verdict.MORE if now.low > then.high else Verdict.LESS
    return YearChange(latest, before, verdict)


def count_change(frequency: Frequency) -> YearChange[int] | None:
    """The change of the number of incidents; None unless eight quarters are over."""
    latest, before = frequency.latest, frequency.before
    if latest is None or before is None:
        return None
    change = Verdict.MORE if latest.count > before.count else Verdict.LESS
    return YearChange(latest.count, before.count, Verdict.NO_CHANGE if frequency.is_noise else change)

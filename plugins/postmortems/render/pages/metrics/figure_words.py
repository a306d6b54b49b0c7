"""Figures as the metrics page says them: what is too few for a figure is said so, and never a dash or a zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from postmortems.analyse.periods import Quarter
from postmortems.analyse.statistics import Interval, Summary
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.words.formats import UNKNOWN, duration_words
from postmortems.render.words.incident import clipped, short_name

TOO_FEW = "too few"


@dataclass(frozen=True, slots=True)
class Link:
    """An incident in a list: a short name, its full title, and its page."""

    name: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Links:
    """Some incidents, the first of them shown."""

    shown: Sequence[Link]
    more: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return len(self.shown) + self.more


def links(members: Sequence[Postmortem], context: PageContext, most: int = 20) -> Links:
    """Incidents given oldest first, the newest of them first and at most so many."""
    shown = [
        Link(short_name(one), clipped(one.title, 90), context.addresses.postmortem(one))
        for one in reversed(members[-most:])
    ]
    return Links(shown, len(members) - len(shown))


def length_words(length: timedelta | None) -> str:
    """A length as a figure; nothing is `0 min`, since a median is a number."""
    if length is None:
        return TOO_FEW
    return duration_words(length) if length >= timedelta(seconds=0.5) else "0 min"


def between_words(summary: Summary) -> str:
    """The interval of a median: `0 min to 5 min`; `at least 3 h` where only lengths without a known end go on."""
    if summary.low is None:
        return TOO_FEW
    if summary.high is None:
        return f"at least {length_words(summary.low)}"
    return f"{length_words(summary.low)} to {length_words(summary.high)}"


def share_words(interval: Interval | None) -> str:
    """The interval of a share in whole percent: `12 to 43 %`."""
    return f"{interval.low * 100:.0f} to {interval.high * 100:.0f}\N{NO-BREAK SPACE}%" if interval else TOO_FEW


def count_between_words(bounds: Interval) -> str:
    """The interval of an expected number: `0.2 to 7.2`, in whole ones from ten on."""
    digits = 0 if bounds.high >= 20 else 1
    return f"{bounds.low:.{digits}f} to {bounds.high:.{digits}f}"


def quarter_words(quarter: Quarter) -> str:
    """`2025 Q4`."""
    return f"{quarter.year} Q{quarter.number}"


def period_words(year: int | None, quarter: Quarter | None) -> str:
    """The name of a year or a quarter, as a row is called."""
    if quarter:
        return quarter_words(quarter)
    return str(year) if year is not None else UNKNOWN


def severity_words(severity: str | None) -> str:
    """The name of a severity, as a row is called."""
    return clipped(severity, 24) if severity else "severity unknown"

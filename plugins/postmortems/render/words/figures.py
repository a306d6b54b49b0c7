"""Figures in words, for the metrics page and the terminal: what is too few for a figure is said, never a dash or 0."""

from __future__ import annotations

import re
from datetime import timedelta

from postmortems.analyse.clocks import Period
from postmortems.analyse.measures import Measure
from postmortems.analyse.statistics import Interval
from postmortems.model.quarter import Quarter
from postmortems.render.words.formats import UNKNOWN, duration_words
from postmortems.render.words.incident import clipped

TOO_FEW = "too few"
_UNIT = re.compile(r"(?<=\d) (?=(?:s|min|h|d)\b)")

_MEASURES = {
    Measure.DETECT: "time to detect",
    Measure.MITIGATE: "time to mitigate",
    Measure.RECOVER: "time to resolve",
    Measure.RESPONSE: "response time",
}
"""Names of the measures for readers. Their values are what the data files call them, and stay."""


def measure_words(measure: Measure) -> str:
    """The name of a measured length: `time to detect`."""
    return _MEASURES[measure]


def length_words(length: timedelta | None) -> str:
    """A length as a figure; nothing is `0 min`, since a median is a number."""
    if length is None:
        return TOO_FEW
    return duration_words(length) if length >= timedelta(seconds=0.5) else "0 min"


def between_words(low: timedelta | None, high: timedelta | None) -> str:
    """An interval of lengths: `0–5 min` in one unit, `53 min to 6 h 4 min` in several.

    It is `at least 3 h` where only lengths without a known end go on.
    """
    if low is None:
        return TOO_FEW
    if high is None:
        return f"at least {length_words(low)}"
    first, last = length_words(low), length_words(high)
    number, _, unit = first.partition(" ")
    if last.count(" ") == 1 and last.endswith(f" {unit}"):
        return f"{number}–{last}" if first != last else last
    return f"{first} to {last}"


def whole_days_words(length: timedelta | None) -> str:
    """A length of whole days as a figure: `0 days`, `1 day`, and of the middle of two `8.5 days`."""
    if length is None:
        return TOO_FEW
    return "1 day" if length == timedelta(days=1) else f"{_number_of_days(length)} days"


def whole_days_between_words(low: timedelta | None, high: timedelta | None) -> str:
    """An interval of such lengths: `2–9 days`."""
    if low is None or high is None:
        return TOO_FEW
    return f"{_number_of_days(low)}–{_number_of_days(high)} days" if low != high else whole_days_words(low)


def _number_of_days(length: timedelta) -> str:
    return f"{round(length / timedelta(days=1), 1):,g}"


def unbroken(words: str) -> str:
    """The same with each number held to its unit, so that no line ends between them."""
    return _UNIT.sub("\N{NO-BREAK SPACE}", words)


def share_words(interval: Interval | None) -> str:
    """The interval of a share in whole percent: `12–43 %`."""
    return f"{interval.low * 100:.0f}–{interval.high * 100:.0f}\N{NO-BREAK SPACE}%" if interval else TOO_FEW


def count_between_words(bounds: Interval) -> str:
    """The interval of an expected number: `0.2–7.2`, in whole ones from twenty on."""
    digits = 0 if bounds.high >= 20 else 1
    return f"{bounds.low:.{digits}f}–{bounds.high:.{digits}f}"


def quarter_words(quarter: Quarter) -> str:
    """`Q4 2025`."""
    return f"Q{quarter.number} {quarter.year}"


def period_words(period: Period) -> str:
    """The name of a year or a quarter, as a row is called."""
    if period.quarter:
        return quarter_words(period.quarter)
    return str(period.year) if period.year is not None else UNKNOWN


def severity_words(severity: str | None) -> str:
    """The name of a severity, as a row is called."""
    return clipped(severity, 24) if severity else "severity unknown"

"""Lengths of time in prose: `8 minutes`, `1 hour and 48 min`, `2d 1h 29m`, `1:30 h`."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_PART = re.compile(
    r"(\d{1,6})\s{0,2}(days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![A-Za-z])", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s,]{0,3}(?:and\b|&)?\s{0,2}")
_ABOUT = re.compile(
    r"\s{0,4}(?:~|≈|>|<|approximately\b|approx\b\.?|about\b|around\b|roughly\b|almost\b|over\b)", re.IGNORECASE
)


def length_at_head(text: str) -> timedelta | None:
    """The exact length that begins a text; None where there is none, or one that is only about right."""
    text = text.strip()
    if _ABOUT.match(text):
        return None
    total: dict[str, int] = {}
    position = 0
    while found := _PART.match(text, position):
        unit = _UNITS[found[2][0].lower()]
        if unit in total:
            break
        total[unit] = int(found[1])
        position = _BETWEEN.match(text, found.end()).end()  # type: ignore[union-attr]
    return timedelta(**total) if total else None

"""Counts in a picture that follow the filters above it: each says which incidents it counts.

The script of the filters reads this, and writes how many of them are left. An element is a text with a number, or the
cell of a month.
"""

from __future__ import annotations

ALL = "*"
"""Key in place of a lane: the incidents of all lanes."""


def tally(lane: str, year: int | None = None, month: int | None = None) -> str:
    """The value of `data-tally`: the incidents of a lane that are counted, in a year or a month where it is given."""
    period = "" if year is None else f"{year:04}" if month is None else f"{year:04}-{month:02}"
    return f"{lane}|{period}"

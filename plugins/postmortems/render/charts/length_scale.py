"""Heights of lengths: a log scale from ten minutes up, shared by all pictures of time."""

from __future__ import annotations

from datetime import timedelta
from math import log10

GROUND = timedelta(minutes=10)
STEPS = (
    (timedelta(hours=1), "1 hour", "1 h"),
    (timedelta(days=1), "1 day", "1 d"),
    (timedelta(weeks=1), "1 week", "1 wk"),
    (timedelta(days=60), "60 days", "60 d"),
    (timedelta(days=365), "1 year", "1 y"),
)
"""The lines of the scale with their long and short names; the ground line is ten minutes."""


def height(length: timedelta, decade: float) -> float:
    """Height of a length above the ground, `decade` being a tenfold; never below a mark's own size.

    Less than ten minutes is just above the ground, since zero has no place on a log scale.
    """
    return max(4.0, decade * log10(max(length / GROUND, 1.0)))

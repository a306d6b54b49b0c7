"""A share as a bar beside its numbers, as wide as a word."""

from __future__ import annotations

from markupsafe import Markup

from postmortems.render.charts.svg import frame, rect

WIDTH = 140


def share_bar(part: int, whole: int) -> Markup:
    """The bar; the numbers are beside it, so that it says nothing of its own."""
    width = WIDTH * part / whole if whole else 0
    bars = (rect("pm-bar-bg", 0, 4, WIDTH, 2), rect("pm-bar", 0, 1, width, 8))
    return frame("pm-sharebar", WIDTH, 10, bars, is_sized=True)

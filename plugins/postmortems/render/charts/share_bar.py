"""A share as a bar beside its numbers, as wide as its column."""

from __future__ import annotations

from markupsafe import Markup

from postmortems.render.charts.svg import element, rect

_WIDTH = 140


def share_bar(part: int, whole: int) -> Markup:
    """The bar; the numbers are beside it, so that it says nothing of its own."""
    width = _WIDTH * part / whole if whole else 0
    return element(
        "svg",
        rect("pm-bar", 0, 0, width, 8),
        css_class="pm-sharebar",
        viewBox=f"0 0 {_WIDTH} 8",
        preserveAspectRatio="none",
        aria_hidden="true",
    )

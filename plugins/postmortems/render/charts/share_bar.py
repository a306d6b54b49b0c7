"""A share as a bar beside its numbers, as wide as a word."""

from __future__ import annotations

from markupsafe import Markup

from postmortems.render.charts.svg import number

WIDTH = 140


def share_bar(part: int, whole: int) -> Markup:
    """The bar; the numbers stand beside it, so that it says nothing of its own."""
    width = number(WIDTH * part / whole) if whole else "0"
    return Markup(  # noqa: S704 - only numbers
        f'<svg class="pm-sharebar" viewBox="0 0 {WIDTH} 10" width="{WIDTH}" height="10" aria-hidden="true">'
        f'<rect class="pm-bar-bg" x="0" y="4" width="{WIDTH}" height="2"/>'
        f'<rect class="pm-bar" x="0" y="1" width="{width}" height="8"/></svg>'
    )

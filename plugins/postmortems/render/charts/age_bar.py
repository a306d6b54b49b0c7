"""Overdue action items as one bar, split by how long they have been overdue."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from postmortems.render.charts.svg import element, joined, rect

_WIDTH, _HEIGHT, _GAP = 300, 14, 1.5


def age_bar(by_age: Sequence[int], most: int) -> Markup:
    """The bar, on one scale for all bars of a page: `most` items are as long as there is room.

    Its numbers are beside it in words, so that it is hidden from screen readers.
    """
    left, parts = 0.0, []
    for age, count in enumerate(by_age):
        if count:
            width = max(_WIDTH * count / most, 3)
            parts.append(rect(f"pm-age--{age}", left + 0.5, 1.5, max(width - _GAP, 1), _HEIGHT - 3))
            left += width
    return element(
        "svg",
        joined(parts),
        css_class="pm-agebar",
        viewBox=f"0 0 {_WIDTH + 12} {_HEIGHT}",
        height=_HEIGHT,
        preserveAspectRatio="none",
        aria_hidden="true",
    )

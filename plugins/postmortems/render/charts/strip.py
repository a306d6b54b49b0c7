"""The moments of one incident in a row of a list: detected, mitigated and resolved on a log axis.

The axis is the same in every list, from a minute to thirty days, so that rows can be compared across pages.
"""

from __future__ import annotations

from datetime import timedelta
from math import log10

from markupsafe import Markup

from postmortems.model.durations import Durations
from postmortems.render.charts.svg import circle, element, frame, horizontal, joined, text, vertical

WIDTH, HEIGHT = 176, 24
_LEFT, _RIGHT = 6, 170
_FIRST, _LAST = timedelta(minutes=1), timedelta(days=30)
_TICKS = (
    (timedelta(minutes=1), "1 min", "start"),
    (timedelta(hours=1), "1 h", "middle"),
    (timedelta(days=1), "1 d", "middle"),
    (timedelta(weeks=1), "1 wk", "middle"),
)


def _x(length: timedelta) -> float:
    """The place of a length; what is shorter or longer than the axis is at its end."""
    inside = min(max(length, _FIRST), _LAST)
    return _LEFT + log10(inside / _FIRST) / log10(_LAST / _FIRST) * (_RIGHT - _LEFT)


def strip(lengths: Durations) -> Markup:
    """The picture of one row, hidden from screen readers: the row says the same in words. Empty if all is unknown.

    The axis, which is the same in each row, is drawn by the style sheet (rows.css).
    """
    ends = [length for length in (lengths.to_mitigate, lengths.to_recover) if length is not None]
    if not ends and lengths.to_detect is None:
        return Markup("")
    shapes = []
    if ends and lengths.to_detect is not None:
        begin, end = sorted((_x(lengths.to_detect), _x(max(ends))))
        shapes.append(horizontal("pm-run", 12, begin, end))
    if lengths.to_mitigate is not None:
        shapes.append(circle("pm-s-mit", _x(lengths.to_mitigate), 12, 3.2))
    if lengths.to_recover is not None:
        shapes.append(circle("pm-s-res", _x(lengths.to_recover), 12, 3.6))
    if lengths.to_detect is not None:
        over = " is-over" if lengths.over_target else ""
        shapes.append(vertical(f"pm-s-det{over}", _x(lengths.to_detect), 5, 19))
    return element("svg", joined(shapes), css_class="pm-strip", width=WIDTH, height=HEIGHT, aria_hidden="true")


def strip_head() -> Markup:
    """The ticks of the axis, once in the head of a list."""
    shapes = [
        text(_x(length) if anchor == "middle" else 0, 12, words, "pm-t-tick", anchor)
        + vertical("pm-hair", _x(length), 17, 22)
        for length, words, anchor in _TICKS
    ]
    return frame("pm-strip", WIDTH, HEIGHT, shapes, is_sized=True)

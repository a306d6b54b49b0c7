"""Some incidents over time, a dot each as high as it was long, before all others in pale; both medians as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from postmortems.render.charts.panel import Axes, Dot, scale_lines, years_below
from postmortems.render.charts.svg import NOTHING, circle, frame, horizontal, joined, link, number, path

WIDE, NARROW = 440, 358
_HEIGHT = 190
_LEFT = 48


@dataclass(frozen=True, slots=True)
class Contrast:
    """The incidents in front, the places of those behind, and the medians of both, where they are known.

    `is_crowded`: those in front are too many for a link each.
    """

    dots: Sequence[Dot]
    behind: Sequence[tuple[float, timedelta]]
    median: timedelta | None
    median_behind: timedelta | None
    is_crowded: bool = False


def contrast(shown: Contrast, axes: Axes, label: str) -> Markup:
    """Both forms of the picture."""
    return _picture(shown, axes, label, WIDE, "pm-w2") + _picture(shown, axes, label, NARROW, "pm-n2")


def _picture(shown: Contrast, axes: Axes, label: str, width: int, css_class: str) -> Markup:
    front = [(dot.at, dot.length) for dot in shown.dots]
    shapes = [
        scale_lines(axes, width),
        _points("pm-points pm-points--pale", shown.behind, axes, width),
        _median("pm-mtarget", shown.median_behind, axes, width),
        _points("pm-points", front, axes, width) if shown.is_crowded else joined(_links(shown.dots, axes, width)),
        _median("pm-mline", shown.median, axes, width),
        years_below(axes, width),
    ]
    return frame(f"pm-chart pm-panel2 {css_class}", width, _HEIGHT, shapes, label=label)


def _points(css_class: str, places: Sequence[tuple[float, timedelta]], axes: Axes, width: int) -> Markup:
    """Dots as one path of lines without length, which the stylesheet gives round ends: a few bytes each."""
    at = sorted({(number(axes.x(at, width)), number(axes.y(length))) for at, length in places})
    return path(css_class, "".join(f"M{x} {y}h0" for x, y in at)) if at else NOTHING


def _links(dots: Sequence[Dot], axes: Axes, width: int) -> list[Markup]:
    return [
        link(dot.href, dot.title, circle("pm-hit", x, y, 9), circle("pm-q2", x, y, 3.8))
        for dot in dots
        for x, y in ((axes.x(dot.at, width), axes.y(dot.length)),)
    ]


def _median(css_class: str, median: timedelta | None, axes: Axes, width: int) -> Markup:
    return NOTHING if median is None else horizontal(css_class, axes.y(median), _LEFT, axes.right(width))

"""One severity's incidents over time: a dot each, length upwards on a log scale, late ones red, the target dashed.

Panels of several severities share their axes. The median and the band of its interval are drawn for periods that are
long enough. Where there are too many incidents for dots, the strength of a cell says how many lie there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log10

from markupsafe import Markup

from postmortems.analyse.panels import Span
from postmortems.render.charts.scale import tick_words
from postmortems.render.charts.svg import (
    NOTHING,
    circle,
    frame,
    horizontal,
    joined,
    link,
    number,
    path,
    rect,
    text,
    tick,
)

NARROW, WIDE = 280, 560
_LEFT, _TARGET = 48, 46
_TOP, _BOTTOM, _GUTTER = 12, 166, 18
_CELL = 8
_SHADES = 4
_APART = 5.0
MINUTE = timedelta(minutes=1)
_TICKS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 10, 60, 360, 1440, 7 * 1440, 60 * 1440, 365 * 1440, 3650 * 1440)
)
_NAMES = {1: "1 d", 7: "1 wk", 60: "60 d", 365: "1 y", 3650: "10 y"}


@dataclass(frozen=True, slots=True)
class Dot:
    """One incident at a place in time, as an ordinal of quarters with its part; `key` is what filters know it by."""

    at: float
    length: timedelta
    is_late: bool
    href: str
    title: str
    key: str


@dataclass(frozen=True, slots=True)
class Axes:
    """Axes that panels share: quarters from `begin` up to `end`, lengths up to `longest`.

    A minute and less has a gutter below the scale, which begins at `ground`.
    """

    begin: int
    end: int
    ground: timedelta
    longest: timedelta
    has_gutter: bool
    has_target: bool

    def y(self, length: timedelta) -> float:
        """The height of a length; the middle of the gutter for a minute and less."""
        if self.has_gutter and length <= MINUTE:
            return _BOTTOM - _GUTTER / 2
        share = log10(max(length, self.ground) / self.ground) / log10(self.longest / self.ground)
        return self._floor - share * (self._floor - _TOP)

    @property
    def _floor(self) -> float:
        return _BOTTOM - _GUTTER if self.has_gutter else _BOTTOM

    @property
    def scale(self) -> str:
        """Numbers from which a script finds the height of a length; without a gutter its middle is 0."""
        gutter = _BOTTOM - _GUTTER / 2 if self.has_gutter else 0
        seconds = (self.ground.total_seconds(), self.longest.total_seconds())
        return " ".join(map(number, (*seconds, self._floor, _TOP, gutter)))

    def right(self, width: int) -> float:
        """The right edge of the plot: where targets are drawn, there is room for their words beyond it."""
        return width - _TARGET if self.has_target else width - 6

    def x(self, at: float, width: int) -> float:
        """The place of a moment, as an ordinal of quarters."""
        return _LEFT + (at - self.begin) / (self.end - self.begin) * (self.right(width) - _LEFT)


def axes_of(lengths: Sequence[timedelta], begin: int, end: int, *, has_target: bool) -> Axes:
    """The axes for some lengths, at least one; the scale is at least two ticks high."""
    above = [length for length in lengths if length > MINUTE]
    ground = max((step for step in _TICKS if step < min(above, default=MINUTE)), default=MINUTE)
    longest = max(max(lengths) * 1.2, ground * 12)
    return Axes(begin, end, ground, longest, len(above) < len(lengths), has_target)


def panel(
    dots: Sequence[Dot],
    spans: Sequence[Span],
    target: timedelta | None,
    axes: Axes,
    label: str,
    *,
    width: int = NARROW,
    css_class: str = "",
    crowd: tuple[str, str] | None = None,
) -> Markup:
    """The picture; `crowd` is the address and the title for all incidents together where they are too many for dots."""
    marks = _cells(dots, axes, width, *crowd) if crowd else joined(_dots(dots, axes, width))
    shapes = [
        scale_lines(axes, width),
        _joined("pm-mband", (_band(span, axes, width) for span in spans)),
        _target(target, axes, width) if target is not None else NOTHING,
        marks,
        _joined("pm-mline", (_median(span, axes, width) for span in spans)),
        years_below(axes, width),
    ]
    return frame(f"pm-chart pm-panel2 {css_class}".strip(), width, 190, shapes, label=label)


def scale_lines(axes: Axes, width: int) -> Markup:
    """The lines of round lengths, with their names at the left, and the gutter of a minute and less."""
    right, shapes = axes.right(width), []
    written = float("inf")
    if axes.has_gutter:
        shapes.append(rect("pm-gutter", _LEFT, _BOTTOM - _GUTTER, right - _LEFT, _GUTTER))
        shapes.append(text(_LEFT - 5, _BOTTOM - 4, "≤ 1 min", "pm-t-tick", "end"))
        written = _BOTTOM - 9
    for step in _TICKS:
        y = axes.y(step)
        if not axes.ground <= step <= axes.longest or (axes.has_gutter and step == MINUTE) or written - y < 14:
            continue
        written = y
        shapes.append(horizontal("pm-hair", y, _LEFT, right))
        shapes.append(text(_LEFT - 5, y + 4, _NAMES.get(step.days, tick_words(step)), "pm-t-tick", "end"))
    return joined(shapes)


def _edges(span: Span, axes: Axes, width: int) -> tuple[float, float]:
    left, right = axes.x(span.begin, width), axes.x(span.end, width)
    inset = min(1.0, (right - left) / 4)
    return left + inset, right - inset


def _joined(css_class: str, parts: Iterable[str]) -> Markup:
    """All bands, or all lines, as one path; none without any."""
    data = "".join(parts)
    return path(css_class, data) if data else NOTHING


def _band(span: Span, axes: Axes, width: int) -> str:
    if span.summary.low is None:
        return ""
    left, right = _edges(span, axes, width)
    top = axes.y(span.summary.high) if span.summary.high is not None else float(_TOP)
    bottom = axes.y(span.summary.low)
    return f"M{number(left)} {number(top - 1)}H{number(right)}V{number(bottom + 1)}H{number(left)}z"


def _median(span: Span, axes: Axes, width: int) -> str:
    if span.summary.median is None:
        return ""
    left, right = _edges(span, axes, width)
    return f"M{number(left)} {number(axes.y(span.summary.median))}H{number(right)}"


def _target(target: timedelta, axes: Axes, width: int) -> Markup:
    right = axes.right(width)
    y = axes.y(min(target, axes.longest))
    above = y > 60
    return joined(
        (
            horizontal("pm-mtarget", y, _LEFT, right),
            text(right + 4, y - 4 if above else y + 11, "target", "pm-t-tick"),
            text(right + 4, y + 9 if above else y + 24, tick_words(target), "pm-t-strong"),
        )
    )


def _dots(dots: Sequence[Dot], axes: Axes, width: int) -> list[Markup]:
    """A dot an incident; one that would cover another stands beside it."""
    taken: set[tuple[int, int]] = set()
    drawn = []
    for dot in dots:
        x, y = axes.x(dot.at, width), axes.y(dot.length)
        for step in (0, 1, -1, 2, -2):
            place = (round((x + step * _APART) / _APART), round(y / _APART))
            if place not in taken:
                x += step * _APART
                break
        taken.add((round(x / _APART), round(y / _APART)))
        css_class = "pm-mdot is-late" if dot.is_late else "pm-mdot"
        drawn.append(link(dot.href, dot.title, circle(css_class, x, y, 2.9), data_at=dot.key))
    return drawn


def _cells(dots: Sequence[Dot], axes: Axes, width: int, href: str, title: str) -> Markup:
    last = int((axes.right(width) - _LEFT) // _CELL) - 1
    counts = Counter(
        (min(int((axes.x(dot.at, width) - _LEFT) // _CELL), last), int((axes.y(dot.length) - _TOP) // _CELL))
        for dot in dots
    )
    most = max(counts.values(), default=1)
    # A cell is a line as wide as it is long, which is half as many bytes as a square.
    shades: dict[int, list[str]] = {}
    for (column, row), count in sorted(counts.items()):
        at = f"M{number(_LEFT + column * _CELL)} {number(_TOP + (row + 0.5) * _CELL - 0.5)}"
        shades.setdefault(-(-_SHADES * count // most), []).append(f"{at}h{_CELL - 1}")
    cells = (path(f"pm-cells pm-cells--{shade}", "".join(parts)) for shade, parts in sorted(shades.items()))
    return link(href, title, *cells)


def years_below(axes: Axes, width: int) -> Markup:
    """The years below the ground line, named as far apart as there is room."""
    right = axes.right(width)
    years = list(range(-(-axes.begin // 4), (axes.end - 1) // 4 + 1))
    shapes = [horizontal("pm-axis", _BOTTOM + 0.5, _LEFT, right)]
    if not years:
        shapes.append(text(_LEFT, 184, str(axes.begin // 4), "pm-t-tick"))
    room = (right - _LEFT) * 4 / (axes.end - axes.begin)
    step = max(1, -(-46 // max(1, int(room))) if room >= 1 else len(years) // 4 + 1)
    for year in years[::step]:
        x = axes.x(4 * year, width)
        if x > right - 2:
            continue
        shapes += [tick(x, _BOTTOM), text(max(x, _LEFT + 12), 184, str(year), "pm-t-tick", "middle")]
    return joined(shapes)

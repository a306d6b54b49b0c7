"""Times to detect, a dot an incident on a log axis, for two groups one above the other; cells where dots are too many.

Zero has no place on a log axis: what was noticed within a minute is in a gutter before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from postmortems.analyse.statistics import Summary
from postmortems.render.charts.log_axis import MINUTE, Dot, LogAxis, Piles
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import Form, element, frame, hit, joined, link, number, path, rect, text, vertical
from postmortems.render.charts.svg import group as drawn_together
from postmortems.render.words.formats import duration_words
from postmortems.render.words.incident import clipped

_TICKS = (
    (timedelta(minutes=2), "2"),
    (timedelta(minutes=5), "5"),
    (timedelta(minutes=15), "15 min"),
    (timedelta(hours=1), "1 h"),
    (timedelta(hours=6), "6 h"),
    (timedelta(hours=24), "24 h"),
    (timedelta(weeks=1), "1 wk"),
    (timedelta(days=60), "60 d"),
    (timedelta(days=365), "1 y"),
)
_GUTTER = 60
_CELL, _SHADES = 9, 4
_PITCH = 9.0
_HIT, _DOT = hit(9), element("circle", r=3.8)
_PILES = Piles(in_gutter=6, pitch=_PITCH, inset=8, gap=8.4)


@dataclass(frozen=True, slots=True)
class Group:
    """Incidents that are compared with others, as dots, or as `lengths` that are counted in cells.

    Without either only the figures are drawn. `family` colours the dots.
    """

    name: str
    summary: Summary
    dots: tuple[Dot, ...] = ()
    lengths: tuple[timedelta, ...] = ()
    family: str = "neutral"


@dataclass(frozen=True, slots=True)
class _Layout:
    """One form of the picture, from the left of its gutter to the right; names are beside the dots or above them."""

    form: Form
    left: float
    right: float
    last: timedelta

    @property
    def beside(self) -> bool:
        return self.left > 0

    @property
    def axis(self) -> LogAxis:
        """The lengths from left to right."""
        return LogAxis(self.left, _GUTTER, self.right - 14, self.last, gap=18)

    def x(self, length: timedelta) -> float:
        """The place of a length; the gutter's middle up to a minute."""
        return self.axis.x(length)


def detection_dots(groups: Sequence[Group], targets: Mapping[str, timedelta], label: str) -> Markup:
    """Both forms; `targets` are the detection targets of the severities, worst first."""
    lengths = [length for group in groups for length in (*group.lengths, *(dot.length for dot in group.dots))]
    longest = max(lengths, default=MINUTE)
    highs = [group.summary.high or group.summary.median or MINUTE for group in groups]
    last = max(longest, *highs, timedelta(hours=24))
    layouts = (_Layout(Form.WIDE, 150, 880, last), _Layout(Form.NARROW, 0, 358, last))
    return joined(_drawn(layout, groups, targets, label) for layout in layouts)


def _drawn(layout: _Layout, groups: Sequence[Group], targets: Mapping[str, timedelta], label: str) -> Markup:
    top = 36.0
    body: list[Markup] = []
    for group in groups:
        drawn, top = _group(layout, group, top)
        body += drawn
    shapes = [layout.axis.frame(26, top, _TICKS, layout.right + 6)]
    height = top + 6
    if targets:
        shapes += _targets(layout, targets, top)
        height = top + 28
    return frame(layout.form, layout.right, height, [*shapes, *body], label=label)


def _targets(layout: _Layout, targets: Mapping[str, timedelta], bottom: float) -> list[Markup]:
    shapes = []
    free = 0.0
    for severity, length in sorted(targets.items(), key=lambda pair: pair[1]):
        if length > layout.last:
            continue
        x = layout.x(length)
        shapes.append(vertical("pm-target", x, 26, bottom))
        words = clipped(severity, 9)
        if x - 4 >= free:
            free = x + text_width(words, 12, bold=True) + 8
            shapes.append(text(x - 2, bottom + 18, words, "pm-t-target"))
    return shapes


def _group(layout: _Layout, group: Group, top: float) -> tuple[list[Markup], float]:
    """One group below `top`, and where the next one begins."""
    places, levels = _PILES.of(group.dots, layout.axis)
    known = f"{group.summary.n:,} known, {group.summary.missing:,} unknown"
    floor = top + (4 if layout.beside else 26) + max(levels, 2 if layout.beside else 1) * _PITCH
    name = clipped(group.name, 20 if layout.beside else 24)
    if layout.beside:
        shapes = [text(0, floor - 5, name, "pm-t-strong"), text(0, floor + 11, known, "pm-t-faint")]
    else:
        shapes = [text(0, top + 14, name, "pm-t-strong"), text(layout.right, top + 14, known, "pm-t-faint", "end")]
    shapes += _figures(layout, group.summary, floor)
    shapes += _cells(layout.axis, group.lengths, floor)
    if places:
        dots = (_dot(dot, x, floor - 4 - level * _PITCH) for dot, x, level in places)
        shapes.append(drawn_together(f"pm-dots pm-f-{group.family}", dots))
    return shapes, floor + 46


def _dot(dot: Dot, x: float, y: float) -> Markup:
    return link(dot.href, dot.title, _HIT, _DOT, transform=f"translate({number(x)} {number(y)})")


def _cells(axis: LogAxis, lengths: Sequence[timedelta], floor: float) -> list[Markup]:
    """The lengths counted in cells: one path for all cells of a shade. A minute and less is one cell, the gutter."""
    counts = Counter(-1 if length <= MINUTE else int((axis.x(length) - axis.begin) // _CELL) for length in lengths)
    shades: dict[int, list[str]] = {}
    for place, count in sorted(counts.items()):
        left, width = (axis.left, axis.gutter) if place < 0 else (axis.begin + place * _CELL, _CELL - 1.0)
        cell = f"M{number(left)} {number(floor - 12)}h{number(width)}v12h{number(-width)}z"
        shades.setdefault(-(-_SHADES * count // max(counts.values())), []).append(cell)
    return [path(f"pm-heat pm-heat--{shade}", "".join(cells)) for shade, cells in sorted(shades.items())]


def _figures(layout: _Layout, summary: Summary, floor: float) -> list[Markup]:
    """The median and its interval under the dots."""
    if summary.median is None:
        return []
    shapes = []
    x = right = left = layout.x(summary.median)
    if summary.low is not None and summary.high is not None:
        left, right = layout.x(summary.low) - 5, layout.x(summary.high) + 5
        shapes.append(rect("pm-iv", left, floor + 10, right - left, 8, rx=2))
    shapes.append(vertical("pm-med", x, floor + 5, floor + 23))
    words = f"median {duration_words(summary.median)}"
    width = text_width(words, 12, bold=True)
    if right + 8 + width <= layout.right:
        at, y, anchor = right + 8, floor + 19, None
    elif left - 8 - width >= layout.left:
        at, y, anchor = left - 8, floor + 19, "end"
    else:  # the interval takes the whole width
        at, y, anchor = min(max(x - width / 2, layout.left), layout.right - width), floor + 36, None
    shapes.append(element("text", words, x=at, y=y, text_anchor=anchor, css_class="pm-t-label pm-t-strong"))
    return shapes

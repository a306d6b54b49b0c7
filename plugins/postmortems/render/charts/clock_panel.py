"""One clock: each incident a dot on a log axis, a row a year or quarter, newest first, with median and interval.

Panels of several clocks share one scale, so that they can be compared. Where there are too many incidents for dots, the
strength of a cell says how many of the row lie there. The drawing is as wide as a phone, so it has one form only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from postmortems.analyse.statistics import Summary
from postmortems.render.charts.log_axis import MINUTE, Dot, LogAxis, Piles
from postmortems.render.charts.svg import (
    NOTHING,
    Form,
    circle,
    frame,
    horizontal,
    joined,
    link,
    number,
    path,
    rect,
    text,
    vertical,
)

WIDTH = 380
_LEFT, _GUTTER, _RIGHT = 58, 40, 322
_TOP = 22
_ROW = 25
_LEVEL = 6.0
_PILES = Piles(in_gutter=4, pitch=8.6, inset=7, gap=7.4)
_CELL = 9
_SHADES = 4
_TICKS = (
    (timedelta(minutes=10), "10 min"),
    (timedelta(hours=1), "1 h"),
    (timedelta(hours=6), "6 h"),
    (timedelta(days=1), "1 d"),
    (timedelta(weeks=1), "1 wk"),
    (timedelta(days=60), "60 d"),
    (timedelta(days=365), "1 y"),
)


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One row: its name, its figures, and its incidents as dots, or as `lengths` that are counted in cells.

    `href` and `title` are those of the row as a whole, where it is counted. `note` takes the place of the figures
    where a row has no incident.
    """

    name: str
    summary: Summary
    dots: tuple[Dot, ...] = ()
    lengths: tuple[timedelta, ...] = ()
    href: str = ""
    title: str = ""
    note: str = ""

    @property
    def known(self) -> str:
        """The number of known lengths, and of how many where that is not the same and there is room for it."""
        total = self.summary.n + self.summary.missing
        return f"{self.summary.n} of {total}" if self.summary.missing and total < 1000 else str(self.summary.n)


def scale_of(longest: timedelta) -> timedelta:
    """The end of the scale for all panels: at least a week, so that small corpora look like later ones."""
    return max(longest * 1.15, timedelta(weeks=1))


def levels_of(rows: Sequence[PanelRow], last: timedelta) -> list[int]:
    """The number of levels of dots that each row needs, so that panels beside each other can have the same rows."""
    return [_PILES.of(row.dots, _axis(last))[1] for row in rows]


def clock_panel(
    rows: Sequence[PanelRow], levels: Sequence[int], totals: Sequence[PanelRow], last: timedelta, label: str
) -> Markup:
    """The rows, each with room for its `levels`, and below a line the totals of all and of each severity."""
    axis = _axis(last)
    body: list[Markup] = []
    top: float = _TOP
    for row, level in zip(rows, levels, strict=True):
        drawn, top = _row(row, axis, top, level)
        body.append(drawn)
    body.append(horizontal("pm-axis", top + 5, 0, WIDTH))
    top += 9
    for row in totals:
        drawn, top = _row(row, axis, top)
        body.append(drawn)
    bottom = top + 4
    return frame(Form.PANEL, WIDTH, bottom + 2, [axis.frame(_TOP, bottom, _TICKS, WIDTH), *body], label=label)


def _axis(last: timedelta) -> LogAxis:
    return LogAxis(_LEFT, _GUTTER, _RIGHT, last)


def _row(row: PanelRow, axis: LogAxis, top: float, levels: int = 1) -> tuple[Markup, float]:
    """One row below `top`, and where the next one begins."""
    places, _ = _PILES.of(row.dots, axis)
    height = _ROW + max(0, levels - 2) * _LEVEL
    floor = top + height - 11
    shapes = [text(0, floor + 4, row.name, "pm-t-year")]
    if row.note:
        shapes.append(text(_LEFT + _GUTTER + 6, floor + 4, row.note, "pm-t-faint"))
        return joined(shapes), top + height
    shapes += [text(WIDTH, floor + 4, row.known, "pm-t-faint", "end"), _interval(row.summary, axis, floor)]
    if row.lengths:
        shapes.append(_cells(row, axis, floor))
    for dot, x, level in places:
        shapes.append(link(dot.href, dot.title, circle("pm-d", x, floor - level * _LEVEL, 3.5)))
    if row.summary.median is not None:
        shapes.append(vertical("pm-med", axis.x(row.summary.median), floor - 9, floor + 9))
    return joined(shapes), top + height


def _interval(summary: Summary, axis: LogAxis, floor: float) -> Markup:
    if summary.low is None:
        return NOTHING
    left, right = axis.x(summary.low) - 4, (axis.x(summary.high) + 4 if summary.high is not None else float(_RIGHT))
    return rect("pm-iv", left, floor - 7, right - left, 14, rx=2)


def _cells(row: PanelRow, axis: LogAxis, floor: float) -> Markup:
    """The lengths of a row counted in cells: one link, and one path for all cells of a shade."""
    counts: dict[int, int] = {}
    for length in row.lengths:
        # Everything up to a minute is one cell, which fills the gutter.
        place = -1 if length <= MINUTE else int((axis.x(length) - axis.begin) // _CELL)
        counts[place] = counts.get(place, 0) + 1
    most = max(counts.values())
    shades: dict[int, list[str]] = {}
    for place, count in sorted(counts.items()):
        left, width = (axis.left, axis.gutter) if place < 0 else (axis.begin + place * _CELL, _CELL - 1.0)
        cell = f"M{number(left)} {number(floor - 6)}h{number(width)}v12h{number(-width)}z"
        shades.setdefault(-(-_SHADES * count // most), []).append(cell)
    paths = (path(f"pm-heat pm-heat--{shade}", "".join(cells)) for shade, cells in sorted(shades.items()))
    return link(row.href, row.title, *paths)

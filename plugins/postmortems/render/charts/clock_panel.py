"""One clock: each incident a dot on a log axis, a row a year or quarter, newest first, with median and interval.

Panels of several clocks share one scale, so that they can be compared. Where there are too many incidents for dots, the
strength of a cell says how many of the row lie there. The drawing is as wide as a phone, so it has one form only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup, escape

from postmortems.analyse.statistics import Summary
from postmortems.render.charts.log_axis import MINUTE, LogAxis
from postmortems.render.charts.svg import number, text

WIDTH = 380
_LEFT, _GUTTER, _RIGHT = 58, 40, 322
_TOP = 22
_ROW = 25
_PITCH = 8.6
_LEVEL = 6.0
_IN_GUTTER = 4
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
_EMPTY = Markup("")


@dataclass(frozen=True, slots=True)
class PanelDot:
    """One incident whose length is known; `href` and `title` are escaped."""

    length: timedelta
    href: Markup
    title: Markup


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One row: its name, its figures, and its incidents as dots, or as `lengths` that are counted in cells.

    `href` and `title` (escaped) are those of the row as a whole, where it is counted. `note` stands in the place of a
    row that has no incident.
    """

    name: str
    summary: Summary
    dots: tuple[PanelDot, ...] = ()
    lengths: tuple[timedelta, ...] = ()
    href: Markup = _EMPTY
    title: Markup = _EMPTY
    note: str = ""

    @property
    def known(self) -> str:
        """How many lengths are known, and of how many where that is not the same and there is room for it."""
        total = self.summary.n + self.summary.missing
        return f"{self.summary.n} of {total}" if self.summary.missing and total < 1000 else str(self.summary.n)


def scale_of(longest: timedelta) -> timedelta:
    """The end of the scale for all panels: at least a week, so that small corpora look like later ones."""
    return max(longest * 1.15, timedelta(weeks=1))


def levels_of(rows: Sequence[PanelRow], last: timedelta) -> list[int]:
    """How many levels of dots each row needs, so that panels beside each other can have the same rows."""
    return [_stacked(_axis(last), row.dots)[1] for row in rows]


def clock_panel(
    rows: Sequence[PanelRow], levels: Sequence[int], totals: Sequence[PanelRow], last: timedelta, label: str
) -> Markup:
    """The rows, each with room for so many levels, and below a line the totals of all and of each severity."""
    axis = _axis(last)
    body: list[str] = []
    top: float = _TOP
    for row, level in zip(rows, levels, strict=True):
        drawn, top = _row(row, axis, top, level)
        body.append(drawn)
    body.append(f'<path class="pm-axis" d="M0 {number(top + 5)}H{WIDTH}"/>')
    top += 9
    for row in totals:
        drawn, top = _row(row, axis, top)
        body.append(drawn)
    bottom = top + 4
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg class="pm-chart pm-panel" viewBox="0 0 {WIDTH} {number(bottom + 2)}" role="group" '
        f'aria-label="{escape(label)}">{axis.frame(_TOP, bottom, _TICKS, WIDTH)}{"".join(body)}</svg>'
    )


def _axis(last: timedelta) -> LogAxis:
    return LogAxis(_LEFT, _GUTTER, _RIGHT, last)


def _row(row: PanelRow, axis: LogAxis, top: float, levels: int = 1) -> tuple[str, float]:
    """One row below `top`, and where the next one begins."""
    places, _ = _stacked(axis, row.dots)
    height = _ROW + max(0, levels - 2) * _LEVEL
    floor = top + height - 11
    drawn = [text(0, floor + 4, row.name, "pm-t-year")]
    if row.note:
        drawn.append(text(_LEFT + _GUTTER + 6, floor + 4, row.note, "pm-t-faint"))
        return "".join(drawn), top + height
    drawn += [text(WIDTH, floor + 4, row.known, "pm-t-faint", "end"), _interval(row.summary, axis, floor)]
    if row.lengths:
        drawn.append(_cells(row, axis, floor))
    for dot, x, level in places:
        drawn.append(
            f'<a class="pm-mark" href="{dot.href}"><title>{dot.title}</title>'
            f'<circle class="pm-d" cx="{number(x)}" cy="{number(floor - level * _LEVEL)}" r="3.5"/></a>'
        )
    if row.summary.median is not None:
        x = axis.x(row.summary.median)
        drawn.append(f'<path class="pm-med" d="M{number(x)} {number(floor - 9)}V{number(floor + 9)}"/>')
    return "".join(drawn), top + height


def _interval(summary: Summary, axis: LogAxis, floor: float) -> str:
    if summary.low is None:
        return ""
    left, right = axis.x(summary.low) - 4, (axis.x(summary.high) + 4 if summary.high is not None else float(_RIGHT))
    return (
        f'<rect class="pm-iv" x="{number(left)}" y="{number(floor - 7)}" width="{number(right - left)}" height="14" '
        f'rx="2"/>'
    )


def _stacked(axis: LogAxis, dots: Sequence[PanelDot]) -> tuple[list[tuple[PanelDot, float, int]], int]:
    """Every dot with its place and level: rows of four in the gutter, piles where they would overlap beside it."""
    found: list[tuple[PanelDot, float, int]] = []
    ends: list[float] = []
    within = 0
    for dot in sorted(dots, key=lambda one: one.length):
        if dot.length <= MINUTE:
            found.append((dot, axis.left + 7 + within % _IN_GUTTER * _PITCH, within // _IN_GUTTER))
            within += 1
            continue
        x = axis.x(dot.length)
        level = next((place for place, end in enumerate(ends) if end <= x - 7.4), len(ends))
        ends[level : level + 1] = [x]
        found.append((dot, x, level))
    return found, max(len(ends), -(-within // _IN_GUTTER))


def _cells(row: PanelRow, axis: LogAxis, floor: float) -> str:
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
    paths = "".join(
        f'<path class="pm-heat pm-heat--{shade}" d="{"".join(cells)}"/>' for shade, cells in sorted(shades.items())
    )
    return f'<a class="pm-mark" href="{row.href}"><title>{row.title}</title>{paths}</a>'

"""How many incidents each quarter had: a row a year, newest first, a square an incident, as heavy as its severity.

Where squares would be too many, a quarter is a cell with its number, the stronger its colour the more. As wide as a
phone, so it has one form only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from postmortems.render.charts.svg import number, text
from postmortems.render.words.severity import severity_weight

WIDTH = 380
_LEFT, _CELL = 44, 68
_TOP = 20
_SIDE, _PITCH, _A_LINE = 8, 9.2, 6
_ROW = 25
_SHADES = 5
_EMPTY = Markup("")


@dataclass(frozen=True, slots=True)
class Square:
    """One incident; `href` and `title` are escaped."""

    href: Markup
    title: Markup
    severity: str | None


@dataclass(frozen=True, slots=True)
class QuarterCell:
    """One quarter: its squares, or only their `count` with an escaped `href` and `title` where they are too many."""

    count: int
    squares: tuple[Square, ...] = ()
    href: Markup = _EMPTY
    title: Markup = _EMPTY
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """One year, its four quarters in order (None for one that is still to come), and what stands at the right.

    `note` stands in the place of years without an incident.
    """

    name: str
    cells: tuple[QuarterCell | None, ...] = ()
    total: str = ""
    note: str = ""


def quarter_grid(rows: Sequence[GridRow], scale: Sequence[str], label: str) -> Markup:
    """The picture; `scale` are the severities, worst first."""
    most = max((cell.count for row in rows for cell in row.cells if cell), default=0)
    drawn = [text(_LEFT + (place + 0.5) * _CELL - 4, 12, f"Q{place + 1}", "pm-t-tick", "middle") for place in range(4)]
    top: float = _TOP
    for row in rows:
        lines = max((-(-len(cell.squares) // _A_LINE) for cell in row.cells if cell), default=0)
        height = _ROW + max(0, lines - 2) * _PITCH
        drawn.append(f'<path class="pm-hair" d="M0 {number(top)}H{WIDTH}"/>')
        drawn.append(text(0, top + height / 2 + 4.5, row.name, "pm-t-year"))
        if row.note:
            drawn.append(text(_LEFT + 24 * (len(row.name) > 4), top + height / 2 + 4.5, row.note, "pm-t-faint"))
        drawn.append(text(WIDTH, top + height / 2 + 4.5, row.total, "pm-t-faint", "end"))
        for place, cell in enumerate(row.cells):
            if cell is not None:
                drawn.append(_cell(cell, _LEFT + place * _CELL, top, height, most, scale))
        top += height
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg class="pm-chart pm-panel" viewBox="0 0 {WIDTH} {number(top + 3)}" role="group" '
        f'aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )


def _cell(cell: QuarterCell, left: float, top: float, height: float, most: int, scale: Sequence[str]) -> str:
    frame = (
        f'<rect class="pm-flag" x="{number(left)}" y="{number(top + 2)}" width="{_CELL - 8}" '
        f'height="{number(height - 4)}"/>'
        if cell.stands_out
        else ""
    )
    if not cell.squares:
        return frame + (_counted(cell, left, top, most) if cell.count else "")
    drawn = []
    for place, one in enumerate(cell.squares):
        x = left + 3 + place % _A_LINE * _PITCH
        y = top + height - 4 - _SIDE - place // _A_LINE * _PITCH
        weight = severity_weight(one.severity, scale)
        drawn.append(
            f'<a class="pm-mark" href="{one.href}"><title>{one.title}</title><rect class="pm-q pm-q--{weight}" '
            f'x="{number(x)}" y="{number(y)}" width="{_SIDE}" height="{_SIDE}"/></a>'
        )
    return frame + "".join(drawn)


def _counted(cell: QuarterCell, left: float, top: float, most: int) -> str:
    shade = -(-_SHADES * cell.count // most)
    return (
        f'<a class="pm-mark" href="{cell.href}"><title>{cell.title}</title><rect class="pm-heat pm-heat--{shade}" '
        f'x="{number(left + 2)}" y="{number(top + 4)}" width="{_CELL - 12}" height="{_ROW - 8}"/>'
        f'<text x="{number(left + _CELL / 2 - 4)}" y="{number(top + _ROW / 2 + 4.5)}" text-anchor="middle" '
        f'class="pm-t-heat">{cell.count}</text></a>'
    )

"""The incidents of each quarter: a row a year, newest first, a square an incident, as heavy as its severity.

Where squares would be too many, a quarter is a cell with its number, the stronger its colour the more. As wide as a
phone, so it has one form only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.render.charts.density import heat_count
from postmortems.render.charts.svg import NOTHING, Form, frame, horizontal, joined, link, rect, text
from postmortems.render.words.severity import severity_weight

WIDTH = 380
_LEFT, _CELL = 44, 68
_TOP = 20
_SIDE, _PITCH, _A_LINE = 8, 9.2, 6
_ROW = 25
_SHADES = 5


@dataclass(frozen=True, slots=True)
class Square:
    """One incident."""

    href: str
    title: str
    severity: str | None


@dataclass(frozen=True, slots=True)
class QuarterCell:
    """One quarter: its squares, or only their `count` with an `href` and a `title` where they are too many."""

    count: int
    squares: tuple[Square, ...] = ()
    href: str = ""
    title: str = ""
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """One year, its four quarters in order (None for one that is still to come), and the `total` at the right.

    `note` takes the place of the cells of years without an incident.
    """

    name: str
    cells: tuple[QuarterCell | None, ...] = ()
    total: str = ""
    note: str = ""


def quarter_grid(rows: Sequence[GridRow], scale: Sequence[str], label: str) -> Markup:
    """The picture; `scale` are the severities, worst first."""
    most = max((cell.count for row in rows for cell in row.cells if cell), default=0)
    shapes = [text(_LEFT + (place + 0.5) * _CELL - 4, 12, f"Q{place + 1}", "pm-t-tick", "middle") for place in range(4)]
    top: float = _TOP
    for row in rows:
        lines = max((-(-len(cell.squares) // _A_LINE) for cell in row.cells if cell), default=0)
        height = _ROW + max(0, lines - 2) * _PITCH
        shapes.append(horizontal("pm-hair", top, 0, WIDTH))
        shapes.append(text(0, top + height / 2 + 4.5, row.name, "pm-t-year"))
        if row.note:
            shapes.append(text(_LEFT + 24 * (len(row.name) > 4), top + height / 2 + 4.5, row.note, "pm-t-faint"))
        shapes.append(text(WIDTH, top + height / 2 + 4.5, row.total, "pm-t-faint", "end"))
        for place, cell in enumerate(row.cells):
            if cell is not None:
                shapes.append(_cell(cell, _LEFT + place * _CELL, top, height, most, scale))
        top += height
    return frame(Form.PANEL, WIDTH, top + 3, shapes, label=label)


def _cell(cell: QuarterCell, left: float, top: float, height: float, most: int, scale: Sequence[str]) -> Markup:
    flag = rect("pm-flag", left, top + 2, _CELL - 8, height - 4) if cell.stands_out else NOTHING
    if not cell.squares:
        return flag + (_counted(cell, left, top, most) if cell.count else NOTHING)
    squares = []
    for place, square in enumerate(cell.squares):
        x = left + 3 + place % _A_LINE * _PITCH
        y = top + height - 4 - _SIDE - place // _A_LINE * _PITCH
        weight = severity_weight(square.severity, scale)
        squares.append(link(square.href, square.title, rect(f"pm-q pm-q--{weight}", x, y, _SIDE, _SIDE)))
    return flag + joined(squares)


def _counted(cell: QuarterCell, left: float, top: float, most: int) -> Markup:
    shade = -(-_SHADES * cell.count // most)
    return link(
        cell.href,
        cell.title,
        rect(f"pm-heat pm-heat--{shade}", left + 2, top + 4, _CELL - 12, _ROW - 8),
        heat_count(left + _CELL / 2 - 4, top + _ROW / 2 + 4.5, cell.count),
    )

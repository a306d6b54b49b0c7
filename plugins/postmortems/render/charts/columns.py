"""Columns over quarters, each a pile of parts with its number; and the same as rows, where columns have no room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.model.quarter import Quarter
from postmortems.render.charts.svg import NOTHING, frame, horizontal, joined, link, rect, text
from postmortems.render.words.figures import quarter_words

HALF, NARROW, WIDE = 560, 358, 1180
_LEFT, _TOP, _GROUND, _HEIGHT = 28, 20, 150, 184
_ROW, _NAME = 22, 64
_YEAR = 36


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a column. Its number is written in it in the class `ink`, or above all parts in the class `above`."""

    css_class: str
    count: int
    ink: str = ""
    above: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One quarter: its parts from the ground up, the number above them, and its link.

    A `total` is an outline around the parts. `is_framed`: the quarter stands out.
    """

    quarter: Quarter
    parts: tuple[Part, ...]
    title: str
    href: str
    number: str = ""
    total: int = 0
    is_framed: bool = False

    @property
    def height(self) -> int:
        """The number of all parts, or `total` where an outline is drawn around them."""
        return max(sum(part.count for part in self.parts), self.total)


def columns(items: Sequence[Column], label: str, width: int, css_class: str) -> Markup:
    """The columns of quarters in a row, oldest first."""
    most = max((column.height for column in items), default=0) or 1
    step = _step(most)
    top = -(-most // step) * step
    shapes = [
        joined((horizontal("pm-hair", y, _LEFT, width), text(_LEFT - 5, y + 4, f"{value:,}", "pm-t-tick", "end")))
        for value in range(step, top + 1, step)
        for y in (_GROUND - value / top * (_GROUND - _TOP),)
    ]
    slot = (width - _LEFT) / max(len(items), 6)
    for place, column in enumerate(items):
        left = _LEFT + place * slot
        # The year of the first column is left out where the next year's name would touch it.
        until_next = (5 - column.quarter.number) * slot if place == 0 and len(items) > 5 - column.quarter.number else 99
        if column.quarter.number == 1 or (place == 0 and until_next >= _YEAR):
            shapes.append(text(left + 1, _GROUND + 29, str(column.quarter.year), "pm-t-year"))
        shapes.append(_column(column, left, slot, top))
    shapes.append(horizontal("pm-axis", _GROUND + 0.5, _LEFT, width))
    return frame(f"pm-chart {css_class}", width, _HEIGHT, shapes, label=label)


def rows(items: Sequence[Column], label: str, css_class: str) -> Markup:
    """The quarters below each other, the newest first, for a phone."""
    most = max((column.height for column in items), default=0) or 1
    shapes = []
    for place, column in enumerate(reversed(items)):
        y, x = place * _ROW, float(_NAME)
        drawn: list[Markup] = []
        for part in column.parts:
            length = part.count / most * (NARROW - _NAME - 2)
            if part.count:
                drawn.append(rect(part.css_class, x + 0.5, y + 3.5, max(length - 1, 0.8), 15))
                if part.ink and length > 9 * len(f"{part.count:,}") + 4:
                    drawn.append(text(x + length / 2, y + 15, f"{part.count:,}", part.ink, "middle"))
            x += length
        shapes.append(text(0, y + 15, quarter_words(column.quarter), "pm-t-tick"))
        shapes.append(link(column.href, column.title, *drawn) if drawn else NOTHING)
    return frame(f"pm-chart {css_class}", NARROW, len(items) * _ROW + 2, shapes, label=label)


def _step(most: int) -> int:
    """A round step that divides a scale into at most five parts."""
    step = 1
    while step * 5 < most:
        step = step * 2 if str(step)[0] in "15" else step * 5 // 2
    return step


def _column(column: Column, left: float, slot: float, top: int) -> Markup:
    x, width = left + slot * 0.14, slot * 0.72
    unit = (_GROUND - _TOP) / top
    middle, y = left + slot / 2, float(_GROUND)
    drawn = [rect("pm-hit", left, _TOP, slot, _GROUND - _TOP)]
    number, number_class = column.number, "pm-t-label"
    if column.total:
        drawn.append(rect("pm-tot", x, _GROUND - column.total * unit, width, column.total * unit))
    for part in column.parts:
        height = part.count * unit
        if part.count:
            drawn.append(rect(part.css_class, x + 0.6, y - height + 0.6, max(width - 1.2, 1), max(height - 1.2, 0.8)))
            if part.ink and height >= 15 and width >= 8 * len(f"{part.count:,}"):
                drawn.append(text(middle, y - height / 2 + 4, f"{part.count:,}", part.ink, "middle"))
            elif part.above:
                number, number_class = f"{part.count:,}", part.above
        y -= height
    if number:
        drawn.append(text(middle, y - 5, number, number_class, "middle"))
    if column.is_framed:
        drawn.append(rect("pm-flag", left + 1, y - 19, slot - 2, _GROUND - y + 19))
    drawn.append(text(middle, _GROUND + 14, f"Q{column.quarter.number}", "pm-t-tick", "middle"))
    return link(column.href, column.title, *drawn) if column.href else joined(drawn)

"""Action items by the quarter in which they fell due: a row a quarter, newest first, a bar of those done and others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.analyse.actions import ActionCounts
from postmortems.render.charts.svg import Form, frame, joined, rect, text

WIDTH = 380
_LEFT, _RIGHT = 68, 300
_ROW = 22


@dataclass(frozen=True, slots=True)
class DueRow:
    """The items of one row, with its name and the words at its end.

    A row with a `note` has it in the place of the bar: it is no quarter, and would dwarf those that are.
    """

    name: str
    counts: ActionCounts
    words: str
    note: str = ""


def due_rows(rows: Sequence[DueRow], label: str) -> Markup:
    """The bars, on one scale: as long as the most items of a row."""
    most = max((row.counts.total for row in rows if not row.note), default=0)
    shapes: list[Markup] = []
    for place, row in enumerate(rows):
        top = place * _ROW
        shapes += [
            text(0, top + 15, row.name, "pm-t-year"),
            text(WIDTH, top + 15, row.words, "pm-t-faint", "end"),
            text(_LEFT, top + 15, row.note, "pm-t-faint") if row.note else _bar(row.counts, top, most),
        ]
    return frame(Form.PANEL, WIDTH, len(rows) * _ROW + 2, shapes, label=label, role="img")


def _bar(counts: ActionCounts, top: float, most: int) -> Markup:
    parts = (("done", counts.done), ("open", counts.open), ("unk", counts.unknown), ("drop", counts.dropped))
    x, bars = float(_LEFT), []
    for state, count in parts:
        width = count / most * (_RIGHT - _LEFT) if most else 0
        if width:
            bars.append(rect(f"pm-as pm-as--{state}", x + 0.8, top + 4.5, max(width - 1.6, 1), 13))
        x += width
    return joined(bars)

"""What became of action items: a row a quarter in which they fell due, newest first, a bar of those done and others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from postmortems.analyse.actions import ActionCounts
from postmortems.render.charts.svg import number, text

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
    drawn: list[str] = []
    for place, row in enumerate(rows):
        top = place * _ROW
        drawn += [
            text(0, top + 15, row.name, "pm-t-year"),
            text(WIDTH, top + 15, row.words, "pm-t-faint", "end"),
            text(_LEFT, top + 15, row.note, "pm-t-faint") if row.note else _bar(row.counts, top, most),
        ]
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg class="pm-chart pm-panel" viewBox="0 0 {WIDTH} {len(rows) * _ROW + 2}" role="img" '
        f'aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )


def _bar(counts: ActionCounts, top: float, most: int) -> str:
    parts = (("done", counts.done), ("open", counts.open), ("unk", counts.unknown), ("drop", counts.dropped))
    x, drawn = float(_LEFT), []
    for look, count in parts:
        width = count / most * (_RIGHT - _LEFT) if most else 0
        if width:
            drawn.append(
                f'<rect class="pm-as pm-as--{look}" x="{number(x + 0.8)}" y="{number(top + 4.5)}" '
                f'width="{number(max(width - 1.6, 1))}" height="13"/>'
            )
        x += width
    return "".join(drawn)

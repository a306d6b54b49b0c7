"""Labels of the moments above the phase bar, on as many levels as they need so that none touches another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from postmortems.render.charts.phase_layout import ZERO, Moment, PhaseLayout
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import number, path, text
from postmortems.render.words.formats import duration_words

LEVEL_HEIGHT = 36
_GAP = 8
_BESIDE = 4


class Label(NamedTuple):
    """Two lines at `x` that reach from `left` to `right`; the moment itself is at `at`. Level 0 is next to the bar.

    The first line is the moment's `name`, the second the `clock` time, with the time since the start.
    """

    name: str
    clock: str
    at: float
    x: float
    left: float
    right: float
    anchor: str
    level: int = 0


def labels_of(moments: Iterable[Moment], layout: PhaseLayout, width: float) -> tuple[list[Label], int]:
    """The labels in the order of the moments, and the number of levels they take.

    Labels are stacked from left to right; from right to left if that avoids a line through a label.
    """
    labels = [_label(moment, layout, width) for moment in moments]
    placed = min((_stacked(labels), _stacked(labels[::-1])[::-1]), key=_crossings)
    return placed, max((label.level + 1 for label in placed), default=1)


def label_shapes(labels: Sequence[Label], levels: int, width: float, below: float) -> list[Markup]:
    """The lines of the moments down to `below`, and their labels."""

    def y(label: Label) -> float:
        return 14 + LEVEL_HEIGHT * (levels - 1 - label.level)

    lines = [
        f"M{number(min(max(label.at, 0.8), width - 0.8))} {number(y(label) + 22)}V{number(below)}" for label in labels
    ]
    shapes = [path("pm-tickline", "".join(lines))]
    for label in labels:
        shapes.append(text(label.x, y(label), label.name, "pm-t-label pm-t-strong", label.anchor))
        shapes.append(text(label.x, y(label) + 16, label.clock, "pm-t-label", label.anchor))
    return shapes


def _label(moment: Moment, layout: PhaseLayout, width: float) -> Label:
    """The label of one moment on the lowest level; with its day once the bar crosses midnight."""
    at = width * (moment.at / layout.extent)
    name = ", ".join(moment.names)
    clock = f"{moment.day} {moment.clock}" if layout.several_days else moment.clock
    if moment.since is not None and moment.since < ZERO:
        clock += " · before the start"
    elif moment.since is not None and moment.at > ZERO:
        clock += f" · +{duration_words(moment.since)}"
    room = max(text_width(name, 12, bold=True), text_width(clock, 12))
    anchor, x, left = "middle", at, at - room / 2
    if left < 0:
        anchor, x = "", at if at > 8 else 0.0
        left = x
    elif at + room / 2 > width:
        anchor, x = "end", at if at < width - 2 else width
        left = x - room
    return Label(name, clock, at, x, left, left + room, anchor)


def _stacked(labels: Sequence[Label]) -> list[Label]:
    """Labels in the order given, each on the lowest level where it touches none and hides no line of a higher one."""
    placed: list[Label] = []
    for label in labels:
        level = 0
        while any(
            (other.level == level and other.right + _GAP > label.left and label.right + _GAP > other.left)
            or (other.level > level and _runs_through(other, label))
            for other in placed
        ):
            level += 1
        placed.append(label._replace(level=level) if level else label)
    return placed


def _crossings(placed: Sequence[Label]) -> int:
    """The number of lines that run through a label below theirs."""
    return sum(upper.level > lower.level and _runs_through(upper, lower) for upper in placed for lower in placed)


def _runs_through(upper: Label, lower: Label) -> bool:
    return lower.left - _BESIDE < upper.at < lower.right + _BESIDE

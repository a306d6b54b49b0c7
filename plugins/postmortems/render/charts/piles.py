"""Incidents on a calendar as dots, piled where two would touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from postmortems.render.charts.mark import Mark
from postmortems.render.charts.svg import circle
from postmortems.render.charts.time_axis import TimeAxis

PITCH = 10.4
_RADIUS = 4.6
_HIT = 7

Piled = tuple[Mark, float, int]
"""A mark with its place on the calendar and its level in the pile, from 0."""


def piled(marks: Sequence[Mark], axis: TimeAxis) -> list[Piled]:
    """Marks, oldest first, in slots of one width: those of one slot stand on each other."""
    levels: Counter[int] = Counter()
    placed: list[Piled] = []
    last = int((axis.right - axis.left) / PITCH) - 1
    for mark in marks:
        slot = min(max(int((axis.x(mark.at) - axis.left) / PITCH), 0), last)
        placed.append((mark, axis.left + (slot + 0.5) * PITCH, levels[slot]))
        levels[slot] += 1
    return placed


def tallest(marks: Sequence[Mark], axis: TimeAxis) -> int:
    """The height of the highest pile."""
    return max((level + 1 for *_, level in piled(marks, axis)), default=0)


def dot(mark: Mark, x: float, y: float, on: frozenset[str] | None) -> Markup:
    """One incident as a link: solid if its address is among `on` (None is all), else hollow."""
    off = "" if on is None or mark.href in on else " is-off"
    return mark.link(circle("pm-hit", x, y, _HIT), circle(f"pm-q2{off}", x, y, _RADIUS))

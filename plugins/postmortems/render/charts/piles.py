"""Incidents on a calendar as dots, piled where two would touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from postmortems.render.charts.mark import Mark
from postmortems.render.charts.svg import element, group, hit
from postmortems.render.charts.time_axis import TimeAxis

PITCH = 10.4
_HIT = hit(7)
_SOLID, _HOLLOW = (element("circle", css_class=css_class, r=4.6) for css_class in (None, "pm-off"))

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


def dots(found: Iterable[Piled], y: Callable[[int], float], on: frozenset[str] | None) -> Markup:
    """Incidents as links, at the height of their level: solid if `on` has their address or is None, else hollow."""
    heads = ((each, _SOLID if on is None or each[0].href in on else _HOLLOW) for each in found)
    return group("pm-q2", (mark.link(x, y(level), _HIT, head) for (mark, x, level), head in heads))

"""Some incidents as squares, one each, oldest first, filled where something holds: a share that can be counted.

Only filled squares are links; the others are what they are counted among.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.render.charts.svg import frame, link, path, rect

MOST = 120
"""The number of incidents up to which each has a square; a bar shows the share of more."""

_SIDE = 10
_PITCH = 13
_A_ROW = 22
_BAR = 286


@dataclass(frozen=True, slots=True)
class Unit:
    """One incident."""

    href: str
    title: str
    is_on: bool


def units(incidents: Sequence[Unit], label: str) -> Markup:
    """The squares, or a bar where there are too many."""
    on = sum(unit.is_on for unit in incidents)
    if len(incidents) > MOST:
        return _bar(on, len(incidents), label)
    empty: list[str] = []
    filled: list[Markup] = []
    for place, unit in enumerate(incidents):
        x, y = 1 + place % _A_ROW * _PITCH, 1 + place // _A_ROW * _PITCH
        if unit.is_on:
            filled.append(link(unit.href, unit.title, rect("pm-unit is-on", x, y, _SIDE, _SIDE)))
        else:
            empty.append(f"M{x} {y}h{_SIDE}v{_SIDE}h-{_SIDE}z")
    width = 1 + min(len(incidents), _A_ROW) * _PITCH
    height = 1 + -(-len(incidents) // _A_ROW) * _PITCH
    ground = [path("pm-unit", "".join(empty))] if empty else []
    return frame("pm-units", width, height, [*ground, *filled], label=label, is_sized=True)


def _bar(on: int, of: int, label: str) -> Markup:
    bars = (rect("pm-unit is-on", 1, 2, _BAR * on / of, 10), rect("pm-unit", 1, 2, _BAR, 10))
    return frame("pm-units", _BAR + 2, 14, bars, label=label, role="img", is_sized=True)

"""Some incidents as squares, one each, oldest first, filled where something holds: a share that can be counted.

Only filled squares are marks with a link; the others are what they are counted among.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from postmortems.render.charts.svg import number

MOST = 120
"""The number of incidents up to which each has a square; a bar shows the share of more."""

_SIDE = 10
_PITCH = 13
_A_ROW = 22
_BAR = 286


@dataclass(frozen=True, slots=True)
class Unit:
    """One incident; `href` and `title` are escaped."""

    href: Markup
    title: Markup
    is_on: bool


def units(members: Sequence[Unit], label: str) -> Markup:
    """The squares, or a bar where there are too many."""
    on = sum(one.is_on for one in members)
    if len(members) > MOST:
        return _bar(on, len(members), label)
    empty: list[str] = []
    drawn: list[str] = []
    for place, one in enumerate(members):
        x, y = 1 + place % _A_ROW * _PITCH, 1 + place // _A_ROW * _PITCH
        if one.is_on:
            drawn.append(
                f'<a class="pm-mark" href="{one.href}"><title>{one.title}</title><rect class="pm-unit is-on" x="{x}" '
                f'y="{y}" width="{_SIDE}" height="{_SIDE}"/></a>'
            )
        else:
            empty.append(f"M{x} {y}h{_SIDE}v{_SIDE}h-{_SIDE}z")
    width = 1 + min(len(members), _A_ROW) * _PITCH
    height = 1 + -(-len(members) // _A_ROW) * _PITCH
    ground = f'<path class="pm-unit" d="{"".join(empty)}"/>' if empty else ""
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg class="pm-units" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" '
        f'aria-label="{escape(label)}">{ground}{"".join(drawn)}</svg>'
    )


def _bar(on: int, of: int, label: str) -> Markup:
    filled = number(_BAR * on / of)
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg class="pm-units" viewBox="0 0 {_BAR + 2} 14" width="{_BAR + 2}" height="14" role="img" '
        f'aria-label="{escape(label)}"><rect class="pm-unit is-on" x="1" y="2" width="{filled}" height="10"/>'
        f'<rect class="pm-unit" x="1" y="2" width="{_BAR}" height="10"/></svg>'
    )

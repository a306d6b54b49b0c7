"""An incident as a mark in a picture of time: a head on a stem whose height is its length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup, escape

from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.base.families import leading_mark
from postmortems.render.charts.svg import number
from postmortems.render.charts.time_axis import when
from postmortems.render.words.incident import mark_title


@dataclass(frozen=True, slots=True)
class Mark:
    """What is drawn of one incident. `href` and `title` are escaped.

    `length` is until the resolution, else until the mitigation (`is_open`: the end is unknown), else None.
    """

    href: Markup
    title: Markup
    shape: str
    at: datetime
    year: int
    length: timedelta | None
    is_open: bool
    severity: str
    owner: str
    small: bool = False

    def link(self, inner: str) -> str:
        """The mark as a link around what is drawn of it."""
        family = "neutral" if self.shape == "none" else self.shape
        return f'<a class="pm-mark pm-f-{family}" href="{self.href}"><title>{self.title}</title>{inner}</a>'

    def head(self, x: float, y: float, scale: float = 1.0) -> str:
        """The head, hollow where the end is unknown."""
        hollow = " pm-head--open" if self.is_open or self.length is None else ""
        scale *= 0.62 if self.small else 1.0
        place = (
            f'x="{number(x)}" y="{number(y)}"'
            if scale == 1
            else f'transform="translate({number(x)} {number(y)}) scale({scale:.3g})"'
        )
        return f'<use class="pm-head{hollow}" href="#pm-{self.shape}" {place}/>'

    def stem(self, x: float, ground: float, top: float) -> str:
        """The stem from the ground to the head, dashed where the end is unknown; none where there is no room."""
        if top >= ground - 4:
            return ""
        dashed = " pm-stem--open" if self.is_open else ""
        return f'<path class="pm-stem{dashed}" d="M{number(x)} {number(ground)}V{number(top + 4)}"/>'


def marks(
    postmortems: Iterable[Postmortem], context: PageContext, shape: str = "", small: frozenset[str] = frozenset()
) -> list[Mark]:
    """The marks of incidents whose day is known, in time. `small` holds the paths of those drawn smaller."""
    found = []
    for one in postmortems:
        if one.day is None:
            continue
        lengths = context.analysis.durations_of(one)
        found.append(
            Mark(
                href=escape(context.addresses.postmortem(one)),
                title=mark_title(one, lengths),
                shape=shape or leading_mark(one, context),
                at=when(one),
                year=one.day.year,
                length=lengths.to_mitigate if lengths.to_recover is None else lengths.to_recover,
                is_open=lengths.to_recover is None,
                severity=one.front_matter.severity or "",
                owner=one.front_matter.owner or "",
                small=one.path in small,
            )
        )
    return found

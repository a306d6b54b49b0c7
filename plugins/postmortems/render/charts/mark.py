"""An incident as a mark in a picture of time: a head on a stem whose height is its length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.base.families import SHAPES, leading_mark
from postmortems.render.charts.svg import NOTHING, link, number, path, vertical
from postmortems.render.charts.time_axis import when
from postmortems.render.words.incident import mark_title


@dataclass(frozen=True, slots=True)
class Mark:
    """An incident as it is drawn.

    `length` is until the resolution, else until the mitigation (`is_open`: the end is unknown), else None.
    """

    href: str
    title: str
    shape: str
    at: datetime
    year: int
    length: timedelta | None
    is_open: bool
    severity: str
    name: str

    @property
    def family(self) -> str:
        """The class that colours it."""
        return f"pm-f-{'neutral' if self.shape == 'none' else self.shape}"

    def link(self, x: float, y: float, *shapes: str, family: str = "") -> Markup:
        """The mark as a link around its shapes, which are drawn around `x` and `y`; `family` colours them."""
        look = f"pm-mark {family}" if family else "pm-mark"
        place = f"translate({number(x)} {number(y)})"
        return link(self.href, self.title, *shapes, css_class=look, transform=place)

    @property
    def head(self) -> Markup:
        """The head, hollow where the end is unknown."""
        is_hollow = self.is_open or self.length is None
        return path("pm-head pm-head--open" if is_hollow else "pm-head", SHAPES[self.shape])

    def stem(self, height: float) -> Markup:
        """The stem below the head, dashed where the end is unknown; none where there is no room."""
        if height <= 4:
            return NOTHING
        return vertical("pm-stem pm-stem--open" if self.is_open else "pm-stem", 0, height, 4)


def marks(postmortems: Iterable[Postmortem], context: PageContext, shape: str = "") -> list[Mark]:
    """The marks of incidents whose day is known, in time."""
    found = []
    for postmortem in postmortems:
        if postmortem.day is None:
            continue
        lengths = context.analysis.durations_of(postmortem)
        found.append(
            Mark(
                href=context.addresses.postmortem(postmortem),
                title=mark_title(postmortem, lengths),
                shape=shape or leading_mark(postmortem, context),
                at=when(postmortem),
                year=postmortem.day.year,
                length=lengths.to_mitigate if lengths.to_recover is None else lengths.to_recover,
                is_open=lengths.to_recover is None,
                severity=postmortem.front_matter.severity or "",
                name=postmortem.title,
            )
        )
    return found

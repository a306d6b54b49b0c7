"""An incident as a mark in a picture of time: a head on a stem whose height is its length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.base.families import SHAPES, leading_mark
from postmortems.render.charts.svg import NOTHING, element, link, number, vertical
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
    small: bool = False

    def link(self, *shapes: str) -> Markup:
        """The mark as a link around its shapes."""
        family = "neutral" if self.shape == "none" else self.shape
        return link(self.href, self.title, *shapes, css_class=f"pm-mark pm-f-{family}")

    def head(self, x: float, y: float, scale: float = 1.0) -> Markup:
        """The head, hollow where the end is unknown."""
        hollow = " pm-head--open" if self.is_open or self.length is None else ""
        scale *= 0.62 if self.small else 1.0
        sized = "" if scale == 1 else f" scale({scale:.3g})"
        place = f"translate({number(x)} {number(y)}){sized}"
        return element("path", css_class=f"pm-head{hollow}", d=SHAPES[self.shape], transform=place)

    def stem(self, x: float, ground: float, top: float) -> Markup:
        """The stem from the ground to the head, dashed where the end is unknown; none where there is no room."""
        if top >= ground - 4:
            return NOTHING
        return vertical("pm-stem pm-stem--open" if self.is_open else "pm-stem", x, ground, top + 4)


def marks(
    postmortems: Iterable[Postmortem], context: PageContext, shape: str = "", small: frozenset[str] = frozenset()
) -> list[Mark]:
    """The marks of incidents whose day is known, in time. `small` holds the paths of those drawn smaller."""
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
                small=postmortem.path in small,
            )
        )
    return found

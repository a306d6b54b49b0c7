"""Which values are lacking, and where: what all other figures rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.analyse.quality import MissingValue
from postmortems.render.base.context import PageContext
from postmortems.render.charts.share_bar import share_bar
from postmortems.render.pages.metrics.figure_words import Links, links

MOST = 12
"""How many of the postmortems that lack a value are listed, the newest first; the data file has all."""


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One value: in how many postmortems it is known, and those that lack it. A `section` is no key."""

    value: str
    is_section: bool
    known: int
    asked: int
    bar: Markup
    lacking: Links


def quality_rows(lacks: Sequence[MissingValue], context: PageContext) -> list[QualityRow]:
    """A row a value, in the order of the front matter; nothing where no incident is counted."""
    return [
        QualityRow(
            value=one.value,
            is_section=" " in one.value,
            known=one.known,
            asked=one.asked,
            bar=share_bar(one.known, one.asked),
            lacking=links(one.lacking, context, MOST),
        )
        for one in lacks
        if one.asked
    ]

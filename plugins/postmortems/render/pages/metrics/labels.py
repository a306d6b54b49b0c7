"""What incidents have in common by name: root causes, services, triggers, and what contributed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.analyse.passages import FACTORS
from postmortems.analyse.tallies import FactorFigures, LabelFigures, Tallies, Tally
from postmortems.render.base.context import PageContext
from postmortems.render.charts.share_bar import share_bar
from postmortems.render.pages.metrics.figure_words import Links, links
from postmortems.render.pages.passages import PassageList, passages_of
from postmortems.render.words.incident import clipped

SHOWN = 8
"""How many labels of a kind are listed, the most frequent first; only those of several incidents are."""

LATEST = 5
"""Of how many incidents the contributing factors are listed, the newest first."""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label with its page, which lists its incidents, or without one and with them."""

    name: str
    href: str
    count: int
    bar: Markup
    incidents: Links


@dataclass(frozen=True, slots=True)
class LabelPart:
    """The labels of one kind. `once` is how many name a single incident each, `more` how many are left out."""

    rows: Sequence[LabelRow]
    n: int
    missing: int
    once: int
    more: int


@dataclass(frozen=True, slots=True)
class LabelsPart:
    """All labels as the page shows them; the contributing factors of the latest incidents stand in words."""

    root_causes: LabelPart
    services: LabelPart
    triggers: LabelPart
    contributing: LabelPart
    factors: FactorFigures
    latest: PassageList


def labels_part(figures: LabelFigures, context: PageContext) -> LabelsPart:
    """The section on labels."""

    def pattern_page(tally: Tally) -> str:
        return context.addresses.pattern(tally.key) if tally.key in context.corpus.pattern_by_id else ""

    return LabelsPart(
        root_causes=_part(figures.root_causes, lambda _: "", context),
        services=_part(figures.services, lambda tally: context.addresses.service(tally.label), context),
        triggers=_part(figures.triggers, lambda _: "", context),
        contributing=_part(figures.contributing.patterns, pattern_page, context),
        factors=figures.contributing,
        latest=passages_of(FACTORS, context.analysis.incidents[-LATEST:], context),
    )


def _part(tallies: Tallies, page: Callable[[Tally], str], context: PageContext) -> LabelPart:
    several = [one for one in tallies.items if one.count > 1]
    return LabelPart(
        rows=[
            LabelRow(
                name=clipped(one.label, 120),
                href=page(one),
                count=one.count,
                bar=share_bar(one.count, tallies.n),
                incidents=links(() if page(one) else one.members, context, 8),
            )
            for one in several[:SHOWN]
        ],
        n=tallies.n,
        missing=tallies.missing,
        once=len(tallies.items) - len(several),
        more=max(0, len(several) - SHOWN),
    )

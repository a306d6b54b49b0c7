"""Trends of patterns, growing or gone quiet, as far as their incidents can tell.

A pattern's share of the incidents of the last year is held against its share of those before, by an exact test. What
chance alone would often bring is called neither: with a handful of incidents that is nearly everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from postmortems.analyse.fisher import false_discovery_rates, fisher_p_value
from postmortems.analyse.occurrences import Occurrences
from postmortems.model.postmortem import Postmortem

PERIOD = timedelta(days=365)
"""The time that counts as lately."""

RATE = 0.1
"""The share of wrong ones to expect among all patterns that are said to grow or to have gone quiet."""


SUPPORT = 3
"""The fewest incidents, lately for growth and before for quiet, that are worth a word."""


class Direction(StrEnum):
    """Direction of a trend."""

    GROWS = "grows"
    QUIET = "quiet"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Trend:
    """A pattern lately and before: in how many of how many incidents, and what can be said of the difference."""

    direction: Direction
    lately: int
    of_lately: int
    before: int
    of_before: int


def trends(occurrences: Mapping[str, Occurrences], incidents: Iterable[Postmortem], today: date) -> Mapping[str, Trend]:
    """The trend of each pattern by its id; incidents without a day are left out.

    Both directions of all patterns are one family of comparisons, held to one false discovery rate.
    """
    since = today - PERIOD
    days = [incident.day for incident in incidents if incident.day]
    of_lately = sum(day > since for day in days)
    of_before = len(days) - of_lately
    counts: dict[str, tuple[int, int]] = {}
    chances: list[float] = []
    for name, found in occurrences.items():
        own = [occurrence.postmortem.day for occurrence in found.counted if occurrence.postmortem.day]
        lately = sum(day > since for day in own)
        before = len(own) - lately
        counts[name] = (lately, before)
        chances.append(fisher_p_value(lately, of_lately, before, of_before))
        # To be so rare lately is to be so frequent before.
        chances.append(fisher_p_value(before, of_before, lately, of_lately))
    rates = false_discovery_rates(chances)
    return {
        name: Trend(_direction(pair, *rates[2 * place : 2 * place + 2]), pair[0], of_lately, pair[1], of_before)
        for place, (name, pair) in enumerate(counts.items())
    }


def _direction(counts: tuple[int, int], grows: float, quiet: float) -> Direction:
    lately, before = counts
    if grows <= RATE and lately >= SUPPORT:
        return Direction.GROWS
    return Direction.QUIET if quiet <= RATE and before >= SUPPORT else Direction.NEITHER

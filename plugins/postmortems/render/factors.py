"""The contributing factors of some incidents, grouped by incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postmortems.model.postmortem import Postmortem
from postmortems.model.section import BlockKind
from postmortems.model.slug import slug
from postmortems.read.headings import plain_heading
from postmortems.render.incident_words import clipped, short_name
from postmortems.render.surroundings import Surroundings

SECTION = "Contributing Factors"
SHOWN = 6
"""The number of incidents whose factors are shown at once; the rest is folded."""

_MOST = 12
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Factors:
    """What contributed to one incident, in plain text, with a link to where that is told."""

    incident: str
    title: str
    href: str
    texts: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class FactorList:
    """The factors of all incidents that name any, newest first: those `shown`, and those `folded`."""

    shown: Sequence[Factors] = ()
    folded: Sequence[Factors] = ()
    total: int = 0
    missing: int = 0


def factors_of(members: Sequence[Postmortem], around: Surroundings) -> FactorList:
    """The factors of incidents given oldest first; `missing` counts those that list none."""
    found = [factors for one in reversed(members) if (factors := _of(one, around))]
    return FactorList(found[:SHOWN], found[SHOWN:], len(found), len(members) - len(found))


def _of(one: Postmortem, around: Surroundings) -> Factors | None:
    section = one.body.find(SECTION)
    if section is None:
        return None
    texts = [
        clipped(" ".join(plain_heading(block.text).split()), _LONGEST)
        for block in section.all_blocks()
        if block.kind is BlockKind.LIST_ITEM and block.depth == 1 and block.text.strip()
    ]
    if not texts:
        return None
    # The heading's anchor is the theme's own for plain words; of other headings only the page is linked.
    anchor = f"#{slug(section.title)}" if section.title.isascii() else ""
    return Factors(
        incident=short_name(one),
        title=one.title,
        href=f"{around.addresses.postmortem(one)}{anchor}",
        texts=tuple(texts[:_MOST]),
        more=max(0, len(texts) - _MOST),
    )

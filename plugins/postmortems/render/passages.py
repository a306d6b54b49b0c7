"""What several postmortems say in one of their sections, such as their contributing factors, grouped by incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postmortems.analyse.passages import passages
from postmortems.model.postmortem import Postmortem
from postmortems.model.slug import slug
from postmortems.read.headings import plain_heading
from postmortems.render.incident_words import clipped, short_name
from postmortems.render.surroundings import Surroundings

SHOWN = 6
"""The number of incidents whose passages are shown at once; the rest is folded."""

_MOST = 12
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Passages:
    """What one postmortem says in a section, in plain text, with a link to where it stands."""

    incident: str
    title: str
    href: str
    texts: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PassageList:
    """The passages of all incidents that have any, newest first: those `shown`, and those `folded`."""

    shown: Sequence[Passages] = ()
    folded: Sequence[Passages] = ()
    total: int = 0
    missing: int = 0


def passages_of(section: str, members: Sequence[Postmortem], around: Surroundings) -> PassageList:
    """What incidents given oldest first say in a section, by its canonical name; `missing` counts those without."""
    found = [said for one in reversed(members) if (said := _of(section, one, around))]
    return PassageList(found[:SHOWN], found[SHOWN:], len(found), len(members) - len(found))


def _of(name: str, one: Postmortem, around: Surroundings) -> Passages | None:
    section = one.body.find(name)
    if section is None:
        return None
    texts = [clipped(" ".join(plain_heading(text).split()), _LONGEST) for text in passages(name, one)]
    if not texts:
        return None
    # The heading's anchor is the theme's own for plain words; of other headings only the page is linked.
    anchor = f"#{slug(section.title)}" if section.title.isascii() else ""
    return Passages(
        incident=short_name(one),
        title=one.title,
        href=f"{around.addresses.postmortem(one)}{anchor}",
        texts=tuple(texts[:_MOST]),
        more=max(0, len(texts) - _MOST),
    )

"""What several postmortems say in one of their sections, such as their contributing factors, grouped by incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postmortems.model.postmortem import Postmortem
from postmortems.model.section import BlockKind
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
    found = [passages for one in reversed(members) if (passages := _of(section, one, around))]
    return PassageList(found[:SHOWN], found[SHOWN:], len(found), len(members) - len(found))


def _of(name: str, one: Postmortem, around: Surroundings) -> Passages | None:
    section = one.body.find(name)
    if section is None:
        return None
    items = [block for block in section.all_blocks() if block.kind is BlockKind.LIST_ITEM and block.depth == 1]
    # Some say it in prose; a lone "None: <reason>" is an answer, and nothing to gather.
    blocks = items or [block for block in section.blocks if block.kind is BlockKind.PARAGRAPH]
    texts = [clipped(" ".join(plain_heading(block.text).split()), _LONGEST) for block in blocks if block.text.strip()]
    texts = [text for text in texts if not text.casefold().startswith(("none:", "none –", "none -"))]
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

"""Names grouped by their slug: two spellings with one slug are one service, one owner, one root cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from postmortems.text.slug import slug, spellings_by_slug

Member = TypeVar("Member")


@dataclass(frozen=True, slots=True)
class Named(Generic[Member]):
    """One name: its most frequent spelling, all spellings, and what has that name, each once in the given order."""

    slug: str
    name: str
    spellings: tuple[str, ...]
    members: tuple[Member, ...]


def by_slug(named: Iterable[tuple[str, Member]]) -> list[Named[Member]]:
    """Every name among pairs of a name as written and what has it, in the order in which they come up."""
    pairs = list(named)
    members: defaultdict[str, dict[int, Member]] = defaultdict(dict)
    for name, member in pairs:
        members[slug(name)][id(member)] = member
    return [
        Named(key, found.usual, found.all, tuple(members[key].values()))
        for key, found in spellings_by_slug(name for name, _ in pairs).items()
    ]

"""The services that postmortems name; two spellings with one slug are one service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postmortems.model.postmortem import Postmortem
from postmortems.text.slug import slug, spellings_by_slug


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its most frequent spelling, all spellings, and its postmortems in time.

    Drills and near misses are among the postmortems.
    """

    slug: str
    name: str
    spellings: tuple[str, ...]
    postmortems: tuple[Postmortem, ...]

    @property
    def incidents(self) -> tuple[Postmortem, ...]:
        """Those of its postmortems that figures count."""
        return tuple(postmortem for postmortem in self.postmortems if postmortem.is_incident)


def services(postmortems: Iterable[Postmortem]) -> Mapping[str, Service]:
    """Every service by its slug, in the order of the slugs."""
    written: list[str] = []
    members: defaultdict[str, dict[str, Postmortem]] = defaultdict(dict)
    for postmortem in postmortems:
        for name in postmortem.front_matter.services:
            written.append(name)
            members[slug(name)][postmortem.path] = postmortem
    return {
        one: Service(one, spellings.usual, spellings.all, tuple(members[one].values()))
        for one, spellings in sorted(spellings_by_slug(written).items())
    }

"""Profile of some incidents: patterns, root causes, services and owners, each counted once an incident."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from postmortems.analyse.by_slug import Named, by_slug
from postmortems.analyse.occurrences import involvements
from postmortems.model.pattern import Role
from postmortems.model.postmortem import Postmortem
from postmortems.text.slug import slug


@dataclass(frozen=True, slots=True)
class PatternShare:
    """A pattern, in how many of the incidents it is, and in which roles."""

    pattern: str
    count: int
    by_role: Mapping[Role | None, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """Names that some incidents have in common, the most frequent first.

    `causes` are root causes, each with its incidents, oldest first. `services` and `owners` are pairs of a slug and a
    number of incidents. `without_cause` incidents do not know their root cause, `without_owner` ones name no owner.
    """

    total: int
    patterns: tuple[PatternShare, ...] = ()
    causes: tuple[Named[Postmortem], ...] = ()
    without_cause: int = 0
    services: tuple[tuple[str, int], ...] = ()
    owners: tuple[tuple[str, int], ...] = ()
    without_owner: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """The same incidents in the same order are the same group; comparing what is in them would cost as much as all."""

    members: tuple[Postmortem, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Group) and tuple(map(id, self.members)) == tuple(map(id, other.members))

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.members)))


def profile(incidents: Iterable[Postmortem]) -> Profile:
    """The profile of some incidents; costs what they name, and nothing where several pages are about the same ones."""
    return cached_profile(_Group(tuple(incidents)))


@lru_cache(maxsize=16)
def cached_profile(group: _Group) -> Profile:
    """The profile of a group."""
    roles: defaultdict[str, Counter[Role | None]] = defaultdict(Counter)
    services: Counter[str] = Counter()
    owners: Counter[str] = Counter()
    for incident in group.members:
        for name, involvement in involvements(incident).items():
            roles[name][involvement.role] += 1
        services.update({slug(name) for name in incident.front_matter.services})
        owners.update([slug(incident.front_matter.owner)] if incident.front_matter.owner else [])
    shares = [PatternShare(name, counts.total(), counts) for name, counts in roles.items()]
    causes = by_slug((incident.root_cause, incident) for incident in group.members if incident.root_cause)
    return Profile(
        total=len(group.members),
        patterns=tuple(sorted(shares, key=lambda share: (-share.count, share.pattern))),
        causes=tuple(sorted(causes, key=lambda cause: (-len(cause.members), cause.name))),
        without_cause=len(group.members) - sum(len(cause.members) for cause in causes),
        services=_most_first(services),
        owners=_most_first(owners),
        without_owner=len(group.members) - owners.total(),
    )


def _most_first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

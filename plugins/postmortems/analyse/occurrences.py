"""Incidents of each pattern, and its role in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from postmortems.model.pattern import Pattern, Role
from postmortems.model.postmortem import Postmortem

ROLES = (Role.TRIGGER, Role.CONTRIBUTING, Role.DETECTION, Role.MITIGATION, None)
"""The order in which roles are told; None is a role that the author did not give."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One pattern in one incident. It `leads` where it was the trigger, or is named first without a role."""

    postmortem: Postmortem
    role: Role | None
    leads: bool


@dataclass(frozen=True, slots=True)
class Occurrences:
    """All incidents of one pattern, oldest first: the `counted` ones, and `apart` drills and near misses."""

    pattern: str
    counted: tuple[Occurrence, ...] = ()
    apart: tuple[Occurrence, ...] = ()
    by_role: Mapping[Role | None, int] = field(default_factory=dict)

    @property
    def everywhere(self) -> list[Occurrence]:
        """All of them, oldest first."""
        return sorted((*self.counted, *self.apart), key=lambda occurrence: occurrence.postmortem.chronology)

    @property
    def last(self) -> date | None:
        """The day of the latest incident whose day is known."""
        return next(
            (occurrence.postmortem.day for occurrence in reversed(self.counted) if occurrence.postmortem.day), None
        )


def occurrences(postmortems: Iterable[Postmortem], patterns: Iterable[Pattern]) -> Mapping[str, Occurrences]:
    """The occurrences of every pattern that has a page or is named by a postmortem, by its id."""
    found: defaultdict[str, tuple[list[Occurrence], list[Occurrence]]] = defaultdict(lambda: ([], []))
    for pattern in patterns:
        found[pattern.id] = ([], [])
    for postmortem in postmortems:
        for name, involvement in involvements(postmortem).items():
            found[name][not postmortem.is_incident].append(involvement)
    return {
        name: Occurrences(name, tuple(counted), tuple(apart), Counter(occurrence.role for occurrence in counted))
        for name, (counted, apart) in found.items()
    }


def involvements(postmortem: Postmortem) -> dict[str, Occurrence]:
    """The patterns of one postmortem in its own order; of one that is named twice, the first."""
    found: dict[str, Occurrence] = {}
    for place, occurrence in enumerate(postmortem.front_matter.patterns):
        leads = occurrence.role is Role.TRIGGER or (occurrence.role is None and place == 0)
        found.setdefault(occurrence.pattern, Occurrence(postmortem, occurrence.role, leads))
    return found


def co_occurring(of: Occurrences) -> tuple[tuple[str, int], ...]:
    """The other patterns of a pattern's incidents with their number, the most frequent first."""
    counts = Counter(
        name
        for occurrence in of.counted
        for name in dict.fromkeys(other.pattern for other in occurrence.postmortem.front_matter.patterns)
        if name != of.pattern
    )
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

"""Selection of postmortems by their values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.text.slug import slug


@dataclass(frozen=True, slots=True)
class Selection:
    """Filter criteria: the values of one kind are alternatives; without a value everything matches.

    `services` and `owners` are slugs. `since` and `until` are days of the incident, both
    included; an incident whose day is unknown lies in no stretch of time.
    """

    severities: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    statuses: frozenset[Status] = frozenset()
    since: date | None = None
    until: date | None = None

    def of(self, postmortems: Iterable[Postmortem]) -> Iterator[Postmortem]:
        """Yield the postmortems that match, in the same order."""
        return (postmortem for postmortem in postmortems if self._has(postmortem))

    def _has(self, postmortem: Postmortem) -> bool:
        matter = postmortem.front_matter
        return (
            (not self.severities or matter.severity in self.severities)
            and (not self.statuses or matter.status in self.statuses)
            and (not self.owners or (bool(matter.owner) and slug(matter.owner or "") in self.owners))
            and (not self.patterns or any(found.pattern in self.patterns for found in matter.patterns))
            and (not self.services or any(slug(name) in self.services for name in matter.services))
            and self._is_in_time(postmortem.day)
        )

    def _is_in_time(self, day: date | None) -> bool:
        if self.since is None and self.until is None:
            return True
        return day is not None and (self.since or date.min) <= day <= (self.until or date.max)

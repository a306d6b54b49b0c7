"""The services that postmortems name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postmortems.analyse.by_slug import by_slug
from postmortems.model.postmortem import Postmortem
from postmortems.text.slug import slug


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
        """Incidents of the service that figures count."""
        return tuple(postmortem for postmortem in self.postmortems if postmortem.is_incident)


def services(postmortems: Iterable[Postmortem]) -> Mapping[str, Service]:
    """Every service by its slug, in the order of the slugs."""
    named = by_slug((name, postmortem) for postmortem in postmortems for name in postmortem.front_matter.services)
    found = {service.slug: Service(service.slug, service.name, service.spellings, service.members) for service in named}
    return dict(sorted(found.items()))


def services_of_several(incidents: Iterable[Postmortem], services: Mapping[str, Service]) -> list[tuple[Service, int]]:
    """Services that at least two of the incidents name, and how many do, most first. A single one is no finding."""
    counts = Counter(name for incident in incidents for name in {slug(name) for name in incident.front_matter.services})
    several = [(services[name], number) for name, number in counts.items() if number > 1]
    return sorted(several, key=lambda pair: (-pair[1], pair[0].name.casefold(), pair[0].slug))

"""The services that postmortems name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from postmortems.analyse.by_slug import by_slug
from postmortems.model.catalogue import Catalogue
from postmortems.model.postmortem import Postmortem
from postmortems.text.slug import slug

if TYPE_CHECKING:
    from postmortems.analyse.analysis import Analysis


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


@dataclass(frozen=True, slots=True)
class OwnedServices:
    """The services of one owner; the slug is empty for those without one.

    `several` had more than one incident, most first. `single` are the others by their one incident, newest first.
    `apart` had near misses and drills only.
    """

    owner: str
    name: str
    several: tuple[Service, ...]
    single: tuple[tuple[Postmortem, tuple[Service, ...]], ...]
    apart: tuple[Service, ...]
    incidents: int

    @property
    def total(self) -> int:
        """Number of services."""
        return len(self.several) + sum(len(services) for _, services in self.single) + len(self.apart)


def services(postmortems: Iterable[Postmortem]) -> Mapping[str, Service]:
    """Every service by its slug, in the order of the slugs."""
    named = by_slug((name, postmortem) for postmortem in postmortems for name in postmortem.front_matter.services)
    found = {service.slug: Service(service.slug, service.name, service.spellings, service.members) for service in named}
    return dict(sorted(found.items()))


def services_named(postmortem: Postmortem, analysis: Analysis) -> tuple[str, ...]:
    """The services of one postmortem, each once, in its author's spelling and order."""
    return analysis.once(_services_named)[postmortem.path]


def _services_named(analysis: Analysis) -> Mapping[str, tuple[str, ...]]:
    return {each.path: tuple(dict.fromkeys(each.front_matter.services)) for each in analysis.postmortems}


def services_of_several(incidents: Iterable[Postmortem], services: Mapping[str, Service]) -> list[tuple[Service, int]]:
    """Services that at least two of the incidents name, and how many do, most first. A single one is no finding."""
    counts = Counter(name for incident in incidents for name in {slug(name) for name in incident.front_matter.services})
    several = [(services[name], number) for name, number in counts.items() if number > 1]
    return sorted(several, key=lambda pair: (-pair[1], pair[0].name.casefold(), pair[0].slug))


def services_by_owner(services: Iterable[Service], catalogue: Catalogue | None) -> list[OwnedServices]:
    """All services by owner, the owner with most incidents first; last, without a name, those without one."""
    owned: defaultdict[str, list[Service]] = defaultdict(list)
    names: dict[str, str] = {}
    for service in services:
        name = owner_of(service, catalogue)
        key = slug(name) if name else ""
        owned[key].append(service)
        names.setdefault(key, name)
    groups = [_owned(owner, names[owner], members) for owner, members in owned.items()]
    return sorted(groups, key=lambda group: (not group.owner, -group.incidents, group.name.casefold()))


def owner_of(service: Service, catalogue: Catalogue | None) -> str:
    """The owner of a service: the catalogue's, else the most frequent one of its postmortems, of these the newest.

    Empty where neither names one.
    """
    listed = catalogue and (catalogue.by_slug.get(service.slug) or catalogue.by_alias.get(service.slug))
    if listed and listed.owner:
        return listed.owner
    named = [name for member in reversed(service.postmortems) if (name := member.front_matter.owner)]
    counts = Counter(map(slug, named))
    return max(named, key=lambda name: counts[slug(name)], default="")


def _owned(owner: str, name: str, members: Iterable[Service]) -> OwnedServices:
    by_count = sorted(members, key=lambda service: (-len(service.incidents), service.name.casefold()))
    single: dict[str, tuple[Postmortem, list[Service]]] = {}
    for service in by_count:
        if len(service.incidents) == 1:
            incident = service.incidents[0]
            single.setdefault(incident.path, (incident, []))[1].append(service)
    oldest_first = sorted(single.values(), key=lambda pair: pair[0].day or date.min)
    return OwnedServices(
        owner,
        name,
        tuple(service for service in by_count if len(service.incidents) > 1),
        tuple((incident, tuple(services)) for incident, services in reversed(oldest_first)),
        tuple(service for service in by_count if not service.incidents),
        len({incident.path for service in by_count for incident in service.incidents}),
    )

"""The services of an organisation, as its own catalogue lists them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from postmortems.text.slug import slug


@dataclass(frozen=True, slots=True)
class CataloguedService:
    """One service of the catalogue; `aliases` are other names that people use for it."""

    name: str
    aliases: tuple[str, ...] = ()
    owner: str = ""
    description: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All services of the catalogue, in its order. `path` is its file as the settings name it."""

    path: str
    services: tuple[CataloguedService, ...] = ()

    @cached_property
    def by_slug(self) -> Mapping[str, CataloguedService]:
        """The services by the slug of their name."""
        return {slug(service.name): service for service in self.services}

    @cached_property
    def by_owner(self) -> Mapping[str, tuple[CataloguedService, ...]]:
        """The services by the slug of their owner; those without one are left out."""
        found: defaultdict[str, list[CataloguedService]] = defaultdict(list)
        for service in self.services:
            if service.owner:
                found[slug(service.owner)].append(service)
        return {owner: tuple(services) for owner, services in found.items()}

    @cached_property
    def by_alias(self) -> Mapping[str, CataloguedService]:
        """The services by the slug of each of their other names."""
        return {slug(alias): service for service in self.services for alias in service.aliases}

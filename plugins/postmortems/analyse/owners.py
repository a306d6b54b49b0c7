"""The teams and people that postmortems and action items name as owner.

Whoever owns a postmortem does not thereby own its action items: an item that names nobody has no owner.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postmortems.analyse.by_slug import by_slug
from postmortems.model.dated_action import DatedAction
from postmortems.model.postmortem import Postmortem


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner: its most frequent spelling, all spellings, its postmortems in time, drills and near misses
    included, and the action items that name it."""

    slug: str
    name: str
    spellings: tuple[str, ...]
    postmortems: tuple[Postmortem, ...] = ()
    actions: tuple[DatedAction, ...] = ()

    @property
    def incidents(self) -> tuple[Postmortem, ...]:
        """Incidents of the owner that figures count."""
        return tuple(postmortem for postmortem in self.postmortems if postmortem.is_incident)


def owners(postmortems: Iterable[Postmortem], actions: Iterable[DatedAction]) -> Mapping[str, Owner]:
    """Every owner by its slug, in the order of the slugs."""
    owned: list[tuple[str, Postmortem | DatedAction]] = [
        *((name, postmortem) for postmortem in postmortems if (name := postmortem.front_matter.owner)),
        *((action.item.owner, action) for action in actions if action.item.owner),
    ]
    found = {
        owner.slug: Owner(
            owner.slug,
            owner.name,
            owner.spellings,
            tuple(member for member in owner.members if isinstance(member, Postmortem)),
            tuple(member for member in owner.members if isinstance(member, DatedAction)),
        )
        for owner in by_slug(owned)
    }
    return dict(sorted(found.items()))

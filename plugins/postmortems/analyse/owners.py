"""Who answers for what: the teams and people that postmortems and action items name as owner.

Two spellings with one slug are one owner, as with services. Whoever owns a postmortem does not thereby own its action
items: an item that names nobody has no owner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postmortems.analyse.tracked_actions import TrackedAction
from postmortems.model.postmortem import Postmortem
from postmortems.text.slug import slug, spellings_by_slug


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner: its most frequent spelling, all spellings, its postmortems in time, drills and near misses
    included, and the action items that name it."""

    slug: str
    name: str
    spellings: tuple[str, ...]
    postmortems: tuple[Postmortem, ...] = ()
    tracked_actions: tuple[TrackedAction, ...] = ()

    @property
    def incidents(self) -> tuple[Postmortem, ...]:
        """Those of its postmortems that figures count."""
        return tuple(postmortem for postmortem in self.postmortems if postmortem.is_incident)


def owners(postmortems: Iterable[Postmortem], tracked_actions: Iterable[TrackedAction]) -> Mapping[str, Owner]:
    """Every owner by its slug, in the order of the slugs."""
    written: list[str] = []
    owned: defaultdict[str, list[Postmortem]] = defaultdict(list)
    actions: defaultdict[str, list[TrackedAction]] = defaultdict(list)
    for postmortem in postmortems:
        if name := postmortem.front_matter.owner:
            written.append(name)
            owned[slug(name)].append(postmortem)
    for action in tracked_actions:
        if name := action.item.owner:
            written.append(name)
            actions[slug(name)].append(action)
    return {
        one: Owner(one, spellings.usual, spellings.all, tuple(owned[one]), tuple(actions[one]))
        for one, spellings in sorted(spellings_by_slug(written).items())
    }

"""Who answers for what: the teams and people that postmortems and action items name as owner.

Two spellings with one slug are one owner, as with services. Whoever owns a postmortem does not thereby own its action
items: an item that names nobody has no owner.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postmortems.analyse.promises import Promise
from postmortems.analyse.services import slug
from postmortems.model.postmortem import Postmortem


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner: its most frequent spelling, all spellings, its postmortems in time, drills and near misses
    included, and the action items that name it."""

    slug: str
    name: str
    spellings: tuple[str, ...]
    postmortems: tuple[Postmortem, ...] = ()
    promises: tuple[Promise, ...] = ()

    @property
    def incidents(self) -> tuple[Postmortem, ...]:
        """Those of its postmortems that figures count."""
        return tuple(postmortem for postmortem in self.postmortems if postmortem.is_incident)


def owners(postmortems: Iterable[Postmortem], promises: Iterable[Promise]) -> Mapping[str, Owner]:
    """Every owner by its slug, in the order of the slugs."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    owned: defaultdict[str, list[Postmortem]] = defaultdict(list)
    promised: defaultdict[str, list[Promise]] = defaultdict(list)
    for postmortem in postmortems:
        if name := postmortem.front_matter.owner:
            spellings[slug(name)][name] += 1
            owned[slug(name)].append(postmortem)
    for promise in promises:
        if name := promise.item.owner:
            spellings[slug(name)][name] += 1
            promised[slug(name)].append(promise)
    return {
        one: Owner(one, names.most_common(1)[0][0], tuple(sorted(names)), tuple(owned[one]), tuple(promised[one]))
        for one, names in sorted(spellings.items())
    }

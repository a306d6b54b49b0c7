"""The teams and people that postmortems and action items name as owner.

Whoever owns a postmortem does not thereby own its action items: an item that names nobody has no owner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from postmortems.analyse.action_board import board
from postmortems.analyse.actions import ActionCounts, action_counts
from postmortems.analyse.by_slug import by_slug
from postmortems.model.dated_action import ActionStatus, DatedAction
from postmortems.model.postmortem import Postmortem
from postmortems.text.slug import slug


@dataclass(frozen=True)
class Owner:
    """One owner: its most frequent spelling, all spellings, its postmortems in time, drills and near misses
    included, and the action items that name it."""

    slug: str
    name: str
    spellings: tuple[str, ...]
    postmortems: tuple[Postmortem, ...] = ()
    actions: tuple[DatedAction, ...] = ()

    @cached_property
    def incidents(self) -> tuple[Postmortem, ...]:
        """Incidents of the owner that figures count."""
        return tuple(postmortem for postmortem in self.postmortems if postmortem.is_incident)

    @cached_property
    def by_status(self) -> Mapping[ActionStatus, int]:
        """Number of its action items of each status; of one that none has it is 0."""
        return Counter(action.status for action in self.actions)

    @cached_property
    def counts(self) -> ActionCounts:
        """Its action items by state."""
        return action_counts(self.actions)


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


def owners_of_actions(owners: Iterable[Owner], actions: Iterable[DatedAction]) -> list[Owner]:
    """The owners of action items, the one with most overdue ones first; last, without a name, those that name nobody.

    `actions` are those of all incidents.
    """
    found = sorted((owner for owner in owners if owner.actions), key=_most_overdue_first)
    nobody = Owner("", "", (), actions=tuple(action for action in actions if not action.item.owner))
    return [*found, nobody] if nobody.actions else found


def _most_overdue_first(owner: Owner) -> tuple[int, int, str]:
    still = owner.by_status[ActionStatus.SOON] + owner.by_status[ActionStatus.OPEN]
    return -owner.by_status[ActionStatus.OVERDUE], -still, owner.name.casefold()


def open_with_others(
    owner: Owner, actions_of: Callable[[Postmortem], tuple[DatedAction, ...]]
) -> tuple[DatedAction, ...]:
    """The open action items of an owner's incidents that name somebody else, or nobody, most urgent first."""
    listed = (action for incident in owner.incidents for action in actions_of(incident))
    others = (action for action in listed if not action.item.owner or slug(action.item.owner) != owner.slug)
    return board(action for action in others if action.is_open).open

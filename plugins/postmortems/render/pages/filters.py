"""The filters above a list of incidents. A script shows and applies them; without it the whole list is there.

Every value of every group has a number, its place among the checkboxes of the page. A row carries the numbers of its
values, so that a filtered list costs some ten bytes a row. Of a group with very many values the most frequent have a
checkbox; a row names its others, so that an address finds them, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from postmortems.analyse.facets import Facet, Group, State, facets
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext

_MOST = 200
"""The number of checkboxes in a group: each costs some hundred bytes, whether anybody opens the menu or not."""

_SHOWN = 12
_FEW_MORE = 2
_STATES: Mapping[str, str] = {
    State.OVER: "Detected late",
    State.UNKNOWN: "Incomplete times",
    State.OPEN: "Open action items",
    State.OVERDUE: "Overdue action items",
    State.REPEAT: "Repeat incident",
    State.DRAFT: "Draft or in review",
    State.APART: "Drill or near miss",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One checkbox: a facet, the name of its value, and how many postmortems have it."""

    facet: Facet
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """The choices of one group in a list of `total` postmortems, which a menu holds; it has no room for `left_out`."""

    group: Group
    choices: Sequence[Choice]
    total: int
    left_out: int

    @property
    def name(self) -> str:
        """The name of its menu."""
        return "Flags" if self.group is Group.STATE else self.group.capitalize()

    @property
    def shown(self) -> int:
        """Number of choices that are shown; the others are found by their names."""
        return len(self.choices) if len(self.choices) <= _SHOWN + _FEW_MORE else _SHOWN

    @property
    def divides(self) -> bool:
        """False if every postmortem has the one value: there is nothing to choose, yet an address may name it."""
        return len(self.choices) > 1 or any(choice.count < self.total for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a list of `total` postmortems."""

    groups: Sequence[FilterGroup]
    total: int
    _numbers: Mapping[str, str]
    _others: Mapping[str, str]

    def numbers_of(self, postmortem: Postmortem) -> str:
        """The numbers of a postmortem's values, with a space between."""
        return self._numbers[postmortem.path]

    def others_of(self, postmortem: Postmortem) -> str:
        """A postmortem's values that have no checkbox, as an address has them."""
        return self._others.get(postmortem.path, "")


def filters(members: Iterable[Postmortem], context: PageContext) -> Filters:
    """The filters of a list; costs what is in it."""
    values = {member.path: facets(member, context.analysis) for member in members}
    counts = Counter(facet for found in values.values() for facet in found)
    every = [_group(group, counts, len(values), context) for group in Group]
    groups = [group for group in every if group.choices]
    in_order = (choice.facet for group in groups for choice in group.choices)
    numbers = {facet: number for number, facet in enumerate(in_order)}
    by_path = {
        path: " ".join(map(str, sorted(numbers[facet] for facet in found if facet in numbers)))
        for path, found in values.items()
    }
    others = {path: [facet for facet in found if facet not in numbers] for path, found in values.items()}
    return Filters(groups, len(values), by_path, {path: urlencode(found) for path, found in others.items() if found})


def _group(group: Group, counts: Mapping[Facet, int], total: int, context: PageContext) -> FilterGroup:
    name_of = _names(group, context)
    choices = [Choice(facet, name_of(facet.value), count) for facet, count in counts.items() if facet.group is group]
    scale = {value: place for place, value in enumerate(_scale(group, context))}
    # Of a group without an order of its own the most frequent value comes first.
    if scale:
        choices.sort(key=lambda choice: (scale.get(choice.facet.value, len(scale)), choice.name))
    else:
        choices.sort(key=lambda choice: (-choice.count, choice.name.casefold()))
    return FilterGroup(group, choices[:_MOST], total, max(0, len(choices) - _MOST))


def _names(group: Group, context: PageContext) -> Callable[[str], str]:
    """The function that names a group's values."""
    if group is Group.PATTERN:
        return context.analysis.pattern_name
    if group is Group.SERVICE:
        return lambda value: context.analysis.services[value].name
    return _STATES.__getitem__ if group is Group.STATE else str


def _scale(group: Group, context: PageContext) -> Iterable[str]:
    """The order of a group that has one."""
    scales: Mapping[Group, Iterable[str]] = {
        Group.SEVERITY: context.settings.severities,
        Group.STATE: State,
    }
    return scales.get(group, ())

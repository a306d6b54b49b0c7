"""The filters above a list of incidents. A script shows and applies them; without it the whole list stands there.

Every value of every group has a number, its place among the checkboxes of the page. A row carries the numbers of its
values, so that a filtered list costs some ten bytes a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from postmortems.analyse.facets import Facet, Group, State, facets
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.base.families import mark_of

_SHOWN = 6
_FEW_MORE = 2
_SEARCHED = 12

_TITLES = {
    Group.SEVERITY: "Severity",
    Group.STATE: "State",
    Group.FAMILY: "Family",
    Group.PATTERN: "Pattern",
    Group.SERVICE: "Service",
    Group.OWNER: "Owner",
    Group.STATUS: "Status",
}
_STATES: Mapping[str, str] = {
    State.OVER: "Detected over target",
    State.OPEN: "Actions open",
    State.OVERDUE: "Actions overdue",
    State.UNKNOWN: "A moment unknown",
}
_STATUSES: Mapping[str, str] = {Status.DRAFT: "Draft", Status.IN_REVIEW: "In review", Status.PUBLISHED: "Published"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One checkbox: its value in the address, its words, how many postmortems have it, and a family's mark."""

    value: str
    label: str
    count: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """The values of one group: the first ones, and those that are folded away with a field to find one among them.

    `divides` is False where every postmortem has the one value: there is nothing to choose, yet an address may.
    """

    name: str
    title: str
    shown: Sequence[Choice]
    folded: Sequence[Choice]
    divides: bool

    @property
    def has_find(self) -> bool:
        """Whether the folded values are too many to look through."""
        return len(self.folded) >= _SEARCHED


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a list of `total` postmortems."""

    groups: Sequence[FilterGroup]
    total: int
    _numbers: Mapping[str, str]

    def numbers_of(self, postmortem: Postmortem) -> str:
        """The numbers of a postmortem's values, with a space between."""
        return self._numbers[postmortem.path]


def filters(members: Iterable[Postmortem], context: PageContext) -> Filters:
    """The filters of a list; costs what stands in it."""
    values = {one.path: facets(one, context.corpus, context.analysis) for one in members}
    counts = Counter(facet for found in values.values() for facet in found)
    groups = [
        _group(
            group, [(facet.value, count) for facet, count in counts.items() if facet.group is group], values, context
        )
        for group in Group
    ]
    groups = [group for group in groups if group.shown]
    in_order = [Facet(Group(group.name), one.value) for group in groups for one in (*group.shown, *group.folded)]
    numbers = {facet: number for number, facet in enumerate(in_order)}
    return Filters(
        groups,
        len(values),
        {
            path: " ".join(str(number) for number in sorted(map(numbers.__getitem__, found)))
            for path, found in values.items()
        },
    )


def _group(
    group: Group, counted: Sequence[tuple[str, int]], values: Mapping[str, object], context: PageContext
) -> FilterGroup:
    words = _words(group, context)
    choices = [
        Choice(value, words(value), count, mark_of(value, context.settings) if group is Group.FAMILY else "")
        for value, count in counted
    ]
    choices.sort(key=_order(group, context))
    shown = len(choices) if len(choices) <= _SHOWN + _FEW_MORE or _scale(group, context) else _SHOWN
    divides = len(choices) > 1 or any(one.count < len(values) for one in choices)
    return FilterGroup(group.value, _TITLES[group], choices[:shown], choices[shown:], divides)


def _words(group: Group, context: PageContext) -> Callable[[str], str]:
    """How a group's values are called."""
    pages, services = context.corpus.pattern_by_id, context.analysis.services
    if group is Group.STATE:
        return lambda value: _STATES[value]
    if group is Group.STATUS:
        return lambda value: _STATUSES[value]
    if group is Group.FAMILY:
        return str.capitalize
    if group is Group.PATTERN:
        return lambda value: pages[value].title if value in pages else value
    if group is Group.SERVICE:
        return lambda value: services[value].name
    return str


def _order(group: Group, context: PageContext) -> Callable[[Choice], tuple[int, str]]:
    """A group with an order of its own keeps it; in others the most frequent value comes first."""
    places = {value: place for place, value in enumerate(_scale(group, context))}
    if places:
        return lambda one: (places.get(one.value, len(places)), one.label)
    return lambda one: (-one.count, one.label.casefold())


def _scale(group: Group, context: PageContext) -> Sequence[str]:
    """The order of a group that has one; such groups are never folded."""
    scales: Mapping[Group, Iterable[str]] = {
        Group.SEVERITY: context.settings.severities,
        Group.STATE: State,
        Group.FAMILY: context.settings.families,
        Group.STATUS: Status,
    }
    return tuple(scales.get(group, ()))

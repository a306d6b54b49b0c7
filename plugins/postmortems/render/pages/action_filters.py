"""The menus above the open action items: owner, kind and severity. A script applies them; without it all are listed.

Every value has a number, its place among the checkboxes of the page; a row carries the numbers of its values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from postmortems.model.dated_action import DatedAction
from postmortems.render.base.context import PageContext
from postmortems.text.slug import slug

_NONE = "-"
"""The value of what is not given, in an address."""


@dataclass(frozen=True, slots=True)
class ActionChoice:
    """One checkbox: its value in the address, its name, and how many items have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class ActionMenu:
    """The choices of one menu, by its name in the address."""

    key: str
    title: str
    choices: tuple[ActionChoice, ...]


@dataclass(frozen=True, slots=True)
class ActionFilters:
    """The menus of a list of action items; one without a choice is left out."""

    menus: tuple[ActionMenu, ...]
    _numbers: Mapping[tuple[str, str], int]

    def numbers_of(self, action: DatedAction) -> str:
        """The numbers of an item's values, with a space between."""
        pairs = ((key, value_of(action)) for key, value_of in _VALUES.items())
        return " ".join(str(self._numbers[pair]) for pair in pairs if pair in self._numbers)


def action_filters(actions: Iterable[DatedAction], context: PageContext) -> ActionFilters:
    """The menus of a list of action items."""
    listed = list(actions)
    owners = context.analysis.owners
    scale = {severity: place for place, severity in enumerate(context.settings.severities)}
    counts = {key: Counter(map(value_of, listed)) for key, value_of in _VALUES.items()}
    made = (
        _menu("owner", "Owner", counts, lambda value: owners[value].name if value in owners else "No owner"),
        _menu("kind", "Kind", counts, lambda value: "No kind" if value == _NONE else value),
        _menu("severity", "Severity", counts, lambda value: "Severity unknown" if value == _NONE else value, scale),
    )
    menus = tuple(menu for menu in made if len(menu.choices) > 1)
    in_order = ((menu.key, choice.value) for menu in menus for choice in menu.choices)
    return ActionFilters(menus, {pair: number for number, pair in enumerate(in_order)})


def _menu(
    key: str,
    title: str,
    counts: Mapping[str, Counter[str]],
    name_of: Callable[[str], str],
    scale: Mapping[str, int] | None = None,
) -> ActionMenu:
    choices = [ActionChoice(value, name_of(value), count) for value, count in counts[key].items()]
    if scale is None:
        choices.sort(key=lambda choice: (-choice.count, choice.name.casefold()))
    else:
        choices.sort(key=lambda choice: (scale.get(choice.value, len(scale)), choice.name))
    return ActionMenu(key, title, tuple(choices))


_VALUES: Mapping[str, Callable[[DatedAction], str]] = {
    "owner": lambda action: slug(action.item.owner) if action.item.owner else _NONE,
    "kind": lambda action: action.item.kind.value if action.item.kind else _NONE,
    "severity": lambda action: action.postmortem.front_matter.severity or _NONE,
}

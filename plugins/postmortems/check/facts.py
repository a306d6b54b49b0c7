"""Facts of a postmortem: all that rules of the corpus see of it, apart from where it is in the file.

While the facts of a postmortem stay the same, these rules find what they found, in it and in every other file: only the
places in its own file may have moved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import NamedTuple

from postmortems.check.summary import Examined
from postmortems.model.action_item import ActionItem, ActionList
from postmortems.model.diagnostic import Problem
from postmortems.model.excerpt import Excerpt
from postmortems.model.place import Place
from postmortems.model.postmortem import LOADED_LATER, Postmortem

_ITS_OWN = frozenset(("problems", "waivers", "front_matter", *LOADED_LATER))
"""Attributes that no rule of the corpus asks of another file, and those that are facts in part or only if a rule has
asked."""


NEVER_ASKED = frozenset(("authors", "sources", "detected_at", "mitigated_at", "detected_by", "detection_target"))
"""Keys of the front matter that no rule of the corpus asks for, as a test proves: who writes one moves only lines."""


class Facts(NamedTuple):
    """The facts of a postmortem, without its places; and these, in the same order as in another version of it."""

    said: object
    places: tuple[Place, ...]


def facts_of(postmortem: Postmortem, examined: Examined, asked: Collection[str]) -> Facts:
    """The facts of a postmortem; `asked` are the parts of its text that a rule of the corpus has asked for."""
    # Two postmortems are equal whatever the fields say that are not compared, such as how to load the rest.
    named = [each.name for each in fields(postmortem) if each.compare and each.name not in _ITS_OWN]
    at_once = [getattr(postmortem, name) for name in named]
    matter = {key: value for key, value in postmortem.front_matter if key not in NEVER_ASKED}
    written = {keys: place for keys, place in postmortem.places.items() if keys[0] not in NEVER_ASKED}
    of_text = [getattr(postmortem, name) for name in sorted(set(asked) - {"places"})]
    places: list[Place] = []
    said = _apart((at_once, matter, written, of_text, examined.summary, examined.compared_by), places)
    return Facts(said, tuple(places))


def moved(problems: Iterable[Problem], before: Facts, after: Facts, files: Iterable[str]) -> list[Problem] | None:
    """Problems that rules of the corpus found in the `files` of a postmortem, with their places after an edit that has
    left its facts as they were. None where a place is none of the facts, so that nobody knows where it is now."""
    places: dict[Place, Place | None] = {Place.at(file): Place.at(file) for file in files}
    for old, new in zip(before.places, after.places, strict=True):
        if places.setdefault(old, new) != new:
            places[old] = None
    found: list[Problem] = []
    for problem in problems:
        place = places.get(problem.place)
        if place is None:
            return None
        found.append(replace(problem, place=place))
    return found


def _apart(value: object, places: list[Place]) -> object:
    """A value without its places and lines, which are told to `places`."""
    if isinstance(value, Place):
        places.append(value)
        return Place
    if isinstance(value, Excerpt):
        return (value.path, value.text)
    if isinstance(value, ActionList):
        return _apart(value.items, places)
    if isinstance(value, ActionItem):
        places.append(value.place)
        return replace(value, place=_NOWHERE, first=0, last=0)
    if isinstance(value, tuple | list):
        return tuple(_apart(each, places) for each in value)
    if isinstance(value, Mapping):
        return tuple((key, _apart(each, places)) for key, each in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value), tuple(_apart(getattr(value, each.name), places) for each in fields(value)))
    return value


_NOWHERE = Place.at("")

"""Classes of the nouns that tell what is read of them, for as long as somebody wants to know.

A place in a file is told by its path alone, and apart from that whether its lines are asked for: hardly any page shows
one, and a sentence more in a text moves all that stand below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import Any

from postmortems.analyse.analysis import Analysis
from postmortems.model.action_item import ActionItem, ActionList
from postmortems.model.corpus import Corpus
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem, attribute_of

DOCUMENTS = (Postmortem, Pattern)
ROOTS = (Analysis, Corpus)

Attribute = Callable[[Any, str], object]


def _path_of_place(place: Place) -> str:
    return place.path


def _path_of_item(item: ActionItem) -> str:
    return item.place.path


def _path_of_list(actions: ActionList) -> str:
    return next((item.place.path for item in actions.items), "")


_LINES: tuple[tuple[Any, Callable[[Any], str], tuple[str, ...]], ...] = (
    (Place, _path_of_place, ("line", "column", "end_line", "end_column")),
    (Place, _path_of_place, ("__getitem__", "__iter__", "__lt__", "__le__", "__gt__", "__ge__")),
    (ActionItem, _path_of_item, ("first", "last")),
    (ActionList, _path_of_list, ("spans",)),
)
"""Attributes of the nouns that give lines, and of which file; no `repr` has any while they are watched."""


plain_attribute: Callable[[Any, str], Any] = attribute_of
"""An attribute as it is, told to nobody."""


def is_of_same(one: object, other: object) -> bool:
    """True if two values are made of the very same documents, and of equal texts and numbers; False if it would take
    long to tell."""
    if one is other:
        return True
    if type(one) is not type(other) or isinstance(one, DOCUMENTS):
        return False
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(is_of_same, one, other))
    if is_dataclass(one):
        return all(is_of_same(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    return isinstance(one, str | int | date | timedelta) and one == other


@contextmanager
def shortened() -> Iterator[None]:
    """Let the nouns be short where they are told of, and a place have no lines. Nobody is told what is read of them,
    which takes half of the time where much is asked."""
    if Postmortem.__repr__ is _short:
        yield
        return
    with _replaced((noun, "__repr__", _short) for noun in (*DOCUMENTS, *ROOTS, Place)):
        yield


@contextmanager
def watched(of_document: Attribute, of_root: Attribute, of_line: Callable[[str], None]) -> Iterator[None]:
    """Let every attribute of the nouns be asked for here, and let them be `shortened`. `of_line` is told the path of
    each file of which a line is asked for."""
    if "__getattribute__" in Postmortem.__dict__:
        yield
        return
    hooks = [
        *((document, "__getattribute__", of_document) for document in DOCUMENTS),
        *((root, "__getattribute__", of_root) for root in ROOTS),
        *(
            (noun, name, _telling(getattr(noun, name), path_of, of_line))
            for noun, path_of, names in _LINES
            for name in names
        ),
    ]
    with shortened(), _replaced(hooks):
        yield


@contextmanager
def _replaced(attributes: Iterable[tuple[Any, str, object]]) -> Iterator[None]:
    """Give classes other attributes for a while."""
    replaced: list[tuple[Any, str, object]] = []
    try:
        for noun, name, by in attributes:
            replaced.append((noun, name, noun.__dict__.get(name)))
            setattr(noun, name, by)
        yield
    finally:
        for noun, name, was in reversed(replaced):
            if was is None:
                delattr(noun, name)
            else:
                setattr(noun, name, was)


def _telling(plain: Any, path_of: Callable[[Any], str], of_line: Callable[[str], None]) -> object:
    """An attribute or a method of a class, which tells of each use."""
    if callable(plain):

        def called(noun: Any, *given: Any) -> Any:
            of_line(path_of(noun))
            return plain(noun, *given)

        return called

    def read(noun: Any) -> Any:
        of_line(path_of(noun))
        return plain.__get__(noun)

    return property(read, getattr(plain, "__set__", None))


def _short(noun: object) -> str:
    return f"<{getattr(noun, 'path', type(noun).__name__)}>"

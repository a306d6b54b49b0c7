"""Classes of the nouns that tell what is read of them, for as long as somebody wants to know.

A place in a file is told by its path alone, and apart from that whether its lines are asked for: hardly any page shows
one, and a sentence more in a text moves all that stand below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def watched(of_document: Attribute, of_root: Attribute, of_line: Callable[[str], None]) -> Iterator[None]:
    """Let every attribute of the nouns be asked for here, and let them be short where they are told of. `of_line` is
    told the path of each file of which a line is asked for."""
    if Postmortem.__repr__ is _short:
        yield
        return
    replaced: list[tuple[Any, str, object]] = []

    def replace(noun: Any, name: str, by: object) -> None:
        replaced.append((noun, name, noun.__dict__.get(name)))
        setattr(noun, name, by)

    try:
        for document in DOCUMENTS:
            replace(document, "__getattribute__", of_document)
        for root in ROOTS:
            replace(root, "__getattribute__", of_root)
        for short in (*DOCUMENTS, *ROOTS, Place):
            replace(short, "__repr__", _short)
        for noun, path_of, names in _LINES:
            for name in names:
                replace(noun, name, _telling(getattr(noun, name), path_of, of_line))
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

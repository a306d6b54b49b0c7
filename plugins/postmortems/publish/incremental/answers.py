"""Answers that have parts, each of which is recorded when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AnySet
from contextlib import AbstractContextManager
from datetime import date
from enum import Enum
from importlib import import_module
from types import FunctionType
from typing import Any, NamedTuple, Protocol

from postmortems.analyse import profile
from postmortems.publish.incremental.watching import DOCUMENTS, plain_attribute
from postmortems.render.base import action_ids

Read = tuple[Any, ...]
"""A question: where it begins ("analysis", "corpus" or a document's path), a name, and then keys and arguments."""

ABOUT_ALL = frozenset({"analysis", "corpus"})
"""The beginnings of questions about the whole knowledge base."""

MISSING = "nothing under this key"


_ADDRESS = re.compile(r" at 0x[0-9a-f]+>")
_BY_DOCUMENT = (action_ids.cached_anchors, profile.cached_profile)
"""Caches of other rooms that have documents as keys."""


class Apart(NamedTuple):
    """A value that was made apart, with what its maker asked: None where nobody recorded it."""

    value: Any
    asked: Iterable[Read] | None
    is_opaque: bool = False


class NoTextError(Exception):
    """A value that cannot be told apart from another by its text."""


def begun() -> dict[Read, None]:
    """A record that is begun. What a cache has for another maker is read again for this one."""
    for cached in _BY_DOCUMENT:
        cached.cache_clear()
    return {}


def text_of_answer(value: object) -> str:
    """An answer as text that only an equal one has; NoTextError where that cannot be said."""
    told = repr(value)
    if _ADDRESS.search(told):
        raise NoTextError
    return told


def decoded(kept: Any, documents: Mapping[str, object]) -> object:
    """An argument that was kept, as it is in this build."""
    if not isinstance(kept, tuple):
        return kept
    kind, *inside = kept
    if kind == "document":
        return documents[inside[0]]
    if kind == "function":
        return getattr(import_module(inside[0]), inside[1])
    found = (decoded(each, documents) for each in inside)
    return set(found) if kind == "set" else tuple(found)


def asked_again(read: Read, roots: Mapping[str, Any], documents: Mapping[str, Any]) -> object:
    """The answer to a question in this build; it may raise whatever the answer would raise where it was asked."""
    root, name, *steps = read
    value: Any = getattr(roots[root] if root in roots else documents[root], name)
    for step, *given in steps:
        if step == "call":
            value = value(*(decoded(each, documents) for each in given))
        elif step == "name":
            value = getattr(value, given[0])
        elif step == "in":
            value = given[0] in value
        elif step == "all":
            value = sorted(value) if isinstance(value, AnySet) else list(value)
        else:
            value = value.get(given[0], MISSING)
    return value


def encoded(value: object, documents: Mapping[str, object]) -> object:
    """An argument as it can be kept, and found again in another build; NoTextError where it cannot."""
    if isinstance(value, DOCUMENTS):
        path: str = plain_attribute(value, "path")
        if documents.get(path) is value:
            return ("document", path)
        raise NoTextError
    if value is None or isinstance(value, str | int | date | Enum):
        return value
    if isinstance(value, tuple | list):
        return ("several", *(encoded(each, documents) for each in value))
    if isinstance(value, set | frozenset):
        return ("set", *sorted((encoded(each, documents) for each in value), key=str))
    if isinstance(value, FunctionType) and "<" not in value.__qualname__:
        return ("function", value.__module__, value.__qualname__)
    raise NoTextError


class Recording(Protocol):
    """A recorder of what is asked."""

    @property
    def is_recording(self) -> bool:
        """True while somebody asks."""
        ...

    def paused(self) -> AbstractContextManager[None]:
        """Record nothing meanwhile."""
        ...

    def record(self, read: Read, value: object) -> None:
        """Record a question and its answer."""
        ...

    def seen(self, read: Read, value: object) -> object:
        """An answer as it goes to who has asked."""
        ...


class RecordedMapping(Mapping[Any, Any]):
    """A mapping of which each key that is asked for is recorded."""

    def __init__(self, reads: Recording, read: Read, mapping: Mapping[Any, Any]) -> None:
        self._of, self._read, self._mapping = reads, read, mapping

    def __getitem__(self, key: object) -> object:
        value = self._mapping.get(key, MISSING)
        if self._of.is_recording:
            self._of.record((*self._read, ("get", key)), value)
        return self._mapping[key]

    def __contains__(self, key: object) -> bool:
        found = key in self._mapping
        if self._of.is_recording:
            self._of.record((*self._read, ("in", key)), found)
        return found

    def __iter__(self) -> Iterator[Any]:
        if self._of.is_recording:
            self._of.record((*self._read, ("all",)), list(self._mapping))
        return iter(self._mapping)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class RecordedSet(AnySet[Any]):
    """A set of which each value that is asked for is recorded."""

    def __init__(self, reads: Recording, read: Read, values: frozenset[Any]) -> None:
        self._of, self._read, self._values = reads, read, values

    def __contains__(self, value: object) -> bool:
        found = value in self._values
        if self._of.is_recording:
            self._of.record((*self._read, ("in", value)), found)
        return found

    def __iter__(self) -> Iterator[Any]:
        if self._of.is_recording:
            self._of.record((*self._read, ("all",)), sorted(self._values))
        return iter(self._values)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class RecordedObject:
    """An object with answers of its own, each of which is recorded."""

    def __init__(self, reads: Recording, read: Read, value: object) -> None:
        self._of, self._read, self._value = reads, read, value

    def __getattr__(self, name: str) -> object:
        with self._of.paused():
            value = getattr(self._value, name)
        return value if not self._of.is_recording else self._of.seen((*self._read, ("name", name)), value)

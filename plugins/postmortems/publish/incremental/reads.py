"""Everything that the maker of a page asks of the knowledge base, recorded while it asks, to be asked again later.

Nothing says beforehand what a page is made of. While its maker works, the classes of the nouns tell which attribute of
which document, and which answer of the corpus and its analysis, it has looked at. A page of an earlier build is current
if all of that is still the same. So an edit costs the pages that show something of it, and a new page needs nothing.

An answer is compared by its `repr`, in which a document is only its path, since what is read of it then is recorded by
itself. Of a mapping each key counts alone. What cannot be told apart is `opaque`: its page is made in each build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AnySet
from contextlib import contextmanager
from datetime import date
from enum import Enum
from functools import partial
from types import FunctionType, MethodType
from typing import Any

from postmortems.analyse.analysis import Analysis
from postmortems.model.corpus import Corpus
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem, attribute_of
from postmortems.publish.incremental.answers import (
    MISSING,
    NoTextError,
    Read,
    RecordedMapping,
    RecordedObject,
    RecordedSet,
    begun,
    decoded,
    text_of_answer,
)
from postmortems.publish.incremental.values import digest

_DOCUMENTS = (Postmortem, Pattern)
_ROOTS = (Analysis, Corpus)
_GIVEN = frozenset({"corpus", "settings", "today"})  # the corpus tells itself, the others are in every key


class Reads:
    """Reads of one build."""

    def __init__(self, corpus: Corpus, analysis: Analysis) -> None:
        self._roots = {"analysis": analysis, "corpus": corpus}
        documents: tuple[Any, ...] = (*corpus.patterns, *corpus.postmortems)
        self._documents = {document.path: document for document in documents}
        self._known: dict[Read, bytes] = {}
        self._reads: dict[Read, None] | None = None
        self._shared_values: dict[tuple[str, str], tuple[Any, dict[Read, None] | None, bool]] = {}
        self.is_opaque = False

    @contextmanager
    def recorded(self) -> Iterator[dict[Read, None]]:
        """Record what is read meanwhile, each question once."""
        reads = begun()
        with self._watched():
            self._reads, self.is_opaque = reads, False
            try:
                yield reads
            finally:
                self._reads = None

    def shared(self, key: tuple[str, str], make: Callable[[], Any]) -> Any:
        """A value that several makers share: made once, and read by each of them as if it had made it."""
        asking, kept = self._reads, self._shared_values.get(key)
        if kept is None or (asking is not None and kept[1] is None):
            was_opaque, self.is_opaque = self.is_opaque, False
            self._reads = None if asking is None else begun()
            try:
                kept = self._shared_values[key] = make(), self._reads, self.is_opaque
            finally:
                self._reads, self.is_opaque = asking, was_opaque
        if asking is not None:
            asking.update(kept[1] or {})
        self.is_opaque |= kept[2]
        return kept[0]

    def answers(self, reads: Mapping[Read, None] | tuple[Read, ...]) -> bytes:
        """A digest of the answers to these questions as they are now."""
        with self._watched():
            return digest(*[self._known.get(read) or self._answer(read) for read in reads])

    def told(self, value: object) -> str:
        """A value as text in which a document is only its path."""
        with self._watched():
            return repr(value)

    def _answer(self, read: Read) -> bytes:
        try:
            found = digest(text_of_answer(self._ask(read)))
        except NoTextError:
            found = b""
        except Exception as error:  # What cannot be asked any more, such as a page that is gone, is another answer.
            found = digest(f"{type(error).__name__}")
        self._known[read] = found
        return found

    def _ask(self, read: Read) -> object:
        root, name, *steps = read
        value = getattr(self._roots[root] if root in self._roots else self._documents[root], name)
        for step, *given in steps:
            if step == "call":
                value = value(*map(partial(decoded, documents=self._documents), given))
            elif step == "name":
                value = getattr(value, given[0])
            elif step == "in":
                value = given[0] in value
            elif step == "all":
                value = sorted(value) if isinstance(value, AnySet) else list(value)
            else:
                value = value.get(given[0], MISSING)
        return value

    def record(self, read: Read, value: object) -> None:
        """Record a question and its answer, at the first time in a build with what it says."""
        assert self._reads is not None
        reads, self._reads = self._reads, None
        try:
            if read not in self._known:
                self._known[read] = digest(text_of_answer(value))
            reads[read] = None
        except NoTextError:
            self.is_opaque = True
        finally:
            self._reads = reads

    @property
    def is_recording(self) -> bool:
        """True while a maker asks."""
        return self._reads is not None

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Record nothing meanwhile."""
        reads, self._reads = self._reads, None
        try:
            yield
        finally:
            self._reads = reads

    def seen(self, read: Read, value: object) -> object:
        """An answer as it goes to who has asked: itself where it was recorded whole, or what records its parts."""
        if isinstance(value, Mapping):
            return RecordedMapping(self, read, value)
        if isinstance(value, frozenset):
            return RecordedSet(self, read, value)
        if callable(value):
            return lambda *given, **named: self._called(read, value, given, named)
        if type(value).__repr__ is object.__repr__:
            return RecordedObject(self, read, value)
        if value is not self._roots["corpus"]:
            self.record(read, value)
        return value

    def _called(
        self, read: Read, function: Callable[..., object], given: tuple[object, ...], named: Mapping[str, object]
    ) -> object:
        with self.paused():
            value = function(*given, **named)
        if self._reads is None:
            return value
        try:
            asked = (*read, ("call", *map(self._encoded, given)))
            if named:
                raise NoTextError
        except NoTextError:
            self.is_opaque = True
            return value
        return self.seen(asked, value)

    def _encoded(self, value: object) -> object:
        """An argument as it can be kept, and found again in another build."""
        if isinstance(value, _DOCUMENTS):
            with self.paused():
                path: str = value.path
                if self._documents.get(path) is value:
                    return ("document", path)
            raise NoTextError
        if value is None or isinstance(value, str | int | date | Enum):
            return value
        if isinstance(value, tuple | list):
            return ("several", *map(self._encoded, value))
        if isinstance(value, set | frozenset):
            return ("set", *sorted(map(self._encoded, value), key=str))
        if isinstance(value, FunctionType) and "<" not in value.__qualname__:
            return ("function", value.__module__, value.__qualname__)
        raise NoTextError

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Let the classes of the nouns tell what is read of them, and be short where they are told of."""
        if Postmortem.__repr__ is _short:
            yield
            return
        kept = [(kind, kind.__dict__.get("__repr__")) for kind in (*_DOCUMENTS, *_ROOTS)]
        plain = object.__getattribute__

        def of_document(document: Any, name: str) -> object:
            reads = self._reads
            if reads is None or name.startswith("__"):
                return plain(document, name)
            self._reads = None
            try:
                value, path = attribute_of(document, name), plain(document, "path")
            finally:
                self._reads = reads
            if (path, name) not in reads and not isinstance(value, MethodType):  # a method reads attributes itself
                self._of_document(document, (path, name), value)
            return value

        def of_root(root: Any, name: str) -> object:
            reads = self._reads
            if reads is None or name.startswith("_") or name in _GIVEN:
                return plain(root, name)
            self._reads = None
            try:
                value = plain(root, name)
            finally:
                self._reads = reads
            kind = "analysis" if isinstance(root, Analysis) else "corpus"
            if self._roots[kind] is not root:
                self.is_opaque = True
                return value
            return self.seen((kind, name), value)

        for kind in _DOCUMENTS:
            kind.__getattribute__, kind.__repr__ = of_document, _short  # type: ignore[method-assign]
        for root in _ROOTS:
            root.__getattribute__, root.__repr__ = of_root, _short  # type: ignore[method-assign]
        try:
            yield
        finally:
            for noun, made in kept:
                del noun.__getattribute__
                noun.__repr__ = made  # type: ignore[assignment, method-assign]

    def _of_document(self, document: object, read: Read, value: object) -> None:
        """Record an attribute. A document that is not in the corpus is one that nobody can ask again."""
        if self._documents.get(read[0]) is document:
            self.record(read, value)
        else:
            self.is_opaque = True


def _short(noun: object) -> str:
    return f"<{getattr(noun, 'path', type(noun).__name__)}>"

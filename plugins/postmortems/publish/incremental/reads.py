"""Everything that the maker of a page asks of the knowledge base, recorded while it asks, to be asked again later.

Nothing says beforehand what a page is made of. While its maker works, the classes of the nouns tell which attribute of
which document, and which answer of the corpus and its analysis, it has looked at. A page of an earlier build is current
if all of that is still the same. So an edit costs the pages that show something of it, and a new page needs nothing.

An answer is compared by its `repr`, in which a document is only its path, since what is read of it then is recorded by
itself. Of a mapping each key counts alone. What cannot be told apart is `opaque`: its page is made in each build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from types import MethodType
from typing import Any

from postmortems.analyse.analysis import Analysis
from postmortems.model.corpus import Corpus
from postmortems.publish.incremental.answers import (
    Apart,
    NoTextError,
    Read,
    RecordedMapping,
    RecordedObject,
    RecordedSet,
    asked_again,
    begun,
    encoded,
    text_of_answer,
)
from postmortems.publish.incremental.values import digest
from postmortems.publish.incremental.watching import plain_attribute, shortened, watched

_GIVEN = frozenset({"corpus", "settings"})  # the corpus tells itself, the settings are in every key
_UNASKED = object()
_WHOLE = ""
"""The name of a question for all of a document."""


class Reads:
    """Reads of one build."""

    def __init__(self, corpus: Corpus, analysis: Analysis) -> None:
        self.analysis = analysis
        self._roots = {"analysis": analysis, "corpus": corpus}
        documents: tuple[Any, ...] = (*corpus.patterns, *corpus.postmortems)
        self._documents = {document.path: document for document in documents}
        self.paths = tuple(self._documents)
        self._beside = {postmortem.path.rpartition("/")[0]: postmortem.path for postmortem in corpus.postmortems}
        self._known: dict[Read, bytes] = {}
        self._reads: dict[Read, None] | None = None
        self._values: dict[tuple[int, str], object] = {}
        self._asked_calls: dict[Read, object] = {}
        self.is_opaque = False

    @contextmanager
    def recorded(self) -> Iterator[dict[Read, None]]:
        """Record what is read meanwhile, each question once."""
        reads = begun()
        with self._watched():
            self._begin(reads)
            self.is_opaque = False
            try:
                yield reads
            finally:
                self._begin(None)

    def apart(self, make: Callable[[], Any]) -> Apart:
        """A value with what its maker asks; who asks now is not told."""
        asking, was_opaque, self.is_opaque = self._reads, self.is_opaque, False
        self._begin(None if asking is None else begun())
        try:
            return Apart(make(), self._reads, self.is_opaque)
        finally:
            self._begin(asking)
            self.is_opaque = was_opaque

    def take_over(self, made: Apart) -> None:
        """Record what a value was made of, as if who asks now had made it."""
        if self._reads is not None:
            self._reads.update(dict.fromkeys(made.asked or ()))
        self.is_opaque |= made.is_opaque

    def answers(self, reads: Iterable[Read]) -> list[bytes]:
        """Digests of the answers to these questions as they are now."""
        asked = [*reads]
        for read in asked:
            if read[1] == _WHOLE and read not in self._known:  # while its places have their lines
                self._known[read] = self.document_digest(read[0])
        with shortened():
            return [self._known.get(read) or self._answer(read) for read in asked]

    def know(self, answers: Iterable[tuple[Read, bytes]]) -> None:
        """Take over answers that are those of this build."""
        self._known.update(answers)

    def document_digest(self, path: str) -> bytes:
        """A digest of all of a document; empty where there is none."""
        if (document := self._documents.get(path)) is None:
            return b""
        key: str = getattr(document, "key", "")
        return digest(key, repr(document.front_matter if key else document))

    def told(self, value: object) -> str:
        """A value as text in which a document is only its path."""
        with shortened():
            return repr(value)

    def _begin(self, reads: dict[Read, None] | None) -> None:
        """Record into these reads from now on. What has been read for others is read again."""
        self._reads, self._values, self._asked_calls = reads, {}, {}

    def _answer(self, read: Read) -> bytes:
        try:
            found = digest(text_of_answer(asked_again(read, self._roots, self._documents)))
        except NoTextError:
            found = b""
        except Exception as error:  # What cannot be asked any more, such as a page that is gone, is another answer.
            found = digest(f"{type(error).__name__}")
        self._known[read] = found
        return found

    def record(self, read: Read, value: object) -> None:
        """Record a question and its answer, at the first time in a build with what it says."""
        reads = self._reads
        assert reads is not None
        if read in reads:
            return
        self._reads = None
        try:
            if not self._known.get(read):
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
        reads = self._reads
        if reads is None:
            return function(*given, **named)
        asked: Read | None = None
        with suppress(NoTextError):
            if not named:
                asked = (*read, ("call", *map(partial(encoded, documents=self._documents), given)))
        if asked is not None and (known := self._asked_calls.get(asked, _UNASKED)) is not _UNASKED:
            return known
        with self.paused():
            value = function(*given, **named)
        if asked is None:
            self.is_opaque = True
            return value
        found = self.seen(asked, value)
        if found is not value or asked in reads:
            self._asked_calls[asked] = found
        return found

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Let the classes of the nouns tell what is read of them. Half a million times: each call counts."""

        def of_document(document: Any, name: str) -> object:
            if self._reads is None or name.startswith("__"):
                return plain_attribute(document, name)
            known = self._values.get((id(document), name), _UNASKED)
            return self._first_of_document(document, name) if known is _UNASKED else known

        def of_root(root: Any, name: str) -> object:
            if self._reads is None or name.startswith("_") or name in _GIVEN:
                return plain_attribute(root, name)
            known = self._values.get((id(root), name), _UNASKED)
            return self._first_of_root(root, name) if known is _UNASKED else known

        with watched(of_document, of_root, self._of_line):
            yield

    def _of_line(self, path: str) -> None:
        """Record that a line of a file is asked for, as a question for all of its document, whose timeline may be in a
        file of its own."""
        if self._reads is None:
            return
        document = path if path in self._documents else self._beside.get(path.rpartition("/")[0])
        if document is None:
            self.is_opaque = True
        else:
            self._reads[document, _WHOLE] = None

    def _first_of_document(self, document: Any, name: str) -> object:
        value, path = self._unrecorded(document, name), plain_attribute(document, "path")
        if isinstance(value, MethodType) and name != "own_answer":  # a method reads attributes itself
            return value
        # A document that is not in the corpus is one that nobody can ask again; and another may come in its place.
        if self._documents.get(path) is not document:
            self.is_opaque = True
            return value
        if isinstance(value, MethodType):
            value = self.seen((path, name), value)
        else:
            self.record((path, name), value)
        self._values[id(document), name] = value
        return value

    def _first_of_root(self, root: Any, name: str) -> object:
        value, kind = self._unrecorded(root, name), "analysis" if isinstance(root, Analysis) else "corpus"
        if self._roots[kind] is not root:
            self.is_opaque = True
            return value
        found = self._values[id(root), name] = self.seen((kind, name), value)
        return found

    def _unrecorded(self, noun: object, name: str) -> object:
        reads, self._reads = self._reads, None
        try:
            return plain_attribute(noun, name)
        finally:
            self._reads = reads

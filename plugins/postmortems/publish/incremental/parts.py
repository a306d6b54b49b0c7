"""Generated parts of pages, kept with all that their makers have asked of the knowledge base."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from postmortems.publish.incremental.questions import Asked, Questions
from postmortems.publish.incremental.reads import Reads
from postmortems.publish.incremental.shared_values import SharedValues
from postmortems.publish.incremental.values import digest
from postmortems.publish.incremental.watching import is_of_same

if TYPE_CHECKING:
    from postmortems.model.corpus import Corpus
    from postmortems.model.postmortem import Postmortem
    from postmortems.publish.incremental.memo import Memo
    from postmortems.render.base.page import Page
    from postmortems.render.pages.site import Site


_PARTS, _QUESTIONS = "parts", "questions of the parts"
_PAGE, _DATA = "part ", "data "
"""Beginnings of the rows of pages and of data files."""
_T = TypeVar("_T")


class _Entry(NamedTuple):
    """A part as it is known: what its maker knows of the site, which part it is, and the key of its value."""

    about: bytes
    identity: bytes
    key: bytes


class _Known(NamedTuple):
    """Knowledge of an earlier build: its knowledge base, what its questions are kept under, its parts by their row,
    and the digests of its documents."""

    whole: bytes
    stamp: bytes
    entries: dict[str, _Entry]
    documents: dict[str, bytes]


class _Identity(NamedTuple):
    """A page's entry in the table of pages: its texts, what its maker is given, and a digest of all of it."""

    shown: tuple[object, ...]
    given: tuple[object, ...]
    digest: bytes


class Parts:
    """The generated parts of the pages of one build, and the texts of its data files.

    `whole` tells the whole knowledge base from any other: where it is that of the last build, nothing is asked. In a
    preview `last` are those of the build before, of the same pages, whose questions are still in memory.
    """

    def __init__(self, memo: Memo, site: Site, whole: str, last: Parts | None = None) -> None:
        self._memo = memo
        self._site = site
        self._reads = Reads(site.corpus, site.analysis)
        context = site.context
        self._base = digest(memo.base, repr(context.addresses), str(context.search_engine))
        self._whole = digest(self._base, whole, repr(site.analysis.read_history())) if memo and whole else b""
        self._before = last._known if last else self._kept_before()
        self._is_same = bool(self._whole) and self._before.whole == self._whole
        self._entries: dict[str, _Entry] = {}
        self._made = Asked()
        self._documents: dict[str, bytes] = dict(self._before.documents) if self._is_same else {}
        self._identities: dict[str, _Identity] = last._identities if last else {}
        if last:
            self._questions = last._questions.with_made(last._reads, last._made)
            self._documents |= {path: last.document(path) for path in _unchanged(site.corpus, last._site.corpus)}
        self._shared = SharedValues(memo, self._reads, lambda: self._answered)
        self.remember = self._shared.remember if memo else None

    def part(self, uri: str, root: str) -> Page | None:
        """The parts of a page, painted; None where it has none."""

        def make() -> Page | None:
            page = self._site.page(uri, root)
            return page.painted() if page else None

        return self._kept(f"{_PAGE}{uri}", make, root)

    def current(self, uri: str, root: str) -> bytes | None:
        """The key of the parts of a page, without them; None if they are to be made. They stay kept."""
        row = f"{_PAGE}{uri}"
        entry = self._entries.get(row) or self._stays(row, digest(root))
        if entry is None or not self._memo.has(row, entry.key):
            return None
        self._entries[row] = entry
        return entry.key

    def text(self, uri: str, make: Callable[[], str], *about: str) -> str:
        """The text of a data file; `about` is what its maker knows of the site."""
        text = self._kept(row := f"{_DATA}{uri}", make, *about)
        if entry := self._entries.get(row):
            self._memo.note(*_written(row, entry, text.encode("utf-8", "replace")))
        return text

    def is_right(self, uri: str, about: tuple[str, ...], data: bytes) -> bool:
        """True if this is the text of a data file, which then need not be made."""
        row = f"{_DATA}{uri}"
        entry = self._stays(row, digest(*about))
        if entry is None or not self._memo.has(*_written(row, entry, data)):
            return False
        self._entries[row] = entry
        self._memo.touch(row)
        return True

    def take_over(self) -> None:
        """Take over all that an earlier build of a site with the same pages and addresses has made, and that is still
        current."""
        self._entries |= {row: entry for row, entry in self._before.entries.items() if self._is_current(row, entry)}

    def has_part(self, uri: str) -> bool:
        """True if the part of a page was made, or taken over."""
        return f"{_PAGE}{uri}" in self._entries

    def has_text(self, uri: str) -> bool:
        """True if the text of a data file was."""
        return f"{_DATA}{uri}" in self._entries

    @cached_property
    def changed_documents(self) -> set[str]:
        """The paths of documents that are others than in the build whose parts are known."""
        if self._is_same:
            return set()
        return {path for path, found in self._before.documents.items() if self.document(path) != found}

    def document(self, path: str) -> bytes:
        """A digest of all that is known of a document; empty where there is none."""
        if (found := self._documents.get(path)) is None:
            found = self._documents[path] = self._reads.document_digest(path)
        return found

    def drawn(self, uri: str, shown: Postmortem | None) -> bytes:
        """A digest of what is drawn into the text of a page: of its document, or of the one that is shown for it; empty
        where nothing is kept."""
        if not self._memo:
            return b""
        is_another = shown is not None and shown is not self._site.corpus.by_path.get(uri)
        return digest(repr(shown)) if is_another else self.document(uri)

    def close(self) -> None:
        """Keep what has been asked, and with which answers."""
        if not self._memo or (self._is_same and not self._made.of_part and self._entries == self._before.entries):
            return
        parts = self._entries.keys() | self._shared.close(self._made)
        self._questions, self._made = self._questions.next(self._reads, self._made, parts), Asked()
        known = self._known
        self._memo.keep(_PARTS, self._base, tuple(known))
        self._memo.keep(_QUESTIONS, known.stamp, self._questions)

    def _kept(self, row: str, make: Callable[[], _T], *about: str) -> _T:
        if not self._memo:
            return make()
        told = digest(*about)
        if entry := self._stays(row, told):
            found = self._memo.found(row, entry.key)
            if isinstance(found, tuple):
                self._entries[row] = entry
                value: _T = found[0]
                return value
        try:
            with self._reads.recorded() as reads:
                made = make()
        except Exception:  # A recorded mapping can do less than a dictionary; what is really wrong is raised again.
            return make()
        if not self._reads.is_opaque:
            key = secrets.token_bytes(16)
            self._memo.keep(row, key, (made,))
            self._made.add(row, reads)
            self._entries[row] = _Entry(told, self._identity(row), key)
        return made

    def _stays(self, row: str, about: bytes) -> _Entry | None:
        """The entry of an earlier build, if its part would be the same now."""
        entry = self._before.entries.get(row)
        is_same = entry is not None and entry.about == about and self._is_current(row, entry)
        return entry if is_same else None

    def _is_current(self, row: str, entry: _Entry) -> bool:
        if self._is_same:
            return True
        return entry.identity == self._identity(row) and row in self._answered.of_part

    @property
    def _known(self) -> _Known:
        documents = {path: self.document(path) for path in self._reads.paths}
        return _Known(self._whole, secrets.token_bytes(8), self._entries, documents)

    def _kept_before(self) -> _Known:
        kept = self._memo.found(_PARTS, self._base)
        return _Known(*kept) if isinstance(kept, tuple) else _Known(b"", b"", {}, {})

    @cached_property
    def _questions(self) -> Questions:
        """The questions of the build whose parts are known; none where they are not those of the same build."""
        kept = self._memo.found(_QUESTIONS, self._before.stamp)
        return kept if isinstance(kept, Questions) else Questions()

    @cached_property
    def _answered(self) -> Questions:
        """The same, answered again; without the parts whose questions have other answers now."""
        self._questions.ask_again(self._reads, self._before.documents.keys() - self.changed_documents)
        return self._questions

    def _identity(self, row: str) -> bytes:
        """A digest of the entry of a generated page in the table of pages; of others their row tells enough."""
        uri = row.removeprefix(_PAGE)
        page = self._site.pages.get(uri) if row.startswith(_PAGE) else None
        if page is None:
            return b""
        made: Callable[..., object] | None = page.make
        given = made.args if isinstance(made, partial) else ()
        name = getattr(made.func if isinstance(made, partial) else made, "__qualname__", "")
        shown = (name, page.source, page.title, page.css_class, page.kicker, page.is_hero)
        known = self._identities.get(row)
        # In a preview nearly all of what is given is made of the very objects that it was made of.
        if known is None or known.shown != shown or not is_of_same(known.given, given):
            known = self._identities[row] = _Identity(shown, given, digest(self._reads.told((shown, given))))
        return known.digest


def _written(row: str, entry: _Entry, data: bytes) -> tuple[str, bytes]:
    """The row of a data file as it was written, and its key."""
    return f"written {row}", digest(entry.key, data)


def _unchanged(corpus: Corpus, before: Corpus) -> Iterator[str]:
    """The paths of postmortems that are the very objects that they were (see `Corpus.sharing`)."""
    return (path for path, postmortem in corpus.by_path.items() if before.by_path.get(path) is postmortem)

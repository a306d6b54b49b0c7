"""Generated parts of pages, kept with all that their makers have asked of the knowledge base."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from postmortems.publish.incremental.questions import Asked, Questions
from postmortems.publish.incremental.reads import Reads
from postmortems.publish.incremental.values import digest

if TYPE_CHECKING:
    from postmortems.model.postmortem import Postmortem
    from postmortems.publish.incremental.memo import Memo
    from postmortems.render.base.page import Page
    from postmortems.render.pages.site import Site


_PARTS, _QUESTIONS = "parts", "questions of the parts"
_T = TypeVar("_T")


class _Entry(NamedTuple):
    """A part as it is known: what its maker knows of the site, which part it is, and the key of its value."""

    about: bytes
    identity: str
    key: bytes


class Parts:
    """The generated parts of the pages of one build, and the texts of its data files.

    `whole` tells the whole knowledge base from any other: where it is that of the last build, nothing is asked.
    """

    def __init__(self, memo: Memo, site: Site, whole: str) -> None:
        self._memo = memo
        self._site = site
        self._reads = Reads(site.corpus, site.analysis)
        context = site.context
        self._base = digest(memo.base, repr(context.addresses), str(context.search_engine))
        self._whole = digest(self._base, whole, repr(site.analysis.read_history())) if memo and whole else b""
        kept = memo.found(_PARTS, self._base)
        self._before: tuple[bytes, bytes, dict[str, _Entry], dict[str, bytes]] = (
            kept if isinstance(kept, tuple) else (b"", b"", {}, {})
        )
        self._is_same = bool(self._whole) and self._before[0] == self._whole
        self._entries: dict[str, _Entry] = {}
        self._made = Asked()
        self._documents: dict[str, bytes] = dict(self._before[3]) if self._is_same else {}
        self.remember = self._reads.shared if memo else None

    def part(self, uri: str, root: str) -> Page | None:
        """The parts of a page, painted; None where it has none."""

        def make() -> Page | None:
            page = self._site.page(uri, root)
            return page.painted() if page else None

        return self._kept(f"part {uri}", make, lambda: self._identity(uri), root)

    def text(self, uri: str, make: Callable[[], str], *about: str) -> str:
        """The text of a data file; `about` is what its maker knows of the site."""
        return self._kept(f"data {uri}", make, str, *about)

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
        if not self._memo or (self._is_same and not self._made.of_part and self._entries == self._before[2]):
            return
        stamp = secrets.token_bytes(8)
        questions = self._questions.next(self._reads, self._made, self._entries.keys())
        documents = {path: self.document(path) for path in self._reads.paths}
        self._memo.keep(_PARTS, self._base, (self._whole, stamp, self._entries, documents))
        self._memo.keep(_QUESTIONS, stamp, questions)

    def _kept(self, row: str, make: Callable[[], _T], identity: Callable[[], str], *about: str) -> _T:
        if not self._memo:
            return make()
        told = digest(*about)
        entry = self._before[2].get(row)
        if entry is not None and entry.about == told and self._is_current(row, entry, identity):
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
            self._entries[row] = _Entry(told, identity(), key)
        return made

    def _is_current(self, row: str, entry: _Entry, identity: Callable[[], str]) -> bool:
        if self._is_same:
            return True
        return entry.identity == identity() and not self._questions.asks_any(row, self._changed)

    @cached_property
    def _questions(self) -> Questions:
        """The questions of the build whose parts are known; none where they are not those of the same build."""
        kept = self._memo.found(_QUESTIONS, self._before[1])
        return kept if isinstance(kept, Questions) else Questions()

    @cached_property
    def _changed(self) -> set[int]:
        same = {path for path, found in self._before[3].items() if self.document(path) == found}
        return self._questions.changed(self._reads, same)

    def _identity(self, uri: str) -> str:
        """The entry of a generated page in the table of pages; others are told by their source alone."""
        page = self._site.pages.get(uri)
        if page is None:
            return uri
        made: Callable[..., object] | None = page.make
        given = made.args if isinstance(made, partial) else ()
        shown = (page.source, page.title, page.css_class, page.kicker, page.is_hero, given)
        name = getattr(made.func if isinstance(made, partial) else made, "__qualname__", "")
        return f"{uri} {name} {self._reads.told(shown)}"

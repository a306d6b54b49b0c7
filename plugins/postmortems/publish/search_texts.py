"""Texts of the pages as the search reads them: the author's words alone, and the index that is made of them.

Everybody else gets a page whole, with all that is drawn in it. Search plugins parse the HTML of `page.content`, which
is a quarter of their work, and generated parts would crowd what is found. There is no event around a single plugin, so
its index is asked through a method that shows it the page as it was before anything was drawn.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.utils import write_file

from postmortems.publish import other_plugins, pagefind
from postmortems.publish.contents_on_disk import showing
from postmortems.publish.incremental.memo import Memo
from postmortems.publish.incremental.search_entries import PagefindIndex, kept_entries
from postmortems.publish.incremental.values import digest
from postmortems.publish.material_search import spared
from postmortems.publish.preview_index import Checked, PreviewIndex
from postmortems.render.base.context import PageContext
from postmortems.render.data.search_documents import (
    page_about,
    pattern_about,
    postmortem_about,
    search_document,
)
from postmortems.render.pages.guide_pages import guide_pages
from postmortems.render.pages.search_page import index_files
from postmortems.settings import SearchEngine

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.plugins import PluginCollection
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from postmortems.results import Run

log = logging.getLogger("mkdocs.plugins.postmortems")

_METHOD = "add_entry_from_context"
_END = re.compile(r"</(?:address|article|aside|dd|div|dt|figcaption|li|p|section|span|td|th|time|tr)>|<br>")


class SearchTexts:
    """The texts of one build. Titles and texts are safe HTML, by the source of their page. Texts still have the marks
    of what is drawn in them, which hold the build's `nonce`."""

    def __init__(self, nonce: str) -> None:
        self._nonce = nonce
        self._sign = re.compile(rf'<i data-slot="{nonce}-[^"<>]*"(?: id="[^"<>]*")?></i>')
        """Pattern for a sign of what is drawn: to Material's search each is one more element to read."""
        self._texts: dict[str, tuple[str, str]] = {}
        self._digests: dict[str, bytes] = {}
        self._blank = digest("")
        self._later: dict[str, Callable[[], object]] = {}
        """Functions that read the pages whose words are known by their digest alone."""
        self._drawn_in: set[str] = set()
        self._addresses: dict[str, str] = {}
        self._entries: list[tuple[list[object], dict[str, list[object]]]] = []
        """The entries of each search index of a plugin, and the same by the source of their page."""
        self._made: Callable[[Memo, Checked], PagefindIndex] | None = None
        self._index: PagefindIndex | None = None

    def add(self, uri: str, title: str, words: str, *, is_drawn_in: bool) -> None:
        """Remember what an author has written on a page, and whether anything is drawn in it.

        No two blocks are one word, wherever they end.
        """
        if is_drawn_in:
            self._drawn_in.add(uri)
        self._later.pop(uri, None)
        words = _END.sub(r" \g<0>", words)
        self._texts[uri] = title, words
        self._digests[uri] = digest(*words.split(self._nonce))

    def add_kept(self, uri: str, title: str, words: bytes, read: Callable[[], object]) -> None:
        """Remember a page in which something is drawn, and of whose words this is the digest; `read` adds them."""
        self._drawn_in.add(uri)
        self._texts[uri] = title, ""
        self._digests[uri] = words
        self._later[uri] = read

    def words_digest(self, uri: str) -> bytes:
        """A digest of the words of a page."""
        return self._digests[uri]

    def _has_words(self, uri: str) -> bool:
        return self._digests[uri] != self._blank and bool(self._words(uri).strip())

    def _words(self, uri: str) -> str:
        if read := self._later.get(uri):
            read()
        return self._texts[uri][1]

    def let_search_read(self, plugins: PluginCollection, files: Files, memo: Memo) -> None:
        """Let every search index read these texts instead of what the pages show.

        A search that works in another way reads the whole page.
        """
        self.locate(files)
        for plugin in plugins.values():
            index = getattr(plugin, "search_index", None)
            add = getattr(index, _METHOD, None)
            if index is None or add is None:
                continue
            entries, of_pages = getattr(index, "entries", []), dict[str, list[object]]()
            self._entries.append((entries, of_pages))
            add = kept_entries(memo, index, partial(self._add_words, add), self._told, self._nonce)

            def add_page(page: Page, add: Any = add, entries: Any = entries, of_pages: Any = of_pages) -> None:
                before = len(entries)
                add(page)
                of_pages[page.file.src_uri] = entries[before:]

            setattr(index, _METHOD, add_page)
        methods = plugins.events["page_context"]
        methods[:] = [spared(method, self._drawn_in) for method in methods]

    def _told(self, page: Page) -> bytes:
        """A digest of what the search reads of a page."""
        if (uri := page.file.src_uri) in self._drawn_in:
            return self._digests[uri]
        return digest(*str(page.content).split(self._nonce))

    def _add_words(self, add: Callable[[Page], None], page: Page) -> None:
        """Let an index read the words of a page in the place of its content."""
        if (uri := page.file.src_uri) not in self._drawn_in:
            add(page)
            return
        with showing(page, self._sign.sub("", self._words(uri))):
            add(page)

    def locate(self, files: Files) -> None:
        """Find the addresses of the pages that are found."""
        secret = set(other_plugins.encrypted(files))
        self._addresses = {
            file.src_uri: file.url
            for file in files.documentation_pages()
            if file.src_uri not in secret and not _is_excluded(file.page)
        }

    def arrange_entries(self, uris: Iterable[str]) -> None:
        """Let the indexes of plugins have the entries of these pages, in this order, after some were read again."""
        order = [*uris]
        for entries, of_pages in self._entries:
            entries[:] = [entry for uri in order for entry in of_pages.get(uri, ())]

    def prepare_index(self, run: Run, context: PageContext, config: MkDocsConfig, memo: Memo, *, preview: bool) -> None:
        """See what the index of the search page is made of, when all texts are there; a preview makes its own behind
        the pages."""
        if context.search_engine is not SearchEngine.PAGEFIND:
            return
        language = str(config.theme.get("language") or "en")

        def made(memo: Memo, checked: Checked) -> PagefindIndex:
            documents = cache(lambda: tuple(checked(self._documents(run, context, language, memo))))
            made_of = [run.key, repr(context.addresses), *self._made_of()] if memo and run.key else []
            return PagefindIndex(memo, documents, made_of, language)

        self._made = made
        if not preview:
            self._index = made(memo, iter)

    def start_index(self, site: Path) -> None:
        """Let the index be made, in a site that has nothing but what stays in it."""
        if self._index is not None:
            self._index.begin(site / pagefind.FOLDER)

    @property
    def kept_files(self) -> Set[str]:
        """The files of an index that is kept, in the site."""
        return {f"{pagefind.FOLDER}/{name}" for name in self._index.kept} if self._index is not None else set()

    def end_index(self, context: PageContext, site: Path, behind: PreviewIndex) -> bool:
        """Write what belongs to the index, the last thing of a build. Gives back whether its page needs WebAssembly."""
        if self._made is None:
            return False
        if self._index is None:
            behind.make(partial(self._made, Memo(None)), partial(index_files, context=context), site)
            return True
        for file, text in index_files(self._index.names(), context).items():
            write_file(text.encode(), str(site / file))
        return True

    def stop(self) -> None:
        """End the index where it is, if it is still being made."""
        if self._index is not None:
            self._index.stop()

    def _made_of(self) -> Iterator[str]:
        """All that the documents are made of beside the knowledge base itself."""
        for uri, (title, _) in self._texts.items():
            yield from (uri, str(self._addresses.get(uri)), title, self._digests[uri].hex())

    def _documents(self, run: Run, context: PageContext, language: str, memo: Memo) -> Iterator[str]:
        patterns = {pattern.path: pattern for pattern in run.corpus.patterns}
        guide = guide_pages()
        for uri, (title, _) in [*self._texts.items()]:
            if (address := self._addresses.get(uri)) is None:
                continue
            if postmortem := run.corpus.by_path.get(uri):
                about = postmortem_about(postmortem, context)
            elif pattern := patterns.get(uri):
                about = pattern_about(pattern, context)
            elif uri in guide or self._has_words(uri):
                about = page_about(title, address)
            else:
                continue
            key = digest(memo.base, self._digests[uri], language, repr(about))
            document = memo.found(f"document {uri}", key)
            if not isinstance(document, str):
                words = self._words(uri).replace(self._nonce, "")
                # Examples of rules would answer everything.
                document = search_document(about, words.partition("<h2")[0] if uri in guide else words, language)
                memo.keep(f"document {uri}", key, document)
            yield document


def engine_of(asked: SearchEngine, config: MkDocsConfig) -> SearchEngine | None:
    """The engine of the search page: what the settings ask for if it is there, else the other; None without both."""
    # The plugin `exclude-search` takes entries out of Material's index when all is built.
    if asked is SearchEngine.PAGEFIND and pagefind.program() and "exclude-search" not in config.plugins:
        return asked
    return SearchEngine.MATERIAL if other_plugins.has_search(config) else None


def _is_excluded(page: Page | None) -> bool:
    """True if an author wants a page left out of the search, as Material has it: `search: {exclude: true}`."""
    asked = page.meta.get("search") if page else None
    return isinstance(asked, dict) and bool(asked.get("exclude"))

"""Entries of Material's search index, kept for each page with all that they are made of; and Pagefind's, kept whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postmortems.publish import pagefind
from postmortems.publish.incremental.values import OpaqueError, digest, text_of
from postmortems.publish.site_folder import write_changed

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

    from postmortems.publish.incremental.memo import Memo

_WHOLE, _DOCUMENTS = "pagefind", "documents of pagefind"
_MOST = 64 * 1024 * 1024
"""Bytes of the largest index that is kept."""

_KNOWN = ("material.plugins.search.plugin", "materialx.plugins.search.plugin")


def kept_entries(
    memo: Memo, index: Any, add: Callable[[Page], None], told: Callable[[Page], bytes], nonce: str
) -> Callable[[Page], None]:
    """The method that adds the entries of a page to an index, taking those that an earlier build has made.

    That of an index that is not known stays as it is. `told` gives a digest of what the index reads of a page, `nonce`
    is in texts, and another one in each build.
    """
    if not memo or type(index).__module__ not in _KNOWN:
        return add
    try:
        base = digest(memo.base, text_of(index.config))
    except OpaqueError:
        return add

    def add_kept(page: Page) -> None:
        try:
            key = digest(base, told(page), *_values(page))
        except OpaqueError:
            add(page)
            return
        row = f"search {page.file.src_uri}"
        found = memo.found(row, key)
        if isinstance(found, list):
            index.entries.extend(found)
            return
        before = len(index.entries)
        add(page)
        made = index.entries[before:]
        if nonce not in str(made):
            memo.keep(row, key, made)

    return add_kept


class PagefindIndex:
    """Pagefind's index of one build: anew only if one of its documents is different, and then beside the build.

    `key` stands for the documents. An index cannot be changed. `made_of` is all that the documents are made of, or
    nothing if that cannot be told: where that is the same, they need not be put together to be compared.
    """

    def __init__(
        self,
        memo: Memo,
        documents: Callable[[], Sequence[str]],
        made_of: Iterable[str],
        language: str,
    ) -> None:
        self._memo = memo
        self._documents = documents
        self._language = language
        parts = [*made_of]
        whole = digest(memo.base, language, *parts) if parts else b""
        key = memo.found(_DOCUMENTS, whole) if whole else None
        if not isinstance(key, bytes):
            key = digest(memo.base, language, *documents())
            if whole:
                memo.keep(_DOCUMENTS, whole, key)
        self.key = key
        self._kept = memo.found(_WHOLE, key)
        self._indexing: pagefind.Indexing | None = None

    def begin(self, target: Path) -> None:
        """Begin the index in a folder of its own."""
        self._target = target
        if not isinstance(self._kept, tuple):
            self._indexing = pagefind.Indexing(self._documents(), target, self._language)

    @property
    def kept(self) -> Set[str]:
        """The files of an index that is kept, in its folder; none of one that is made."""
        return self._kept[1].keys() if isinstance(self._kept, tuple) else set()

    def names(self) -> Mapping[str, str]:
        """The names of the documents, as of `Indexing.names`, once the index is there."""
        if self._indexing is None:
            assert isinstance(self._kept, tuple)
            names, files = self._kept
            for name, data in files.items():
                write_changed(str(self._target / name), data)
            return dict(names)
        found = self._indexing.names()
        if self._memo and found:
            paths = [path for path in sorted(self._target.rglob("*")) if path.is_file()]
            if sum(path.stat().st_size for path in paths) < _MOST:
                files = {path.relative_to(self._target).as_posix(): path.read_bytes() for path in paths}
                self._memo.keep(_WHOLE, self.key, (dict(found), files))
        return found

    def stop(self) -> None:
        """Leave the index as it is."""
        if self._indexing is not None:
            self._indexing.stop()


def _values(page: Page) -> Iterator[str]:
    yield text_of([page.url, page.title, page.meta.get("title"), page.meta.get("tags"), page.meta.get("search")])
    yield from _anchors(page.toc)


def _anchors(items: Any) -> Iterator[str]:
    item: AnchorLink
    for item in items:
        yield f"{item.id} {item.url}"
        yield from _anchors(item.children)

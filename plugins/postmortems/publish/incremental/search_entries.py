"""Entries of Material's search index, kept for each page with all that they are made of; and Pagefind's, kept whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.utils import write_file

from postmortems.publish import pagefind
from postmortems.publish.incremental.values import OpaqueError, digest, text_of

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

    from postmortems.publish.incremental.memo import Memo

_WHOLE, _DOCUMENTS = "pagefind", "documents of pagefind"
_MOST = 64 * 1024 * 1024
"""Bytes of the largest index that is kept."""

_KNOWN = ("material.plugins.search.plugin", "materialx.plugins.search.plugin")


def kept_entries(memo: Memo, index: Any, add: Callable[[Page], None], nonce: str) -> Callable[[Page], None]:
    """The method that adds the entries of a page to an index, taking those that an earlier build has made.

    That of an index that is not known stays as it is. `nonce` is in texts, and another one in each build.
    """
    if not memo or type(index).__module__ not in _KNOWN:
        return add
    try:
        base = digest(memo.base, text_of(index.config))
    except OpaqueError:
        return add

    def add_kept(page: Page) -> None:
        try:
            key = digest(base, *_values(page, nonce))
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


def pagefind_index(
    memo: Memo, documents: Callable[[], Sequence[str]], made_of: Iterable[str], site: Path, language: str, nonce: str
) -> Mapping[str, str]:
    """Write Pagefind's index of these documents, as of `pagefind.write_index`: anew only if one of them is different.

    It has no way to change an index. `made_of` is all that the documents are made of, or nothing if that cannot be
    told: where that is the same, they need not be put together to be compared.
    """
    parts = [text.replace(nonce, "") for text in made_of]
    whole = digest(memo.base, language, *parts) if parts else b""
    key = memo.found(_DOCUMENTS, whole) if whole else None
    if not isinstance(key, bytes):
        key = digest(memo.base, language, *(document.replace(nonce, "") for document in documents()))
        if whole:
            memo.keep(_DOCUMENTS, whole, key)
    target = site / pagefind.FOLDER
    found = memo.found(_WHOLE, key)
    if isinstance(found, tuple):
        names, files = found
        for name, data in files.items():
            write_file(data, str(target / name))
        return dict(names)
    names = pagefind.write_index(documents(), site, language)
    if memo and names:
        paths = [path for path in sorted(target.rglob("*")) if path.is_file()]
        if sum(path.stat().st_size for path in paths) < _MOST:
            files = {path.relative_to(target).as_posix(): path.read_bytes() for path in paths}
            memo.keep(_WHOLE, key, (dict(names), files))
    return names


def _values(page: Page, nonce: str) -> Iterator[str]:
    yield from str(page.content).split(nonce)
    yield text_of([page.url, page.title, page.meta.get("title"), page.meta.get("tags"), page.meta.get("search")])
    yield from _anchors(page.toc)


def _anchors(items: Any) -> Iterator[str]:
    item: AnchorLink
    for item in items:
        yield f"{item.id} {item.url}"
        yield from _anchors(item.children)

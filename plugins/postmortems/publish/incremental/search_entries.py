"""Entries of Material's search index, kept for each page with all that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from postmortems.publish.incremental.values import OpaqueError, digest, text_of

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

    from postmortems.publish.incremental.memo import Memo

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


def _values(page: Page, nonce: str) -> Iterator[str]:
    yield from str(page.content).split(nonce)
    yield text_of([page.url, page.title, page.meta.get("title"), page.meta.get("tags"), page.meta.get("search")])
    yield from _anchors(page.toc)


def _anchors(items: Any) -> Iterator[str]:
    item: AnchorLink
    for item in items:
        yield f"{item.id} {item.url}"
        yield from _anchors(item.children)

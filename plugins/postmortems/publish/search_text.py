"""Text that the search reads of a page: the author's words alone.

Everybody else gets a page whole, with all that is drawn in it. Search plugins parse the HTML of `page.content`, which
is a quarter of their work, and generated parts would crowd what is found. There is no event around a single plugin, so
its index is asked through a method that shows it the page as it was before anything was drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

_METHOD = "add_entry_from_context"


def let_search_read(plugins: Iterable[Any], texts: Mapping[str, str]) -> None:
    """Let every search index read these texts, by the source of their page, instead of what the page shows.

    A search that works in another way reads the whole page.
    """
    for plugin in plugins:
        index = getattr(plugin, "search_index", None)
        add = getattr(index, _METHOD, None)
        if index is None or add is None:
            continue

        def add_words(page: Page, add: Any = add) -> None:
            whole = page.content
            page.content = texts.get(page.file.src_uri, whole)
            try:
                add(page)
            finally:
                page.content = whole

        setattr(index, _METHOD, add_words)

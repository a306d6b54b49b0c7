"""The generated parts of pages, made by other processes while MkDocs still turns Markdown into HTML."""

from __future__ import annotations

from collections.abc import Sequence

from postmortems.render.page import Page
from postmortems.render.site import Site
from postmortems.workers import Workers


class Ahead:
    """The generated parts of each page; those of `pages` are begun at once, in their order.

    `pages` are pairs of a page's source and the relative way from it to the site's root.
    """

    def __init__(self, site: Site, pages: Sequence[tuple[str, str]] = ()) -> None:
        self._site = site
        self._index = {page: index for index, page in enumerate(pages)}
        self._workers = Workers(lambda page: site.page(*page), pages, besides=1)

    def page(self, uri: str, root: str) -> Page | None:
        """The generated parts of a page, None where it has none; asked for once."""
        index = self._index.get((uri, root))
        return self._site.page(uri, root) if index is None else self._workers.result(index)

    def close(self) -> None:
        """End what has been begun, whether or not anybody has asked for it."""
        self._workers.close()

"""What the site needs later, made by other processes while MkDocs still turns Markdown into HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from postmortems.render.base.page import Page
from postmortems.render.data.files import DataFiles
from postmortems.render.pages.site import Site
from postmortems.workers import Workers


class Ahead:
    """The data files and the generated parts of pages. All are begun at once, the files first; each is asked for once.

    `pages` are pairs of a page's source and the relative way from it to the site's root.
    """

    def __init__(self, site: Site, data: DataFiles, pages: Iterable[tuple[str, str]] = ()) -> None:
        self._site = site
        drawn = {page: _page_maker(site, *page) for page in pages}
        self._index = {key: index for index, key in enumerate((*data, *drawn))}
        makers: list[Callable[[], object]] = [*data.values(), *drawn.values()]
        self._workers = Workers(lambda make: make(), makers, besides=1)

    def text(self, uri: str) -> str:
        """The text of a data file."""
        return str(self._workers.result(self._index[uri]))

    def page(self, uri: str, root: str) -> Page | None:
        """The generated parts of a page, None where it has none."""
        if (uri, root) not in self._index:
            return _page(self._site, uri, root)
        made = self._workers.result(self._index[uri, root])
        return made if isinstance(made, Page) else None

    def close(self) -> None:
        """End what has been begun, whether or not anybody has asked for it."""
        self._workers.close()


def _page_maker(site: Site, uri: str, root: str) -> Callable[[], Page | None]:
    return lambda: _page(site, uri, root)


def _page(site: Site, uri: str, root: str) -> Page | None:
    made = site.page(uri, root)
    return made.painted() if made else None

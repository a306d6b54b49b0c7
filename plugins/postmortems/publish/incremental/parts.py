"""Generated parts of pages, kept with all that their makers have asked of the knowledge base."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from postmortems.publish.incremental.reads import Reads
from postmortems.publish.incremental.values import digest
from postmortems.render.base.page import Page

if TYPE_CHECKING:
    from postmortems.publish.incremental.memo import Memo
    from postmortems.render.pages.site import Site


class Parts:
    """The generated parts of the pages of one build."""

    def __init__(self, memo: Memo, site: Site) -> None:
        self._memo = memo
        self._site = site
        self._reads = Reads(site.corpus, site.analysis)
        context = site.context
        self._base = digest(memo.base, str(site.analysis.today), repr(context.addresses), str(context.search_engine))

    def part(self, uri: str, root: str) -> Page | None:
        """The parts of a page, painted; None where it has none."""
        if not self._memo:
            return self._made(uri, root)
        row, key = f"part {uri}", digest(self._base, root, self._identity(uri))
        found = self._memo.found(row, key)
        if isinstance(found, tuple) and self._reads.answers(found[0]) == found[1]:
            page: Page | None = found[2]
            return page
        try:
            with self._reads.recorded() as reads:
                page = self._made(uri, root)
        except Exception:  # A recorded mapping can do less than a dictionary; what is really wrong is raised again.
            return self._made(uri, root)
        if self._reads.is_opaque:
            return page
        asked = tuple(reads)
        self._memo.keep(row, key, (asked, self._reads.answers(asked), page))
        return page

    def _made(self, uri: str, root: str) -> Page | None:
        page = self._site.page(uri, root)
        return page.painted() if page else None

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

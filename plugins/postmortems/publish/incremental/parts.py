"""Generated parts of pages, kept with all that their makers have asked of the knowledge base."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from postmortems.publish.incremental.reads import Reads
from postmortems.publish.incremental.values import digest

if TYPE_CHECKING:
    from postmortems.publish.incremental.memo import Memo
    from postmortems.render.base.page import Page
    from postmortems.render.pages.site import Site


_VALID = "parts of the whole"
_T = TypeVar("_T")


class Parts:
    """The generated parts of the pages of one build, and the texts of its data files.

    `whole` tells the whole knowledge base from any other: where it is that of the last build, nothing is asked.
    """

    def __init__(self, memo: Memo, site: Site, whole: str) -> None:
        self._memo = memo
        self._site = site
        self._reads = Reads(site.corpus, site.analysis)
        context = site.context
        self._base = digest(memo.base, str(site.analysis.today), repr(context.addresses), str(context.search_engine))
        self._whole = digest(self._base, whole, repr(site.analysis.read_history())) if memo and whole else b""
        valid = memo.found(_VALID, self._whole) if self._whole else None
        self._valid: dict[str, bytes] = valid if isinstance(valid, dict) else {}
        self.remember = self._reads.shared if memo else None

    def part(self, uri: str, root: str) -> Page | None:
        """The parts of a page, painted; None where it has none."""

        def make() -> Page | None:
            page = self._site.page(uri, root)
            return page.painted() if page else None

        return self._kept(f"part {uri}", make, root, self._identity(uri) if self._memo else "")

    def text(self, uri: str, make: Callable[[], str], *about: str) -> str:
        """The text of a data file; `about` is what its maker knows of the site."""
        return self._kept(f"data {uri}", make, *about)

    def close(self) -> None:
        """Keep which of all this is of this knowledge base."""
        if self._whole:
            self._memo.keep(_VALID, self._whole, self._valid)

    def _kept(self, row: str, make: Callable[[], _T], *about: str) -> _T:
        if not self._memo:
            return make()
        key = digest(self._base, *about)
        found = self._memo.found(row, key)
        if isinstance(found, tuple) and (
            self._valid.get(row) == key + found[1] or self._reads.answers(found[0]) == found[1]
        ):
            self._valid[row] = key + found[1]
            value: _T = found[2]
            return value
        try:
            with self._reads.recorded() as reads:
                made = make()
        except Exception:  # A recorded mapping can do less than a dictionary; what is really wrong is raised again.
            return make()
        if not self._reads.is_opaque:
            asked = tuple(reads)
            answers = self._reads.answers(asked)
            self._memo.keep(row, key, (asked, answers, made))
            self._valid[row] = key + answers
        return made

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

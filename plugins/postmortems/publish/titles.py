"""The titles of pages, sections and headings, made safe HTML: Material prints them as they are on every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from markupsafe import Markup
from mkdocs.structure.nav import Link

from postmortems.publish.page_meta import UNSAFE_IN_ADDRESS, safe_text
from postmortems.render.authored.clean_html import inert_html
from postmortems.text.allowed_html import is_allowed_address

if TYPE_CHECKING:
    from mkdocs.structure import StructureItem
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink


@dataclass(frozen=True, slots=True)
class Titles:
    """Makes titles safe. `own` are those that `mkdocs.yml` gives, whose author has the last word in the theme anyway;
    `tooltips` tells that the theme puts titles into a page as HTML once more."""

    own: frozenset[str] = frozenset()
    tooltips: bool = False

    def make_safe(self, page: Page) -> None:
        """A rendered page: its title, and those in its table of contents."""
        title = page.title
        if title and title not in self.own:
            # One that comes out of the rendered text has its entities already; for a file's name it makes no odds.
            page.title = self._safe(title if isinstance(title, Markup) else unescape(title))
            if "&lt;" in page.title:
                # Material unescapes a title that is not in front matter for `<title>`, where it might end the element.
                page.meta.setdefault("title", page.title)
        self.make_headings_safe(page)

    def make_headings_safe(self, page: Page) -> None:
        """The titles in the table of contents of a page; those that are safe stay as they are."""
        for item in page.toc.items:
            self._make_anchor_safe(item)

    def make_navigation_safe(self, items: Iterable[StructureItem]) -> None:
        """Sections and links whose titles come from names of folders, or from other plugins, which read them in
        files of authors."""
        for item in items:
            if item.title and item.title not in self.own:
                if isinstance(item, Link):
                    item.url = _safe_address(item.url)
                item.title = self._safe(item.title)
            self.make_navigation_safe(getattr(item, "children", None) or ())

    def _make_anchor_safe(self, item: AnchorLink) -> None:
        item.title = self._safe(item.title if isinstance(item.title, Markup) else unescape(item.title))
        item.id = item.id.translate(UNSAFE_IN_ADDRESS)
        for child in item.children:
            self._make_anchor_safe(child)

    def _safe(self, title: str) -> str:
        safe = title if isinstance(title, Markup) else safe_text(title)
        return Markup(inert_html(safe)) if self.tooltips and "&lt;" in safe else safe  # noqa: S704 - safe before


def titles_in(navigation: object) -> frozenset[str]:
    """Every title that a `nav` of `mkdocs.yml` gives."""
    if isinstance(navigation, Mapping):
        return frozenset(map(str, navigation)).union(*map(titles_in, navigation.values()))
    if isinstance(navigation, list):
        return frozenset().union(*map(titles_in, navigation))
    return frozenset()


def _safe_address(url: str) -> str:
    return url.translate(UNSAFE_IN_ADDRESS) if is_allowed_address("a", "href", url) else "#"

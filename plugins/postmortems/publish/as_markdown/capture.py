"""A build of MkDocs up to the theme: text and front matter of each page, the navigation and all further files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path, PurePosixPath
from posixpath import relpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.nav import Link, Section

from postmortems.publish import host
from postmortems.publish.as_markdown.page import markdown_page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

_AFTER_ALL = -100_000
_OF_THE_BUILDER = ("404.html", "csp.txt", "search/search_index.json", "sitemap.xml", "sitemap.xml.gz")
"""Files that the other builder makes itself, or that are about the pages of this one."""


class Capture(BasePlugin):  # type: ignore[type-arg]
    """A plugin that runs behind all others and takes what they have made. The theme is asked for nothing."""

    def __init__(self, *, preview: bool) -> None:
        self.pages: dict[str, str] = {}
        """The Markdown of each page, by its place below the docs folder."""
        self.nav: list[Any] = []
        self._preview = preview
        self._items: list[StructureItem] = []
        self._unwanted: set[str] = set(_OF_THE_BUILDER)

    @event_priority(_AFTER_ALL)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation, whoever has made it."""
        self._items = nav.items
        return nav

    @event_priority(_AFTER_ALL)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Take the pages, when all of them are HTML and before one is in the theme."""
        places = {file.url: place_of(file) for file in self._documents(files)}
        for file in self._documents(files):
            self._unwanted.add(file.dest_uri)
            assert file.page is not None
            self.pages[place_of(file)] = _text_of(file.page, places)
        own = {Path(folder) for folder in config.theme.dirs if folder != config.theme.custom_dir}
        self._unwanted |= {file.dest_uri for file in files if file.src_dir and Path(file.src_dir) in own}
        self.nav = [_nav_entry(item) for item in self._items]

        class NoTemplate(env.template_class):  # type: ignore[misc]
            """A template that shows nothing; MkDocs then writes no file."""

            def render(self, *args: Any, **values: Any) -> str:
                return ""

        env.template_class = NoTemplate
        if env.cache is not None:
            env.cache.clear()
        return env

    def further_files(self, site: Path) -> Iterator[tuple[str, Path]]:
        """All that is no page, by its place: pictures, data, assets, the search's index, what other plugins wrote."""
        for path in sorted(site.rglob("*")):
            place = path.relative_to(site).as_posix()
            if path.is_file() and place not in self._unwanted:
                yield place, path

    def _documents(self, files: Files) -> list[File]:
        asked = InclusionLevel.is_in_serve if self._preview else InclusionLevel.is_included
        found = [file for file in files.documentation_pages() if asked(file.inclusion)]
        return [file for file in found if file.page is not None and file.page.content is not None]


def place_of(file: File) -> str:
    """The path of a page's Markdown: that of its address. So links lead to the same place from the file and from the
    address, and a builder may follow either."""
    return PurePosixPath(file.dest_uri).with_suffix(".md").as_posix()


def _text_of(page: Page, places: Mapping[str, str]) -> str:
    here = place_of(page.file)

    def address(written: str) -> str:
        """The address of a page as the path of its file, which a builder can check; any other as it is."""
        found = urlsplit(written)
        if found.scheme or found.netloc or not found.path or found.query or written.startswith("/"):
            return written
        there = places.get(unquote(urlsplit(urljoin(f"//site/{page.url}", found.path)).path.removeprefix("/")) or "./")
        if there is None:
            return written
        return relpath(there, PurePosixPath(here).parent.as_posix()) + (f"#{found.fragment}" if found.fragment else "")

    content = page.content or ""
    if page.meta.get("template") == host.TEMPLATE and page.edit_url:
        # As the frame of a page in MkDocs' theme has it.
        content += f'<p class="pm pm-edit"><a href="{escape(page.edit_url)}">Edit this page</a></p>'
    meta = {key: value for key, value in page.meta.items() if (key, value) != ("template", host.TEMPLATE)}
    return markdown_page({"title": page.title or "", **meta}, content, address)


def _nav_entry(item: StructureItem) -> Any:
    """An entry of the navigation, as `nav` has it in a configuration."""
    if isinstance(item, Section):
        return {str(item.title): [_nav_entry(child) for child in item.children]}
    if isinstance(item, Link):
        return {str(item.title or item.url): item.url}
    page: Any = item
    place = place_of(page.file)
    title = str(page.title or "")
    return place if title == str(page.meta.get("title") or title) else {title: place}

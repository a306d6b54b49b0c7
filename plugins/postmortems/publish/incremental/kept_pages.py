"""Pages that have been read already, in an earlier build, and of which nothing has changed since.

MkDocs takes each page through reading, rendering and all plugins. Even where every step is kept, that is two fifths of
a build in which nothing has changed. So a page is also kept as it is at the end of all that, with its front matter,
headings and anchors, and with a digest of its content, which nobody needs to see where the page is in the site already.
Whoever asks for the content has the page read then, as ever. It is done only where no plugin of others takes part in
what is done to pages.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs.commands.build import _populate_page
from mkdocs.structure.pages import Page

from postmortems.model.host_keys import theme_files
from postmortems.publish import host
from postmortems.publish.contents_on_disk import Later
from postmortems.publish.generated_file import GeneratedFile
from postmortems.publish.incremental.page_values import content_digest, site_settings
from postmortems.publish.incremental.rendering import links_seen
from postmortems.publish.incremental.template_sources import theme_settings
from postmortems.publish.incremental.values import OpaqueError, digest, text_of
from postmortems.publish.material_search import OF_SEARCH
from postmortems.publish.other_plugins import others_see_pages
from postmortems.publish.source_links import postmortem_at

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from postmortems.publish.site_builder import SiteBuilder

Head = tuple[str, str]
"""The title and the description of a page, as plain text."""

_READ = ("meta", "title", "toc", "present_anchor_ids", "_title_from_render", "edit_url")
"""Attributes of a page that reading gives it, but for its texts."""

_TEXTS = ("markdown", "content")


class _Kept(NamedTuple):
    """A page as it was read: attributes, the anchors that it links to by file, what was seen of each file that it links
    to, its head, its title in the search, and digests of its content and of the words in it."""

    values: dict[str, Any]
    anchors: dict[str, dict[str, str]]
    seen: dict[str, tuple[str, str, str] | None]
    head: Head
    search_title: str
    content: bytes
    words: bytes


class KeptPages:
    """The kept pages of one build."""

    def __init__(self, builder: SiteBuilder, config: MkDocsConfig) -> None:
        self._builder = builder
        self._config = config
        self._files: Files | None = None
        self._begun: dict[str, dict[str, Any]] = {}
        self._restored: dict[str, Page] = {}
        self._digests: dict[str, bytes] = {}

    def restore(self, page: Page, files: Files) -> Head | None:
        """Give a page that MkDocs is about to read what reading would give it, and its head. None if it is to be
        read."""
        uri, builder = page.file.src_uri, self._builder
        self._files = files
        if uri in self._begun or not self._may_be_kept(page):
            return None
        self._begun[uri] = {name: vars(page)[name] for name in _READ if name in vars(page)}
        key = self._key(page)
        found = builder.memo.found(f"kept {uri}", key) if key else None
        if not isinstance(found, _Kept) or links_seen(files, found.seen) != found.seen:
            return None
        builder.memo.touch(f"html {uri}")
        vars(page).update(found.values)
        to = {uri: files.get_file_from_path(uri) for uri in found.anchors}
        page.links_to_anchors = {file: found.anchors[uri] for uri, file in to.items() if file is not None}
        page.markdown = page.content = ""
        page.read_source = _nothing  # type: ignore[assignment]
        page.render = _nothing  # type: ignore[assignment]
        self._restored[uri] = page
        self._digests[uri] = found.content
        builder.search.add_kept(uri, found.search_title, found.words, partial(self._read, page))
        return found.head

    def leave(self, page: Page) -> None:
        """Keep nothing of a page of which something is to be said in each build."""
        self._begun.pop(page.file.src_uri, None)

    def is_restored(self, page: Page) -> bool:
        """True if a page is not to be read."""
        return page.file.src_uri in self._restored

    def keep(self, page: Page, content: str, head: Head | None, search_title: str) -> None:
        """Keep a page that was read, with its content."""
        uri, builder = page.file.src_uri, self._builder
        if head is None or uri not in self._begun or uri in builder.rendering.unkept:
            return
        # A layout or an icon is looked for in the theme's folders.
        is_plain = builder.extension.nonce not in content and OF_SEARCH not in content
        if not is_plain or theme_files(page.meta) != [("template", host.TEMPLATE)] or (key := self._key(page)) is None:
            return
        self._digests[uri] = content_digest(content, page.toc)
        kept = _Kept(
            {name: vars(page)[name] for name in _READ if name in vars(page)},
            {to.src_uri: dict(links) for to, links in (page.links_to_anchors or {}).items()},
            builder.rendering.seen,
            head,
            search_title,
            self._digests[uri],
            builder.search.words_digest(uri),
        )
        builder.memo.keep(f"kept {uri}", key, kept)

    def end_reading(self) -> None:
        """Let the contents of the pages be asked for, once MkDocs has seen all of them."""
        for page in self._restored.values():
            del page.read_source, page.render
            vars(page).update(dict.fromkeys(_TEXTS, Later(page, partial(self._read, page))))

    def content_digest(self, page: Page) -> bytes | None:
        """A digest of the content and the headings of a page that is kept; None of any other."""
        return self._digests.get(page.file.src_uri)

    def _read(self, page: Page) -> None:
        """Read a page after all, whoever MkDocs is at. What others have given it stays."""
        assert self._files is not None
        if self._restored.pop(page.file.src_uri, None) is None:
            return
        # The search may be looking at the page, which then shows it no text at all.
        given = {name: text for name in _TEXTS if (text := vars(page)[name]) and not isinstance(text, Later)}
        given |= {name: vars(page)[name] for name in _READ if name in vars(page)}
        for name in _READ:
            vars(page).pop(name, None)
        vars(page).update(self._begun[page.file.src_uri])
        vars(page)["markdown"] = vars(page)["content"] = None
        current = self._config._current_page
        try:
            _populate_page(page, self._config, self._files)
        finally:
            self._config._current_page = current
        vars(page).update(given)

    def _may_be_kept(self, page: Page) -> bool:
        """True for a postmortem, and for a page that is all ours. Others are few."""
        shown = self._builder.site.pages.get(page.file.src_uri)
        is_made = isinstance(page.file, GeneratedFile) and not page.file.is_given
        is_ours = shown is not None and not shown.text and is_made
        is_postmortem = page.file.src_uri in self._builder.run.corpus.by_path
        return self._base is not None and type(page) is Page and (is_ours or is_postmortem)

    def _key(self, page: Page) -> bytes | None:
        """Digest of all that a page is read from; None while its generated part is unknown."""
        file, builder = page.file, self._builder
        if self._base is None or (part := builder.parts.current(file.src_uri, host.root_from(page))) is None:
            return None
        shown = builder.site.pages.get(file.src_uri)
        titles = [shown.nav_title, shown.title, shown.in_search, shown.is_wide] if shown else []
        begun = self._begun[file.src_uri]
        told = text_of([file.src_uri, file.url, file.inclusion, begun.get("title"), begun.get("edit_url"), titles])
        document = postmortem_at(file.src_uri, builder.run.corpus)
        return digest(self._base, told, part, builder.parts.drawn(file.src_uri, document))

    @cached_property
    def _base(self) -> bytes | None:
        """Digest of what is the same for all pages. Asked for when the first page is read, since plugins change
        settings until then."""
        builder, config = self._builder, self._config
        if not builder.memo or builder.preview or builder.rendering.base is None or others_see_pages(config):
            return None
        try:
            return digest(builder.rendering.base, *self._settings())
        except OpaqueError:  # The templates say so.
            return None

    def _settings(self) -> Iterator[str]:
        config = self._config
        yield from site_settings(config)
        yield text_of([theme_settings(config), config.nav, self._builder.has_tabs])
        yield str(logging.getLogger("mkdocs.structure.pages").getEffectiveLevel())


def _nothing(*_: object) -> None:
    """Stand-in for a step that a page needs no more."""

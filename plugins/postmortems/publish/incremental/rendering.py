"""Markdown to HTML, kept for each page with all that it was made of.

`Page.render` of MkDocs asks for nothing but the page's Markdown, the Markdown extensions with their settings, and the
files that links lead to. The page gets a method of its own, which does what MkDocs would do only if one of these is
different. What MkDocs makes of a page beside its HTML is put back, so that it still validates links and anchors. A page
that logs anything is never kept, since it has to say so again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from postmortems.publish.incremental.markdown_settings import markdown_settings
from postmortems.publish.incremental.values import OpaqueError, digest
from postmortems.publish.log import HOSTS
from postmortems.read.snippets import SIGN

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File

    from postmortems.publish.incremental.memo import Memo
    from postmortems.render.authored.authored_blocks import AuthoredBlocks

_WHAT = "the HTML of pages"
_HTML = "html "
"""Beginning of the rows of rendered pages."""


class Rendering:
    """The rendered pages of one build. `extension` is ours, which knows the page that is rendered."""

    def __init__(self, memo: Memo, config: MkDocsConfig, extension: AuthoredBlocks) -> None:
        self._memo = memo
        self._config = config
        self._extension = extension
        self._made: tuple[str, bytes, object] | None = None
        self.unkept: set[str] = set()
        """The sources of pages that are rendered in each build, since they log something or ask for other files."""
        self.seen: dict[str, tuple[str, str, str] | None] = {}
        """Facts of each file that the page that was rendered last links to."""

    def take_over(self, page: Page, document: bytes, *, is_pattern: bool) -> None:
        """Let a page be rendered here, into which our extension draws what a document says, which has this digest."""
        self.seen = {}
        if not self._memo:
            self.unkept.add(page.file.src_uri)
            return
        self.unkept.discard(page.file.src_uri)
        drawn = document.hex() + str(is_pattern)
        page.render = lambda config, files: self._render(page, files, drawn)  # type: ignore[method-assign]

    def settle(self, *, keep: bool) -> None:
        """Keep what was rendered last, unless it turns out that there is something to say of it."""
        if self._made is not None and keep:
            self._memo.keep(*self._made)
            self.unkept.discard(self._made[0].removeprefix(_HTML))
        self._made = None

    @cached_property
    def base(self) -> bytes | None:
        """Digest of what all pages are rendered with; None where it cannot be told. Asked for when the first page is
        rendered, since plugins add extensions until then."""
        try:
            if Page.render.__module__ != Page.__module__:
                raise OpaqueError("another `Page.render`")
            return digest(self._memo.base, *markdown_settings(self._config, self._extension))
        except OpaqueError as error:
            self._memo.switch_off(_WHAT, str(error))
            return None

    def _render(self, page: Page, files: Files, drawn: str) -> None:
        self._made = None
        del page.render
        self.unkept.add(page.file.src_uri)
        markdown = page.markdown or ""
        if self.base is None or SIGN in markdown:
            # What a snippet takes in is in other files, and these may take in more.
            page.render(self._config, files)
            return
        nonce = self._extension.nonce
        file = page.file
        place = (file.src_uri, file.url, str(file.inclusion), str(file.use_directory_urls))
        key = digest(self.base, *place, drawn, *markdown.split(nonce))
        row = f"{_HTML}{file.src_uri}"
        found = self._memo.found(row, key)
        if isinstance(found, dict) and _is_current(found, files):
            self._put_back(page, files, found)
            self.seen = found["seen"]
            self.unkept.discard(file.src_uri)
            return
        asked = _RecordingFiles(files)
        with _logged() as logged:
            page.render(self._config, asked)
        content = page.content or ""
        made = {
            "level": _level(),
            "nonce": nonce,
            "content": content,
            "toc": page.toc,
            "title": page._title_from_render,
            "anchors": page.present_anchor_ids,
            "links": {to.src_uri: dict(links) for to, links in (page.links_to_anchors or {}).items()},
            "seen": (seen := links_seen(files, asked.uris)),
        }
        self.seen = seen
        if not logged and asked.are_all_known:
            self._made = row, key, made

    def _put_back(self, page: Page, files: Files, made: dict[str, Any]) -> None:
        page.content = self._extension.put_back(made["content"].replace(made["nonce"], self._extension.nonce))
        page.toc = made["toc"]
        page._title_from_render = made["title"]
        page.present_anchor_ids = made["anchors"]
        to = {uri: files.get_file_from_path(uri) for uri in made["links"]}
        page.links_to_anchors = {file: made["links"][uri] for uri, file in to.items() if file is not None}


class _RecordingFiles(Files):
    """The files of a build, and which of them somebody has looked for by name."""

    def __init__(self, files: Files) -> None:
        self._files_of_build = files
        self.uris: set[str] = set()
        self.are_all_known = True
        """False if somebody has asked in another way, such as for all files."""

    def get_file_from_path(self, path: str) -> File | None:
        """The file of this name, as of the real files."""
        self.uris.add(path)
        return self._files_of_build.get_file_from_path(path)

    @property
    def _src_uris(self) -> dict[str, File]:  # type: ignore[override]
        # Every other method of MkDocs asks here.
        self.are_all_known = False
        return self._files_of_build._src_uris


def _is_current(made: dict[str, Any], files: Files) -> bool:
    """True if a page would come out the same now: its links lead to the same, and what is logged, at least what was
    logged when nothing was. At the lowest level MkDocs validates nothing."""
    is_quiet = made["level"] <= _level() and (made["level"] > logging.DEBUG or _level() == made["level"])
    return is_quiet and bool(links_seen(files, made["seen"]) == made["seen"])


def _level() -> int:
    return logging.getLogger("mkdocs.structure.pages").getEffectiveLevel()


def links_seen(files: Files, uris: Iterable[str]) -> dict[str, tuple[str, str, str] | None]:
    """Facts of files that are seen in links to them; None of a file that is not there."""
    found = {uri: files.get_file_from_path(uri) for uri in uris}
    return {uri: (file.src_uri, file.url, str(file.inclusion)) if file else None for uri, file in found.items()}


class _Listening(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _logged() -> Iterator[list[logging.LogRecord]]:
    """All that is logged meanwhile, by whom ever."""
    listening = _Listening()
    # The command lets nothing of its own logger through to the root.
    loggers = [logging.getLogger(name) for name in ("", *HOSTS)]
    for logger in loggers:
        logger.addHandler(listening)
    try:
        yield listening.records
    finally:
        for logger in loggers:
            logger.removeHandler(listening)

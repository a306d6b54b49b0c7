"""Pages without Markdown, which are rendered without a parser: most of those that are generated.

MkDocs makes a parser with all its extensions for each page, which takes longer than to render a short text. Where a
page is blank when it comes to that, Python-Markdown answers with nothing, before it asks any extension. An extension
that is not known may still do something when it is loaded, so where there is one, every page gets its parser.
"""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs.structure.toc import TableOfContents

from postmortems.publish import host
from postmortems.publish.incremental.markdown_settings import markdown_settings
from postmortems.publish.incremental.values import OpaqueError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from postmortems.render.authored.authored_blocks import AuthoredBlocks


class BlankPages:
    """The blank pages of one build. `extension` is ours, which remembers what was rendered last."""

    def __init__(self, config: MkDocsConfig, extension: AuthoredBlocks) -> None:
        self._config = config
        self._extension = extension

    @cached_property
    def _may_skip(self) -> bool:
        """True if all extensions are known. Asked for when the first page is rendered: plugins add them until then."""
        try:
            return bool([*markdown_settings(self._config, self._extension)])
        except OpaqueError:
            return False

    def take_over(self, page: Page) -> None:
        """Let a generated page be rendered here, if it is still blank then: other plugins may write on it."""
        if page.file.generated_by != host.NAME:
            return
        render = page.render

        def render_blank(config: MkDocsConfig, files: Files) -> None:
            if page.markdown is None or page.markdown.strip() or not self._may_skip:
                render(config, files)
                return
            page.content = self._extension.put_back("")
            page.toc = TableOfContents([])
            page.present_anchor_ids = set()
            if logging.getLogger("mkdocs.structure.pages").getEffectiveLevel() > logging.DEBUG:
                page.links_to_anchors = {}

        page.render = render_blank  # type: ignore[method-assign]

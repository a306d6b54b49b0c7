"""The scripts that the theme prints right into its pages, found on pages without a word of any author.

Everything on a real page may come from an author, the names in the navigation included, and a script that is named in
the policy may run. So each layout is rendered once for each depth with nothing in it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from postmortems.publish import host
from postmortems.publish.frame import Frame
from postmortems.publish.security_policy import inline_scripts, script_hash, security_policy

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.plugins.postmortems")


MAIN = "main.html"
"""The layout that MkDocs takes for a page that asks for none."""


class ThemeScripts:
    """The inline scripts of one site, from the layouts of its pages and how many folders below the root these lie.

    Hashes are gathered over further builds of the site, in other languages.
    """

    def __init__(self) -> None:
        self.layouts = {MAIN, host.TEMPLATE}
        self.depths: set[int] = set()
        self.env: Any = None
        self._hashes: set[str] = set()

    def policy(self, config: MkDocsConfig, *, wasm: bool) -> str:
        """The policy that lets them run and no others, pages such as 404.html included; `wasm` as of its page."""
        for layout in sorted(self.layouts):
            for depth in sorted(self.depths):
                self._add(config, layout, _blank_page(config, depth), "")
        root = urlsplit(config.site_url or "/").path
        for layout in sorted(config.theme.static_templates):
            if layout.endswith(".html"):
                self._add(config, layout, None, root)
        return security_policy(self._hashes, config.site_url or "", host.own_scripts(config), wasm=wasm)

    def _add(self, config: MkDocsConfig, layout: str, page: Page | None, root: str) -> None:
        self._hashes.update(map(script_hash, _scripts(self.env, config, layout, page, root)))


def _scripts(env: Any, config: MkDocsConfig, layout: str, page: Page | None, root: str) -> Iterator[str]:
    context = get_context(Navigation([], []), Files([]), config, page, root)
    context["postmortems"] = Frame("", "", False, {}, None)  # type: ignore[typeddict-unknown-key]
    try:
        html = env.get_template(layout).render(context)
    except Exception as error:  # A layout of another plugin may need more.
        log.info("postmortems: csp.txt names no script of %s, which cannot be rendered alone: %s", layout, error)
        return
    yield from inline_scripts(html)


def _blank_page(config: MkDocsConfig, depth: int) -> Page:
    folders = depth - 1 if config.use_directory_urls else depth
    page = Page(None, File.generated(config, "x/" * folders + "x.md" if depth else "index.md", content=""), config)
    page.markdown = page.content = ""
    page.toc = TableOfContents([])
    page.edit_url = None
    return page

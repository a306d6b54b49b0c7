"""The scripts that the theme prints right into its pages, found on pages without a word of any author.

Everything on a real page may come from an author, the names in the navigation included, and a script that is named in
the policy may run. So each layout is rendered once for each depth with nothing in it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from postmortems.publish.frame import Frame
from postmortems.publish.security_policy import inline_scripts

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.plugins.postmortems")


def theme_scripts(env: Any, config: MkDocsConfig, layouts: Iterable[str], depths: Iterable[int]) -> frozenset[str]:
    """The inline scripts of these layouts for pages so many folders below the root, and of pages such as 404.html."""
    scripts: set[str] = set()
    every_depth = sorted(set(depths))
    for layout in sorted(set(layouts)):
        for depth in every_depth:
            scripts.update(_scripts(env, config, layout, _blank_page(config, depth), ""))
    root = urlsplit(config.site_url or "/").path
    for layout in sorted(config.theme.static_templates):
        if layout.endswith(".html"):
            scripts.update(_scripts(env, config, layout, None, root))
    return frozenset(scripts)


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

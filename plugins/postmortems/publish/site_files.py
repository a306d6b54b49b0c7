"""Which files the site is made of: pages, assets and data beside the authors' own, and where each stands."""

from __future__ import annotations

from html import escape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mkdocs.structure.files import InclusionLevel

from postmortems import render
from postmortems.model.corpus import Corpus
from postmortems.publish import host
from postmortems.publish.page_meta import with_meta
from postmortems.render import template_page
from postmortems.render.guide_pages import RULES_INDEX, SETTINGS, guide_pages
from postmortems.render.index_list import FOUND, SCRIPT
from postmortems.render.site import HOME, Site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

_ASSETS = Path(render.__file__).parent / "assets"
STYLESHEET = "assets/postmortems/postmortems.css"
INSTANT = "assets/postmortems/instant.js"
NAMES = "assets/postmortems/names.js"
SEARCH = "assets/postmortems/search.js"

_IN_NAV = {
    HOME,
    SETTINGS,
    RULES_INDEX,
    "patterns/index.md",
    "services/index.md",
    "actions/index.md",
    "metrics/index.md",
}
"""Generated pages that a navigation made by MkDocs itself lists, beside that of all postmortems; the others are reached
from these."""


def tabs(folder: str) -> tuple[tuple[str, str], ...]:
    """Where a page that is out of the navigation belongs: its folder, and the page whose tab is lit.

    `folder` is that of the postmortems.
    """
    return (
        (f"{folder}/", f"{folder}/index.md"),
        ("patterns/", "patterns/index.md"),
        ("services/", "services/index.md"),
        ("actions/", "actions/index.md"),
        ("owners/", "actions/index.md"),  # what an owner is asked about first is what is still to do
        ("reviews/", f"{folder}/index.md"),
        ("metrics/", "metrics/index.md"),
        ("guide/", "guide/index.md"),
        ("templates/", "guide/index.md"),
    )


def arrange(files: Files, config: MkDocsConfig, site: Site) -> list[File]:
    """Add the generated pages and assets; set the addresses of postmortems and keep them out of the sidebar.

    Data files are added, too, and returned: they are still empty, since nobody reads them before all pages are.
    """
    folder = site.corpus.folder
    _drop_unread(files, site.corpus)
    if register := files.get_file_from_path(site.corpus.register_path):
        # It is what figures are made from, and may name incidents that nobody has told the reader about.
        register.inclusion = InclusionLevel.EXCLUDED
    for postmortem in site.corpus.postmortems:
        if file := files.get_file_from_path(postmortem.path):
            file.dest_uri = f"{folder}/{postmortem.id}/index.html"
    for file in files.documentation_pages():
        inside = file.src_uri.startswith(f"{folder}/") and file.src_uri != f"{folder}/index.md"
        if inside and file.inclusion.is_included():
            file.inclusion = InclusionLevel.NOT_IN_NAV
    for file in templates(files, config):
        if file.inclusion.is_excluded():
            file.inclusion = InclusionLevel.INCLUDED
    for uri, text in _generated_sources(site).items():
        if files.get_file_from_path(uri) is None:
            host.add_page(config, files, uri, text, in_nav=uri in _IN_NAV or uri == f"{folder}/index.md")
    for asset in (STYLESHEET, SCRIPT, FOUND, NAMES, SEARCH, INSTANT):
        host.add_asset(config, files, asset, _ASSETS / Path(asset).name)
    return [file for uri in site.data() if (file := host.add_data(config, files, uri))]


def templates(files: Files, config: MkDocsConfig) -> list[File]:
    """The files of the folder `templates/`. MkDocs leaves it out of a site; here it is a part of it, unless the user
    says no."""
    excluded = config.exclude_docs
    inside = [file for file in files if file.src_uri.startswith(template_page.FOLDER)]
    return [file for file in inside if not (excluded and excluded.match_file(file.src_uri))]


def _generated_sources(site: Site) -> dict[str, str]:
    """The Markdown of each page without an author; what stands on most of them comes in with the frame."""
    titles = {**site.generated, HOME: "Home"}
    return {uri: with_meta({"title": escape(title)}, "") for uri, title in titles.items()} | {**guide_pages()}


def _drop_unread(files: Files, corpus: Corpus) -> None:
    """MkDocs follows links out of the docs folder and would publish what is there, and gives up at a file that it
    cannot open. Of a postmortem or pattern it gets our reading."""
    unread = {one.place.path for one in corpus.problems if one.rule in ("path-leaves-the-folder", "unreadable-file")}
    unread -= {*corpus.by_path, *(one.path for one in corpus.patterns)}
    for file in [file for file in files if _is_below(file.src_uri, unread)]:
        files.remove(file)


def _is_below(uri: str, paths: set[str]) -> bool:
    """Whether a file is one of these paths, or lies below one."""
    return uri in paths or any(str(folder) in paths for folder in PurePosixPath(uri).parents)

"""MkDocs' own objects that the plugin touches, each reduced at the door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import escape
from mkdocs.structure.files import File, InclusionLevel, set_exclusions
from mkdocs.structure.toc import AnchorLink

from postmortems.render.base.page import Heading

if TYPE_CHECKING:
    from markdown.extensions import Extension
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

THEME = Path(__file__).parent / "theme"
TEMPLATE = "postmortems.html"
NAME = "postmortems"
"""Name of the plugin for MkDocs, which it also writes into the files that the plugin makes."""

FIRST = 10_000
"""The priority of what no other plugin may come before: they agree on 100 for the first."""

LAST = -1_000_000_000
"""The priority of what has to come after all other plugins; those that want to be last themselves take -100 or -200."""


def add_theme(config: MkDocsConfig) -> None:
    """Put our frame behind the user's own `custom_dir` and before the theme, so that the user has the last word."""
    if str(THEME) not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))


def add_styles(config: MkDocsConfig, sheet: str) -> None:
    """Load our style sheet before the user's own."""
    if sheet not in config.extra_css:
        config.extra_css.insert(0, sheet)


def add_extension(config: MkDocsConfig, extension: Extension) -> None:
    """Let our Markdown extension come last, in the place of that of an earlier build: a plugin for languages builds
    several times with one configuration."""
    others = [other for other in config.markdown_extensions if not isinstance(other, type(extension))]
    config.markdown_extensions[:] = [*others, extension]  # type: ignore[list-item]


def fix_instant_svg(config: MkDocsConfig, script: str) -> None:
    """Load a script before the theme's own where the theme loads pages without a reload; the script says why."""
    if "navigation.instant" in config.theme.get("features", ()):
        _load_first(config, script)


def _load_first(config: MkDocsConfig, script: str) -> None:
    others = [polyfill for polyfill in config.extra.get("polyfills", ()) if polyfill != script]
    config.extra["polyfills"] = [script, *others]


def label_code_buttons(config: MkDocsConfig, script: str) -> None:
    """Load a script where the theme adds buttons to blocks of code; the script says why."""
    if {"content.code.copy", "content.code.select"} & set(config.theme.get("features", ())):
        config.extra_javascript[:] = [script, *(other for other in config.extra_javascript if other != script)]


def load_scripts(config: MkDocsConfig, scripts: Sequence[str]) -> None:
    """Load our own scripts on each page, before those of the user."""
    config.extra_javascript[:] = [*scripts, *(other for other in config.extra_javascript if other not in scripts)]


def has_tooltips(config: MkDocsConfig) -> bool:
    """True if the theme draws titles as tooltips of its own."""
    return "content.tooltips" in (config.theme.get("features") or ())


def own_scripts(config: MkDocsConfig) -> list[str]:
    """The scripts of the site's own that `mkdocs.yml` and the plugins add, relative to its root."""
    scripts = [*config.extra_javascript, *config.extra.get("polyfills", ())]
    return [path for path in (str(getattr(script, "path", script)) for script in scripts) if "//" not in path]


def has_diagrams(config: MkDocsConfig) -> bool:
    """True if the site has Mermaid itself; the theme loads it from elsewhere where it has not."""
    return any("mermaid" in script for script in own_scripts(config))


def level_of_page(config: MkDocsConfig, uri: str, *, in_nav: bool) -> InclusionLevel:
    """Say whether a page is listed whose source no author has written. It is there whatever the user leaves out, since
    links lead to it."""
    outside = config.not_in_nav is not None and config.not_in_nav.match_file(uri)
    return InclusionLevel.INCLUDED if in_nav and not outside else InclusionLevel.NOT_IN_NAV


def add_asset(config: MkDocsConfig, files: Files, uri: str, source: str) -> None:
    """Add a file of the package."""
    put(files, File.generated(config, uri, abs_src_path=source, inclusion=InclusionLevel.INCLUDED))


def add_authored(config: MkDocsConfig, files: Files, uri: str, source: str) -> None:
    """Add a file of another repository, as if it lay in the docs folder: what the user leaves out there is left out."""
    file = File.generated(config, uri, abs_src_path=source)
    set_exclusions([file], config)
    put(files, file)


def put(files: Files, file: File) -> None:
    """Add a file, in the place of one that is left out of the site."""
    if (left_out := files.get_file_from_path(file.src_uri)) is not None:
        files.remove(left_out)
    files.append(file)


def sources_in(files: Files, *, preview: bool) -> set[str]:
    """The sources of which the site is made; in a preview those that are left out of a build alone, too.

    A plugin for languages gives a translation its own file, and says whose it is.
    """
    asked = InclusionLevel.is_in_serve if preview else InclusionLevel.is_included
    inside = [file for file in files if asked(file.inclusion)]
    return {file.src_uri for file in inside} | {str(getattr(file, "norm_src_uri", file.src_uri)) for file in inside}


def settle(env: Any) -> None:
    """Spare a build to look whether a layout has changed on disk, some fifty files a page, and to search through the
    cache for each: one with a bound moves the layout that is asked for to its end."""
    env.auto_reload = False
    env.cache = {}


def places_in_site(files: Files) -> set[str]:
    """The places of the files of a build, relative to the site."""
    return {file.dest_uri for file in files if file.inclusion.is_included()}


def root_from(page: Page) -> str:
    """The relative way from a page to the site's root."""
    return "../" * page.url.removeprefix("./").count("/")


def depths_of(files: Files) -> set[int]:
    """The depths at which pages lie below the site's root."""
    return {root_from(file.page).count("/") for file in files.documentation_pages() if file.page is not None}


def folder_out_of_navigation(page: Page) -> str | None:
    """The folder of a page's address, or None for a page that the navigation lists, and marks where it is shown.

    A page right below the root is a folder of its own: each of them may light another tab.
    """
    if page.file.inclusion.is_in_nav() or page.previous_page or page.next_page:
        return None
    return page.url.rstrip("/").rpartition("/")[0] or page.url


def describe(page: Page, description: str) -> None:
    """Give a page that its author has not described a description, which is safe HTML."""
    if description and not page.meta.get("description"):
        page.meta["description"] = description


def add_headings(page: Page, headings: Iterable[Heading]) -> Page:
    """Add the headings of a generated part to its table of contents, and to the anchors that links may name."""
    for heading in headings:
        page.toc.items.append(AnchorLink(str(escape(heading.title)), heading.id, heading.level))
        if page.present_anchor_ids is not None:
            page.present_anchor_ids.add(heading.id)
    return page


def set_active_tab(files: Files, nav: Navigation, tabs: Iterable[tuple[str, str]]) -> None:
    """Give every page that is out of the navigation its tab's section as parent, so that the theme lights that tab.

    `tabs` are pairs of a folder with its `/` and the page that stands for it; a longer folder comes first.
    """
    indexes = [(folder, file.page) for folder, uri in tabs if (file := files.get_file_from_path(uri))]
    for file in files.documentation_pages():
        page = file.page
        if page is None or page.parent is not None or page in nav.pages:
            continue
        for folder, index in indexes:
            if file.src_uri.startswith(folder) and index is not None and index is not page:
                # A tab may be a section or a lone page; both take "active" from what is below them.
                page.parent = index.parent or index  # type: ignore[assignment]
                break

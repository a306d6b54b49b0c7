"""Other plugins and hooks of the same site: which there are, what they take part in, and what they have to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING

from postmortems.publish.host import NAME

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

SEARCH_PLUGINS = ("material.plugins.search.plugin", "materialx.plugins.search.plugin")
"""The modules of the theme's own search."""

_OURS = ("postmortems.publish.plugin", "postmortems.publish.material_search")

_AROUND_PAGES = frozenset(
    {"startup", "shutdown", "serve", "config", "pre_build", "files", "nav", "post_build", "build_error"}
)
"""Events before the first page is read, or after the last one is written."""

_BEFORE_WRITING = _AROUND_PAGES | {"pre_page", "page_read_source", "page_markdown", "page_content", "env"}
"""Events before the first page is written, or after the last one."""

_SEE_NO_FILES = (
    "material.plugins.blog.plugin",
    "material.plugins.tags.plugin",
    "mkdocs_git_authors_plugin.plugin",
    "mkdocs_glightbox.plugin",
    "mkdocs_minify_plugin.plugin",
    "mkdocs_section_index.plugin",
)
"""Modules of plugins that take part in writing, and do not look there at the site's folder: each changes the text of a
page, or what its template is given."""

_FOLLOW_ADDRESSES = (
    "material.plugins.meta.plugin",
    "mkdocs_awesome_nav.plugin",
    "mkdocs_awesome_pages_plugin.plugin",
    "mkdocs_exclude.plugin",
    "mkdocs_exclude_search.plugin",
    "mkdocs_glightbox.plugin",
    "mkdocs_redirects.plugin",
)
"""Modules of plugins that ask of the text of a page nothing before it is read, but its title for the navigation, and
keep nothing of it afterwards."""


def has_others(config: MkDocsConfig) -> bool:
    """True if a plugin or a hook does anything to a site that is not looked after here."""
    return bool(_events_of_others(config))


def others_follow_texts(config: MkDocsConfig) -> bool:
    """True if another plugin or a hook might do something else to the site or to other pages after an edit of one."""
    return bool(_events_of_others(config, _FOLLOW_ADDRESSES))


def others_see_pages(config: MkDocsConfig) -> bool:
    """True if another plugin or a hook may see pages, and change them, from reading to writing."""
    return bool(_events_of_others(config) - _AROUND_PAGES)


def others_see_folder(config: MkDocsConfig) -> bool:
    """True if another plugin or a hook may look at the site's folder while pages are written."""
    return bool(_events_of_others(config, _SEE_NO_FILES) - _BEFORE_WRITING)


def others_see_output(config: MkDocsConfig) -> bool:
    """True if another plugin or a hook gets the text of each page that is to be written."""
    return "post_page" in _events_of_others(config)


def _events_of_others(config: MkDocsConfig, known: Collection[str] = ()) -> set[str]:
    looked_after = {*_OURS, *SEARCH_PLUGINS, *known}
    return {event for event, methods in config.plugins.events.items() if {*map(_module_of, methods)} - looked_after}


def _module_of(method: Callable[..., object]) -> str:
    """The module of a plugin's class; of a hook, whose file may have any name, that of functions."""
    return type(getattr(method, "__self__", method)).__module__


def has_search(config: MkDocsConfig) -> bool:
    """True if a plugin makes the index that the theme's search reads."""
    return any(
        type(plugin).__module__ in SEARCH_PLUGINS and plugin.config.get("enabled") for plugin in config.plugins.values()
    )


_ASK_GIT = ("git-authors", "git-revision-date-localized")


def hide_from_git(config: MkDocsConfig, files: Files) -> None:
    """Tell the plugins that ask git about every page of which it knows nothing: they would warn of each.

    They have patterns for that. One stands for a whole folder of generated pages: every page is held against each.
    """
    asking = [plugin for name in _ASK_GIT if (plugin := config.plugins.get(name))]
    if not asking:
        return
    folders: defaultdict[str, set[bool]] = defaultdict(set)
    for file in files.documentation_pages():
        folders[file.src_uri.rpartition("/")[0]].add(file.generated_by == NAME)
    alone = {folder for folder, ours in folders.items() if ours == {True} and folder}
    alone = {folder for folder in alone if all(other in alone for other in folders if other.startswith(f"{folder}/"))}
    ours = (file.src_uri for file in files.documentation_pages() if file.generated_by == NAME)
    patterns = {f"{folder}/*" if (folder := uri.rpartition("/")[0]) in alone else uri for uri in ours}
    for plugin in asking:
        plugin.config["exclude"] = sorted({*(plugin.config["exclude"] or ()), *patterns})


def encrypted(files: Files) -> Iterator[str]:
    """The sources of pages that the plugin `encryptcontent` is going to encrypt."""
    return (file.src_uri for file in files.documentation_pages() if hasattr(file.page, "encryptcontent"))

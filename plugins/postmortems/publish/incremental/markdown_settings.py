"""All that pages are rendered with, as texts: the Markdown extensions, their settings, and MkDocs' own for links.

The extensions of Python-Markdown and of PyMdown are known: what they make of a page depends on its Markdown and their
settings alone, unless it reads files. A page with a snippet is not kept; the others that read are not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from postmortems.publish.incremental.values import OpaqueError, text_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from postmortems.render.authored.authored_blocks import AuthoredBlocks

_KNOWN = ("markdown.extensions.", "pymdownx.")
_SHORT = frozenset(
    {"abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes"}
    | {"legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc"}
    | {"wikilinks"}
)
"""The names by which Python-Markdown knows its own extensions."""


def markdown_settings(config: MkDocsConfig, ours: AuthoredBlocks) -> Iterator[str]:
    """Each of them, as a text that changes with it. OpaqueError for what may do anything."""
    yield text_of([config.use_directory_urls, config.validation, config.site_url])
    yield ours.options
    settings = config.mdx_configs or {}
    extensions: Iterable[object] = config.markdown_extensions
    for extension in extensions:
        if extension is ours:
            continue
        if not isinstance(extension, str):
            raise OpaqueError(f"the Markdown extension {type(extension).__module__}.{type(extension).__qualname__}")
        if extension not in _SHORT and not extension.startswith(_KNOWN):
            raise OpaqueError(f"the Markdown extension {extension}")
        yield extension
        yield from _settings_of(extension, settings.get(extension) or {})


def _settings_of(extension: str, settings: Any) -> Iterator[str]:
    if extension == "pymdownx.b64":
        raise OpaqueError(f"the Markdown extension {extension}, which reads pictures,")
    if extension == "pymdownx.emoji" and (settings.get("options") or {}).get("custom_icons"):
        raise OpaqueError(f"the Markdown extension {extension}, which reads icons of the site's own,")
    if extension == "pymdownx.snippets" and settings.get("auto_append"):
        raise OpaqueError(f"the Markdown extension {extension}, which adds texts to each page,")
    try:
        yield text_of(settings)
    except OpaqueError as error:
        raise OpaqueError(f"{error} in the settings of the Markdown extension {extension}") from None

"""Values that a template sees: of a page, its place in the navigation and the site's settings, as texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from postmortems.publish.incremental.values import OpaqueError, digest, text_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

_KNOWN = frozenset(
    {"_title_from_render", "_StructureItem__parent", "_Page__active", "abs_url", "canonical_url", "children"}
    | {"content", "edit_url", "file", "is_homepage", "links_to_anchors", "markdown", "meta", "next_page"}
    | {"parent", "title", "present_anchor_ids", "previous_page", "render", "toc", "update_date"}
)
"""Attributes of a page that are told here, or that no template may ask for."""

_NOT_SHOWN = frozenset(
    {"config_file_path", "dev_addr", "docs_dir", "draft_docs", "exclude_docs", "extra", "hooks"}
    | {"markdown_extensions", "not_in_nav", "nav", "pages", "plugins", "site_dir", "theme", "watch"}
    | {"edit_uri_template", "mdx_configs"}
)
"""Settings that are told elsewhere, or that no template may ask for."""


def content_digest(content: str, toc: Iterable[AnchorLink]) -> bytes:
    """A digest of the content and the headings of a page."""
    return digest(content, *_headings(toc))


def page_values(page: Page, kept: bytes | None, *, described: bool) -> Iterator[str | bytes]:
    """A page as the template of this page sees it; `described` as of `item_text`. `kept` is the digest of its content,
    if that is known."""
    yield kept or content_digest(str(page.content), page.toc)
    yield from _own(page)
    for other in (page.previous_page, page.next_page):
        yield item_text(other, described=described) if other else "none"
    # What is below them is told with the navigation.
    yield text_of([(type(above).__qualname__, above.title, getattr(above, "url", None)) for above in page.ancestors])


def item_text(item: Any, *, described: bool) -> str:
    """A page, section or link as other pages see it, with all below it; with the descriptions of pages, which often
    hold figures, only if these are `described`."""
    if item.is_page:
        return "\n".join(_own(item, described=described))
    shown = [type(item).__qualname__, item.title, getattr(item, "url", None)]
    extra = {name: value for name, value in vars(item).items() if name not in _KNOWN | {"url", "active"}}
    below = " ".join(item_text(child, described=described) for child in item.children or ())
    return f"{text_of(shown)}{_extra(extra)}[{below}]"


def site_settings(config: MkDocsConfig) -> Iterator[str]:
    """The settings of the site, and those of its plugins."""
    for name, value in config.items():
        if name not in _NOT_SHOWN:
            yield f"{name} {text_of(value)}"
    for name, plugin in config.plugins.items():
        yield f"{name} {type(plugin).__module__}"
        # Ours are told already; a hook is a module without any.
        if not type(plugin).__module__.startswith("postmortems."):
            yield text_of(getattr(plugin, "config", None))


def _own(page: Page, *, described: bool = True) -> Iterator[str]:
    file = page.file
    yield text_of([page.title, page.url, page.canonical_url, page.abs_url, page.edit_url, page.is_homepage])
    yield text_of([file.src_uri, file.dest_uri, file.url, file.edit_uri, file.inclusion, file.generated_by])
    yield text_of({key: value for key, value in page.meta.items() if described or key != "description"})
    yield _extra({name: value for name, value in vars(page).items() if name not in _KNOWN})


def _extra(values: dict[str, object]) -> str:
    try:
        return text_of(values)
    except OpaqueError as error:
        raise OpaqueError(f"{error} that a plugin has given pages as {', '.join(values)}") from None


def _headings(items: Iterable[AnchorLink]) -> Iterator[str]:
    for item in items:
        yield text_of([item.title, item.id, item.level, vars(item).get("active"), len(item.children)])
        yield from _headings(item.children)

"""The theme's templates as a part of what a page is made of, and what in them can be seen to ask for more than that.

Those of installed packages are known by their version. Of all others, such as a site's own `custom_dir`, every file
counts, and each template is looked through: one that shows what another page holds, or the time, makes all pages anew.
"""

from __future__ import annotations

import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postmortems.publish import host
from postmortems.publish.incremental.values import OpaqueError, digest

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_NAMES = frozenset({"build_date_utc", "pages", "lipsum", "self"})
"""Variables that a template may not ask for."""

_OF_A_PAGE = frozenset({"content", "markdown", "toc"})
"""Attributes that a template may show of the page itself, and not of others."""

_ATTRIBUTES = frozenset(
    {"abs_dest_path", "abs_src_path", "builder", "config_file_path", "content_bytes", "content_string"}
    | {"dev_addr", "docs_dir", "edit_uri_template", "environment", "hooks", "links_to_anchors", "mdx_configs"}
    | {"posts", "present_anchor_ids", "site_dir", "src_dir", "update_date", "views", "watch"}
)
"""Attributes that a template may not ask for: they differ by machine or day, or are not looked at here."""

_FILTERS = frozenset({"attr", "random"})
_INSTALLED = tuple({Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")})
_THEMES = ("material", "materialx", "mkdocs", "properdocs")
"""Packages whose templates show the description of a page on this page alone."""


def template_sources(env: Any, config: MkDocsConfig) -> Iterator[str | bytes]:
    """All templates and what they are rendered with, as texts. OpaqueError for what may do anything."""
    plain: Any = config.theme.get_env()
    folders = [Path(folder) for folder in config.theme.dirs]
    if type(env.loader) is not type(plain.loader) or list(env.loader.searchpath) != list(plain.loader.searchpath):
        raise OpaqueError(f"templates from {type(env.loader).__module__}.{type(env.loader).__qualname__}")
    strange = {name for kind in ("filters", "tests", "globals") for name in _strange(env, plain, kind)}
    if sorted(env.extensions) != sorted(plain.extensions):
        raise OpaqueError("extensions of the templates' language")
    for folder in folders:
        yield str(folder)
        if folder == host.THEME or any(folder.is_relative_to(installed) for installed in _INSTALLED):
            continue
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            data = path.read_bytes()
            name = path.relative_to(folder).as_posix()
            yield digest(name, data)
            if path.suffix in (".html", ".xml", ".txt"):
                _look_through(env, name, data.decode("utf-8", "replace"), strange)


def shows_descriptions(config: MkDocsConfig) -> bool:
    """True if a template may show the description of another page than its own."""
    known = {installed / theme for installed in _INSTALLED for theme in _THEMES}
    folders = {Path(folder) for folder in config.theme.dirs} - {host.THEME}
    return not all(known.intersection(folder.parents) for folder in folders)


def _strange(env: Any, plain: Any, kind: str) -> Iterator[str]:
    """The names of what a plugin has added to an environment. OpaqueError for what it has put in the place of what is
    always there, which any template may ask for."""
    known = getattr(plain, kind)
    for name, value in getattr(env, kind).items():
        if name not in known:
            yield name
        elif _is_another(value, known[name]):
            raise OpaqueError(f'another "{name}" among the {kind} of templates')


def _is_another(value: object, known: object) -> bool:
    code = getattr(value, "__code__", None)
    return type(value) is not type(known) if code is None else code is not getattr(known, "__code__", None)


def _look_through(env: Any, name: str, text: str, strange: set[str]) -> None:
    try:
        tree = env.parse(text)
    except Exception:  # MkDocs says so, where it is used.
        return
    for node in _nodes(tree):
        if asked := _asked(node, strange):
            raise OpaqueError(f'"{asked}" in the template {name}')


def _nodes(node: Any) -> Iterator[Any]:
    for inner in node.iter_child_nodes():
        # To ask whether there is a plugin is to ask for a setting.
        if not (type(inner).__name__ == "Compare" and all(operand.op in ("in", "notin") for operand in inner.ops)):
            yield inner
            yield from _nodes(inner)


def _asked(node: Any, strange: set[str]) -> str:
    """The name in a node of a template's tree that nobody keeps; empty for all others."""
    kind = type(node).__name__
    if kind == "Name":
        is_set = node.ctx != "load" and node.name == "page"
        return node.name if is_set or node.name in _NAMES or node.name in strange else ""
    if kind in ("Filter", "Test"):
        return node.name if node.name in _FILTERS or node.name in strange else ""
    if kind == "Const":
        name = node.value
        return name if isinstance(name, str) and (name in _ATTRIBUTES or name in _OF_A_PAGE) else ""
    if kind == "Getattr":
        is_of_this = type(node.node).__name__ == "Name" and node.node.name == "page"
        inside = _ATTRIBUTES | {"plugins"} | (set() if is_of_this else _OF_A_PAGE)
        return node.attr if node.attr in inside else ""
    return ""


def theme_settings(config: MkDocsConfig) -> list[object]:
    """The theme's settings, and those for the theme alone, which a plugin may change for each page."""
    return [dict(config.theme), sorted(config.theme.static_templates), config.theme.name, config.extra]

"""Needs of the plugin that the host meets. Asked in `on_config`, since soon after it MkDocs removes the old site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from postmortems.read.opening import open_inside

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.theme import Theme

    from postmortems.model.corpus import Corpus

_OF_MATERIAL = (
    "main.html",
    "partials/actions.html",
    "partials/nav-item.html",
    "partials/tabs.html",
    "partials/toc.html",
    ".icons/material/magnify.svg",
)
"""Parts of Material that our frame builds upon; Material and every theme that extends it have them."""


def require_none(problem: str | None) -> None:
    """Raise an error with this problem, if it is one."""
    if problem:
        raise PluginError(f"postmortems: {problem}")


def theme_problem(theme: Theme) -> str | None:
    """Reason why a theme cannot show the pages, or None if it can."""
    folders = [Path(folder) for folder in theme.dirs]
    missing = [name for name in _OF_MATERIAL if not any((folder / name).is_file() for folder in folders)]
    if not missing:
        return None
    named = f'the theme "{theme.name}"' if theme.name else f'the theme in "{theme.custom_dir}"'
    if theme.name == "mkdocs":
        named += ", the default of MkDocs,"
    what = "is not built on Material for MkDocs" if len(missing) > 1 else f"has no {missing[0]}"
    return f"{named} {what}, which the pages need; write `theme: {{name: material}}` in mkdocs.yml"


_LOCK = re.compile(r"""^["']?(?:password|level|obfuscate)["']?[ \t]*:""", re.MULTILINE)
"""A key of front matter by which the plugin `encryptcontent` encrypts a page."""


def encryption_problem(config: MkDocsConfig, corpus: Corpus) -> str | None:
    """Reason why the plugin `encryptcontent` cannot hide what it is asked to, or None if that is nothing of ours. It
    encrypts a page; the lists, the figures, the data files and the feed would tell all the same."""
    if (plugin := config.plugins.get("encryptcontent")) is None:
        return None
    if plugin.config.get("global_password") or "_global" in getattr(plugin, "setup", {}).get("level_keys", ()):
        return in_clear(["every page"])
    paths = (*(postmortem.path for postmortem in corpus.postmortems), *(pattern.path for pattern in corpus.patterns))
    locked = [path for path in paths if path not in corpus.left_out and _is_locked(Path(config.docs_dir), path)]
    return in_clear(locked) if locked else None


def _is_locked(docs: Path, path: str) -> bool:
    """True if the front matter of a file says so, as it is: it need not be valid to be meant."""
    data, _ = open_inside(docs, path)
    front, fence, _ = data.decode("utf-8", "replace").lstrip("\ufeff\r\n -").partition("\n---")
    return bool(fence) and _LOCK.search(front) is not None


def in_clear(pages: Iterable[str]) -> str | None:
    """Reason why these pages cannot be encrypted, or None for no page."""
    named = ", ".join(pages)
    return named and (
        f'the plugin "encryptcontent" is to encrypt {named}, but lists, figures, data files and the feed '
        "would still show it; leave it out with `exclude_docs`, or let the web server ask for a password"
    )


def navigation_problem(lines: Iterable[str]) -> str:
    """Message that a navigation lacks these lines, and how to leave it so."""
    head = "the navigation lacks pages; add them to `nav` in mkdocs.yml, or list them under `not_in_nav`:"
    return "\n    ".join((head, *lines))

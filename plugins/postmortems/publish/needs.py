"""What the host has to bring. Asked in `on_config`, since soon after it MkDocs removes the old site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.theme import Theme

_OF_MATERIAL = (
    "main.html",
    "partials/actions.html",
    "partials/nav-item.html",
    "partials/tabs.html",
    "partials/toc.html",
    ".icons/material/magnify.svg",
)
"""What our frame builds upon: of these Material and every theme that extends it are made."""


def theme_problem(theme: Theme) -> str | None:
    """Why a theme cannot show the pages, or None where it can."""
    folders = [Path(folder) for folder in theme.dirs]
    missing = [name for name in _OF_MATERIAL if not any((folder / name).is_file() for folder in folders)]
    if not missing:
        return None
    named = f'the theme "{theme.name}"' if theme.name else f'the theme in "{theme.custom_dir}"'
    if theme.name == "mkdocs":
        named += ", which MkDocs takes where none is named,"
    what = "is not built on Material for MkDocs" if len(missing) > 1 else f"has no {missing[0]}"
    return f"{named} {what}, which the pages need; write `theme: {{name: material}}` in mkdocs.yml"

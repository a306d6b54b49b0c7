"""Settings on files below the docs folder: where the postmortems are, and which files are none."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

_LONGEST_PATTERN = 500

PAGE_FOLDERS = frozenset(
    [
        "actions",
        "assets",
        "compare",
        "data",
        "exercises",
        "guide",
        "metrics",
        "owners",
        "patterns",
        "reviews",
        "schema",
        "search",
        "services",
        "templates",
    ]
)
"""Folders of a site that hold pages and files of another kind."""


SCRIPT_FOLDERS = ("assets/javascripts/", "assets/postmortems/")
"""Folders of a site that hold the scripts of the theme and of this package. Its policy lets scripts come from there."""


def _folder(value: object) -> object:
    if not isinstance(value, str):
        return value
    parts = value.rstrip("/").split("/")
    if not value.isprintable() or "\\" in value or any(not part or part.startswith(".") for part in parts):
        raise PydanticCustomError("folder", "is not a folder below the docs folder, such as incidents or sre/incidents")
    if parts[0] in PAGE_FOLDERS:
        raise PydanticCustomError(
            "folder", "is used by other pages of the site; give the postmortems a folder of their own"
        )
    return "/".join(parts)


def _globs(value: object) -> object:
    patterns = [value] if isinstance(value, str) else value
    if isinstance(patterns, list | tuple):
        for pattern in patterns:
            if not isinstance(pattern, str) or not pattern.strip("/") or len(pattern) > _LONGEST_PATTERN:
                raise PydanticCustomError("globs", "is not a list of file patterns such as [pir-template.md, archive/]")
            if pattern.startswith("!"):
                raise PydanticCustomError("globs", "has a pattern that starts with !, which has no effect here")
    return patterns


PostmortemsFolder = Annotated[str, BeforeValidator(_folder)]
"""A folder below the docs folder, with `/`, in which the site has no pages of another kind."""

FilePatterns = Annotated[tuple[str, ...], BeforeValidator(_globs), Field(max_length=1000)]
"""Patterns of paths below the docs folder, one alone or a list."""

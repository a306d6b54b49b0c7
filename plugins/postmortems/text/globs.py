"""Patterns of file names, as in a `.gitignore`, for the setting `ignore`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from fnmatch import translate
from functools import lru_cache

_ANY_FOLDERS = "**"


class Globs:
    """Patterns for paths below the docs folder.

    A pattern without `/` fits a file or folder of this name at any depth, one with `/` a path from the docs folder on.
    `*` and `?` stand for characters within a name, `**` for any number of folders. Whatever is in a folder that fits
    is covered, too.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = [_segments(pattern) for pattern in patterns]

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def cover(self, path: str) -> bool:
        """True if a pattern fits the path or a folder that it is in. O(length of the path) for each pattern part."""
        parts = path.split("/")
        return any(_fits(pattern, parts) for pattern in self._patterns)


def _segments(pattern: str) -> tuple[str, ...]:
    parts = pattern.rstrip("/").split("/")
    if len(parts) == 1:
        return (_ANY_FOLDERS, parts[0])
    return tuple(part for part in parts if part)


def _fits(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    """True if the pattern fits some first parts of a path."""
    # The numbers of parts that what was seen of the pattern can stand for.
    ends = {0}
    for segment in pattern:
        if segment == _ANY_FOLDERS:
            ends = set(range(min(ends), len(parts) + 1))
        else:
            fits = _name(segment)
            ends = {end + 1 for end in ends if end < len(parts) and fits(parts[end])}
        if not ends:
            return False
    # `logs/**` is about what is in the folder, not about a file of its name.
    return pattern[-1] != _ANY_FOLDERS or min(ends) < len(parts)


@lru_cache(maxsize=256)
def _name(segment: str) -> Callable[[str], object]:
    # The standard library's expression does not backtrack: each `*` is settled once.
    return re.compile(translate(segment)).fullmatch

"""Files that a preview's pages are made from, with what the system says of each: which of them an edit has changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

_NOT_READ = ".icons"
"""The theme's folder of ten thousand icons."""

_OF_SETTINGS = (".yml", ".yaml", ".pages")

Seen = Mapping[str, tuple[int, int, int]]
"""Time, size and number of each file, by its path."""


def seen_in(places: Iterable[str]) -> Seen | None:
    """The files in these places, each a file or a folder; None where a folder is a link, which may lead anywhere."""
    try:
        return {entry: (found.st_mtime_ns, found.st_size, found.st_ino) for entry, found in _files(places)}
    except (_LinkError, OSError):
        return None


def changed(before: Seen, now: Seen) -> set[str]:
    """The paths of files that are others, new or gone."""
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


def is_hidden(path: str, docs: str) -> bool:
    """True for what begins with a dot below a docs folder, such as what editors write while a file is open, or git; not
    for a file of settings, such as `.nav.yml` or `.pages` of plugins for the navigation."""
    is_inside = path.startswith(f"{docs}{os.sep}") and f"{os.sep}." in path[len(docs) :]
    return is_inside and not path.endswith(_OF_SETTINGS)


class _LinkError(Exception):
    pass


def _files(places: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
    folders = []
    for place in map(Path, places):
        if place.is_dir():
            folders.append(str(place))
        elif place.exists():
            yield str(place), place.stat()
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if not entry.is_dir():
                    yield entry.path, entry.stat(follow_symlinks=entry.is_file())
                elif entry.is_symlink():
                    raise _LinkError
                elif entry.name != _NOT_READ:
                    folders.append(entry.path)

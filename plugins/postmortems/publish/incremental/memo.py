"""Memory of earlier builds: a row for each page and step, in a file of the user's own cache folder.

A row has one digest of everything that its value was made of, and is used only where that is still the same. So a store
has as many rows as the site has pages and steps, and what it holds can be old, but never wrong. The digests of all rows
are also in one row of their own, so that nothing is looked for, or unpacked, that would not be used.
"""

from __future__ import annotations

import logging
import platform
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

import postmortems
from postmortems.publish.incremental.values import digest
from postmortems.read.store import is_kept_for_later, open_store
from postmortems.read.store_keys import base_key

if TYPE_CHECKING:
    from postmortems.read.store import Store
    from postmortems.settings import Settings

_KEYS, _DAY = "keys", "day"
_MOST_UNUSED = 1000
"""Rows without a use, beside as many as have one, from which on none of them is looked for any more."""

_INSTALLED = (".dist-info", ".egg-info")

log = logging.getLogger("mkdocs.plugins.postmortems")


class Memo:
    """The rows of one build. Without a store nothing is found and nothing kept.

    `base` is the digest of all that every step is made with: code, versions and settings.
    """

    def __init__(self, store: Store | None, base: bytes = b"") -> None:
        self._store = store
        self._closed: Store | None = None
        self.base = base
        self._causes: set[str] = set()
        kept = store.kept(_KEYS) if store else None
        self._keys: dict[str, bytes] = kept if isinstance(kept, dict) else {}
        self._used: dict[str, bytes] = {}

    def __bool__(self) -> bool:
        return bool(self._store)

    @property
    def is_complete(self) -> bool:
        """True once it was closed, if nothing was switched off, so that it can be opened again."""
        return self._closed is not None and not self._causes

    def found(self, row: str, key: bytes) -> object | None:
        """The value of a row if it was made of the same; None otherwise."""
        if not self._store or self._keys.get(row) != key:
            return None
        kept = self._store.kept(row)
        if isinstance(kept, tuple) and len(kept) == 2 and kept[0] == key:
            self._used[row] = key
            value: object = kept[1]
            return value
        return None

    def has(self, row: str, key: bytes) -> bool:
        """True if a row was made of the same; it may have no value."""
        if not self._store or self._keys.get(row) != key:
            return False
        self._used[row] = key
        return True

    def touch(self, row: str) -> None:
        """Keep a row as it is, for a later build to use."""
        if row in self._keys:
            self._used[row] = self._keys[row]

    def note(self, row: str, key: bytes) -> None:
        """Keep a row without a value, in the place of what was there."""
        if self._store:
            self._keys[row] = self._used[row] = key

    def keep(self, row: str, key: bytes, value: object) -> None:
        """Put a value into a row, in the place of what was there."""
        if self._store:
            self._store.keep(row, (key, value))
            self._keys[row] = self._used[row] = key

    def switch_off(self, what: str, cause: str) -> None:
        """Say, once for a cause, that something is not kept."""
        if self._store and cause not in self._causes:
            self._causes.add(cause)
            log.info("postmortems: %s is made again in each build: what is behind %s is unknown", what, cause)

    def close(self) -> None:
        """Write what is still to be written. A row that this build had no use for may be used by the next."""
        store, self._store = self._store, None
        if store:
            is_bounded = len(self._keys) < _MOST_UNUSED + 2 * len(self._used)
            keys = self._keys if is_bounded else self._used
            # What stands in the site is not asked for, and would be forgotten in a month. Once a day is enough.
            is_another_day = keys.get(_DAY) != (today := str(int(time()) // 86_400).encode())
            store.keep(_KEYS, keys | {_DAY: today})
            store.close(keys if is_another_day else ())
            self._closed = store
        # What is true of all stores is said of the check's.
        if store is not None and store.note.startswith(f"{store.path}: "):
            log.info("postmortems: %s", store.note)

    def open_again(self) -> None:
        """Go on after it was closed, as the same build."""
        if self._store is None and self._closed is not None:
            self._store = self._closed.reopened()


def open_memo(project: Path, settings: Settings, *, preview: bool) -> Memo:
    """The rows of a site's builds, or those of its previews, in which addresses are others. To record what a build asks
    costs a third of it, which a job that keeps nothing would never get back."""
    if not settings.incremental or not is_kept_for_later():
        return Memo(None)
    return Memo(open_store(project, "serve" if preview else "build"), digest(base_key(settings), *_made_with()))


@cache
def _made_with() -> tuple[str, ...]:
    """Everything that is installed, by name and version, and the size and time of this package's layouts: whatever
    renders a page is among it."""
    # The names of these folders hold the versions. To read what is in them takes a hundred times as long.
    folders = [folder for entry in sys.path if (folder := Path(entry)).is_dir()]
    installed = sorted(path.name for folder in folders for path in folder.iterdir() if path.suffix in _INSTALLED)
    home = Path(next(iter(postmortems.__path__)))
    return (platform.python_version(), sys.platform, *installed, *_layouts(home))


def _layouts(home: Path) -> Iterator[str]:
    for folder in ("render/layouts", "render/assets", "publish/theme"):
        for path in sorted(home.joinpath(folder).rglob("*")):
            seen = path.stat()
            yield f"{path.relative_to(home)} {seen.st_size} {seen.st_mtime_ns}"

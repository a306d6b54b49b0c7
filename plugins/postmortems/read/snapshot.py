"""The files of a docs folder at a moment, each with a digest of its bytes.

To read every file only to see that it has not changed is most of what a run costs that has nothing to do. So a store
keeps with each digest what the system says of the file: its number, size and times. A file of which all that is the
same has not changed: whoever writes to it changes the last of the times, which no program can set. Where it was
written so shortly before it was looked at that the clock may not tell the two apart, it is read again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from time import time_ns

from postmortems.read.files import list_files
from postmortems.read.mounts import place_of
from postmortems.read.opening import open_regular
from postmortems.read.store import Keeper
from postmortems.read.text import LARGEST
from postmortems.read.walk import Seen, seen_of

_UNSURE = 2_000_000_000
"""Nanoseconds for which the time of a file is too new to be relied on: some file systems count in steps of two
seconds."""

_Known = tuple[Seen, bytes]


class Snapshot:
    """The files below a docs folder as they were when it was made."""

    def __init__(self, docs: Path, store: Keeper | None = None, key: str = "") -> None:
        self._began = time_ns()
        self.tree = list_files(docs)
        kept = store.kept(key) if store and key else None
        known: Mapping[str, _Known] = kept if isinstance(kept, dict) else {}
        self._files = {path: self._looked_at(path, known.get(path)) for path in self.tree.files}
        if store and key and self._files != known:
            sure = {path: each for path, each in self._files.items() if _is_sure(each[0], self._began)}
            if sure != known:
                store.keep(key, sure)

    def digest(self, path: str) -> bytes:
        """The digest of a file's bytes, as much of them as is ever read; of one that cannot be read, of the reason."""
        return self._files[path][1]

    def digests(self) -> tuple[bytes, ...]:
        """The digests of all files, in their order."""
        return tuple(digest for _, digest in self._files.values())

    def is_current(self) -> bool:
        """True if nothing has changed since."""
        tree = list_files(self.tree.root)
        return tree == self.tree and all(self._is_same(path, tree.seen.get(path)) for path in tree.files)

    def holds(self, paths: Iterable[str]) -> bool:
        """True if these files have not changed since."""
        return all(self._is_same(path) for path in paths)

    def _looked_at(self, path: str, known: _Known | None) -> _Known:
        seen = self.tree.seen.get(path) or seen_of(self._place(path))
        if known and known[0] == seen:
            return known
        return seen, _file_digest(self._place(path))

    def _is_same(self, path: str, seen: Seen | None = None) -> bool:
        before, digest = self._files[path]
        if (seen or seen_of(self._place(path))) != before:
            return False
        return _is_sure(before, self._began) or _file_digest(self._place(path)) == digest

    def _place(self, path: str) -> str:
        return str(place_of(self.tree.root, path))


def data_digest(data: bytes) -> bytes:
    """The digest of a file with these bytes."""
    return blake2b(data + len(data).to_bytes(8, "big"), digest_size=20).digest()


def _is_sure(seen: Seen, moment: int) -> bool:
    # Elsewhere the last of the times is that of the file's making.
    return os.name == "posix" and 0 < max(seen[4:]) < moment - _UNSURE


def _file_digest(path: str) -> bytes:
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST + 1)
            size = len(data) if len(data) <= LARGEST else os.fstat(file.fileno()).st_size
    except OSError as error:
        return f"{type(error).__name__} {error.errno}".encode()
    return blake2b(data + size.to_bytes(8, "big"), digest_size=20).digest()

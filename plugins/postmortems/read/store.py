"""Results of earlier runs: one SQLite file a knowledge base, in the user's own cache folder; safe to delete.

A key, made in `store_keys.py`, says everything that its value was made of, so an old value is never wrong, only unused.
Values are pickles, which run code when they are loaded. So nothing is believed that another user, or somebody with a
pull request, could have put there: the folder and the file are the user's alone, no link is followed, and no store lies
inside the repository. A store that is damaged, old, held by another run or not to be trusted is as if it were not
there.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import stat
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from time import time
from typing import Protocol

from platformdirs import user_cache_path

from postmortems.read.git import repository_root

FOLDER = "POSTMORTEMS_CACHE"
"""The environment variable that names another folder, such as one that CI keeps between jobs."""

# The day comes before the values, so that a search for old ones does not read these. The keys have an index of their
# own: among the values, each would be looked for on seven pages.
_TABLE = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, day INTEGER, value BLOB, rest BLOB)"
_KEPT_DAYS = 30
"""Days after which a value or a whole store goes that nobody asks for."""
_LARGEST = 2**31
"""Bytes from which on a store begins again, those of a build of some 25,000 postmortems."""
_AT_ONCE = 500
"""Number of values that are written at once: another run that writes need not wait long."""
_PATIENCE = 1.0
"""Seconds for which a run waits for another one that writes."""
_DAY = 86_400


class Keeper(Protocol):
    """A store as reading asks it: one that is not to be had is false."""

    @property
    def holds_objects(self) -> bool:
        """True if it gives back the very object that it was given, and need not be asked for the rest of it."""

    def __bool__(self) -> bool: ...

    def kept(self, key: str, /) -> object | None:
        """The value that is kept under this key."""

    def keep(self, key: str, value: object, rest: Mapping[str, object] | None = None, /) -> None:
        """Keep a value for later, and apart from it others, by name, that few ask for."""

    def rest(self, key: str, /) -> Rest | None:
        """The others that are kept under this key."""


class Rest:
    """Values by name, each of which is unpacked when it is asked for."""

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        self._packed = packed

    def __getitem__(self, name: str) -> object:
        return _unpacked(self._packed[name])


class Store:
    """Values by keys, in the file `path`. No method raises; a store that is not to be had is false, and `note` says
    why."""

    holds_objects = False

    def __init__(self, path: Path, note: str = "") -> None:
        self.note = note
        self.path = path
        self._day = int(time()) // _DAY
        self._new: dict[str, tuple[bytes, bytes | None]] = {}
        self._asked: list[str] = []
        self._database: sqlite3.Connection | None = None
        if note:
            return
        try:
            self._database = _opened(path)
        except OSError as error:
            self.note = f"{path}: not used: {error.strerror or type(error).__name__}"
        except sqlite3.Error as error:
            self._give_up(error)

    def __bool__(self) -> bool:
        return self._database is not None

    def kept(self, key: str) -> object | None:
        """The value that is kept under this key."""
        for data, day in self._found(key, "value"):
            with suppress(Exception):  # Whatever a pickle of another time raises: it is as good as absent.
                value = _unpacked(data)
                if day != self._day:
                    self._asked.append(key)
                return value
        return None

    def rest(self, key: str) -> Rest | None:
        """The values that are kept under this key apart from the first."""
        for data, _ in self._found(key, "rest"):
            with suppress(Exception):
                return Rest(dict(pickle.loads(data)))  # noqa: S301 - made by this user, see `_opened`
        return None

    def keep(self, key: str, value: object, rest: Mapping[str, object] | None = None) -> None:
        """Keep a value for later runs, and apart from it others by name."""
        if self._database is not None:
            each = {name: _packed(other) for name, other in (rest or {}).items()}
            self._new[key] = _packed(value), pickle.dumps(each, pickle.HIGHEST_PROTOCOL) if each else None
            if len(self._new) >= _AT_ONCE:
                self._write()

    def reopened(self) -> Store:
        """The same store once more, for what is asked after this one is closed."""
        return Store(self.path, self.note)

    def close(self, in_use: Iterable[str] = ()) -> None:
        """Write what is still to be written, without what nobody has asked for in a month, or has said to be in use."""
        self._asked.extend(in_use)
        self._write(forget=True)
        self._end()

    def _found(self, key: str, column: str) -> list[tuple[bytes, int]]:
        if self._database is None:
            return []
        if new := self._new.get(key):
            data = new[0] if column == "value" else new[1]
            return [(data, self._day)] if data else []
        question = f"SELECT {column}, day FROM kept WHERE key = ? AND {column} IS NOT NULL"  # noqa: S608 - our own name
        try:
            return self._database.execute(question, (key,)).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def _write(self, *, forget: bool = False) -> None:
        if self._database is None:
            return
        rows = [(key, self._day, *data) for key, data in self._new.items()]
        asked = [(self._day, key) for key in self._asked]
        self._new, self._asked = {}, []
        try:
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)
                self._database.executemany("UPDATE kept SET day = ? WHERE key = ?", asked)
                if forget:
                    self._database.execute("DELETE FROM kept WHERE day < ?", (self._day - _KEPT_DAYS,))
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without; a file in which our table is not goes, so that the next run has a new one."""
        self._end()
        # Without a code: what SQLite gave is no text, although it says so.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR):
            self.note = f"{self.path}: was damaged; the next run recreates it"
            with suppress(OSError):
                self.path.unlink()
        elif code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            self.note = f"{self.path}: is in use by another run; this one does not use it"
        else:
            self.note = f"{self.path}: not used: {error}"

    def _end(self) -> None:
        self._new, self._asked = {}, []
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None


def _packed(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def _unpacked(data: bytes) -> object:
    value: object = pickle.loads(zlib.decompress(data))  # noqa: S301 - made by this user, see `_opened`
    return value


def open_store(project: Path, kind: str = "") -> Store:
    """The store of the knowledge base in a folder; false where there can be none, as without a home folder. Each
    `kind` of values has a file of its own."""
    true = Path(os.path.realpath(project))
    named = os.environ.get(FOLDER)
    folder = Path(named).absolute() if named else user_cache_path("mkdocs-postmortems")
    path = folder / f"{blake2b(os.fsencode(true), digest_size=16).hexdigest()}{kind and f'-{kind}'}.sqlite"
    if not folder.is_absolute():
        return Store(path, f"there is no home folder for the cache; set {FOLDER} to another folder")
    if Path(os.path.realpath(folder)).is_relative_to(repository_root(true / "docs") or true):
        return Store(path, f"{folder}: not used: a pull request could bring a cache in the repository")
    return Store(path)


def is_kept_for_later() -> bool:
    """True if the next run finds what this one keeps. In CI, where a job begins with an empty home folder, that is so
    only of a folder that is named."""
    return bool(os.environ.get(FOLDER)) or os.environ.get("CI", "").lower() in ("", "0", "false")


def _opened(path: Path) -> sqlite3.Connection:
    """The database in a file that is this user's alone, made if there is none; OSError where it is not."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_others(path.parent.stat())
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    try:
        seen = os.fstat(handle)
    finally:
        os.close(handle)
    _refuse_others(seen)
    if not stat.S_ISREG(seen.st_mode) or seen.st_nlink > 1:
        raise OSError(None, "it is not a regular file")
    if seen.st_size > _LARGEST:
        path.unlink()
        return _opened(path)
    if seen.st_size == 0:
        _tidy(path.parent)
    database = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False)
    try:
        # A power cut may cost the file, which costs nothing but time.
        database.execute("PRAGMA synchronous = OFF")
        database.execute(_TABLE)
    except BaseException:
        database.close()
        raise
    return database


def _refuse_others(seen: os.stat_result) -> None:
    if hasattr(os, "geteuid") and (seen.st_uid != os.geteuid() or seen.st_mode & 0o022):
        raise OSError(None, "others can write there")


def _tidy(folder: Path) -> None:
    for path in folder.glob("*.sqlite"):
        with suppress(OSError):
            if path.stat().st_mtime < time() - _KEPT_DAYS * _DAY:
                path.unlink()

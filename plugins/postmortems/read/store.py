"""What earlier runs found out: one SQLite file a knowledge base, in the user's own cache folder; safe to delete.

An entry's key says everything that its value was made of, so an old value is never wrong, only unused. Values are
pickles, which run code when they are loaded. So nothing is believed that another user, or somebody with a pull request,
could have put there: the folder and the file are the user's alone, no link is followed, and no store lies inside the
repository. A store that is damaged, held by another run or not to be trusted is as if it were not there.
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

from platformdirs import user_cache_path

from postmortems.read.git import repository_root

FOLDER = "POSTMORTEMS_CACHE"
"""The environment variable that names another folder, such as one that CI keeps between jobs."""

_TABLE = "CREATE TABLE kept (key TEXT PRIMARY KEY, value BLOB, day INTEGER) WITHOUT ROWID"
_KEPT_DAYS = 30
_FORGOTTEN_DAYS = 90
_LARGEST = 512 * 1024 * 1024
_AT_ONCE = 500
"""How many keys are asked for in one query, since SQLite bounds its parameters, and values written at once: another
run that writes need not wait long."""
_PATIENCE = 1.0
"""Seconds for which a run waits for another one that writes."""
_MOST_STEPS = 50_000_000
"""Steps of SQLite's machine in one statement. Ours need some ten for each entry; a view can have no end."""
_DAY = 86_400


class Store:
    """Values by keys, in one file. No method raises; a store that is not to be had is false, and `note` says why."""

    def __init__(self, path: Path, note: str = "") -> None:
        self.note = note
        self._path = path
        self._day = int(time()) // _DAY
        self._new: dict[str, bytes] = {}
        self._asked: set[str] = set()
        self._database: sqlite3.Connection | None = None
        if not note:
            self._open()

    def __bool__(self) -> bool:
        return self._database is not None

    def get(self, keys: Iterable[str]) -> dict[str, object]:
        """The values that are kept under these keys; keys without one are left out."""
        self._write()
        wanted = list(keys)
        found: dict[str, object] = {}
        for begin in range(0, len(wanted), _AT_ONCE):
            part = wanted[begin : begin + _AT_ONCE]
            question = f"SELECT key, value, day FROM kept WHERE key IN ({','.join('?' * len(part))})"  # noqa: S608
            for key, value, day in self._do(question, part):
                # Whatever a pickle of another time raises: it is as good as absent.
                with suppress(Exception):
                    found[key] = unpack(value)
                    if day != self._day:
                        self._asked.add(key)
        return found

    def put(self, packed: Mapping[str, bytes]) -> None:
        """Keep these values, each as `pack` makes it."""
        self._new.update(packed)
        if len(self._new) >= _AT_ONCE:
            self._write()

    def close(self) -> None:
        """Write what is still to be written, without what nobody has asked for in a month."""
        self._write()
        self._do("DELETE FROM kept WHERE day < ?", (self._day - _KEPT_DAYS,))
        self._end()

    def _open(self) -> None:
        try:
            self._database = _opened(self._path)
        except OSError as error:
            self.note = f"{self._path}: is not used: {error.strerror or type(error).__name__}"
        except sqlite3.Error as error:
            self._give_up(error)

    def _write(self) -> None:
        if self._database is None or not (self._new or self._asked):
            return
        new, asked = list(self._new.items()), list(self._asked)
        self._new, self._asked = {}, set()
        try:
            with self._database:
                self._database.executemany(
                    "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", ((key, data, self._day) for key, data in new)
                )
                self._database.executemany("UPDATE kept SET day = ? WHERE key = ?", ((self._day, key) for key in asked))
        except sqlite3.Error as error:
            self._give_up(error)

    def _do(self, statement: str, parameters: Iterable[object]) -> list[tuple[str, bytes, int]]:
        if self._database is None:
            return []
        try:
            with self._database:
                return self._database.execute(statement, tuple(parameters)).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without; a file that SQLite itself calls damaged goes, so that the next run has a new one."""
        self._end()
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            self.note = f"{self._path}: was damaged, and is begun anew by the next run"
            with suppress(OSError):
                self._path.unlink()
        elif code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            self.note = f"{self._path}: is held by another run, so this one goes without"
        else:
            self.note = f"{self._path}: is not used: {error}"

    def _end(self) -> None:
        self._new, self._asked = {}, set()
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None


def pack(value: object) -> bytes:
    """A value as a store keeps it."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unpack(data: bytes) -> object:
    """The value that was packed, for bytes that nobody else can have made; whatever a pickle raises, if it is old."""
    found: object = pickle.loads(zlib.decompress(data))  # noqa: S301 - made by this user, as the store sees to
    return found


def open_store(project: Path) -> Store:
    """The store of the knowledge base in a folder; false where there can be none, as without a home folder."""
    true = Path(os.path.realpath(project))
    named = os.environ.get(FOLDER)
    folder = Path(named).absolute() if named else user_cache_path("mkdocs-postmortems")
    path = folder / f"{blake2b(os.fsencode(true), digest_size=16).hexdigest()}.sqlite"
    if not folder.is_absolute():
        return Store(path, f"without a home folder nothing is kept from run to run; {FOLDER} names another folder")
    if Path(os.path.realpath(folder)).is_relative_to(repository_root(true / "docs") or true):
        return Store(path, f"{folder}: is not used: a cache in the repository could come with a pull request")
    return Store(path)


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
        raise OSError(None, "it is no file of its own")
    if seen.st_size > _LARGEST:
        path.unlink()
        return _opened(path)
    database = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        database.set_progress_handler(lambda: 1, _MOST_STEPS)
        # A power cut may cost the file, which costs nothing but time.
        database.execute("PRAGMA synchronous = OFF")
        if not (tables := database.execute("SELECT type, name, sql FROM sqlite_master").fetchall()):
            database.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
            _tidy(path.parent)
        elif tables != [("table", "kept", _TABLE)]:
            raise OSError(None, "it holds something else")
    except BaseException:
        database.close()
        raise
    return database


def _refuse_others(seen: os.stat_result) -> None:
    if hasattr(os, "geteuid") and (seen.st_uid != os.geteuid() or seen.st_mode & 0o022):
        raise OSError(None, "others can write there")


def _tidy(folder: Path) -> None:
    """Remove the stores of knowledge bases that nobody has looked at for long."""
    for path in folder.glob("*.sqlite"):
        with suppress(OSError):
            if path.stat().st_mtime < time() - _FORGOTTEN_DAYS * _DAY:
                path.unlink()

"""What earlier runs found out, kept in one file below `.cache/`: safe to delete, and never believed blindly.

An entry's key says everything that its value was made of, so an old value is never wrong, only unused. Values are
signed with a secret that stands in the user's own cache folder: a store that somebody else has written, say in a pull
request, could hide a finding or, since values are pickles, run code. Without that secret it is as good as empty.

SQLite keeps the file whole while several runs use it at once. Whatever goes wrong with it, the run goes on without.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path
from secrets import token_bytes
from time import time

from platformdirs import user_cache_path

FILE = "store.sqlite"
_SECRET_BYTES = 32
_SIGNATURE_BYTES = 16
_KEPT_DAYS = 30
_LARGEST = 512 * 1024 * 1024
_AT_ONCE = 500
"""How many keys are asked for in one query: SQLite bounds the number of its parameters."""
_DAY = 86_400


class Store:
    """Values by keys, in the file `store.sqlite` of a folder. No method raises; `note` says what was wrong with it."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        self.note = ""
        self._path = folder / FILE
        self._secret = secret
        self._day = int(time()) // _DAY
        self._database: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # What is kept here belongs to one machine; git must not even offer it.
            if not (folder / ".gitignore").exists():
                (folder / ".gitignore").write_text("*\n", "utf-8")
            if self._path.exists() and self._path.stat().st_size > _LARGEST:
                self._path.unlink()
            self._database = self._opened()
        except sqlite3.DatabaseError:
            self._begin_anew()
        except OSError:
            pass  # A folder that cannot be written: everything is read afresh.

    def get(self, keys: Iterable[str]) -> dict[str, object]:
        """The values that are kept under these keys; keys without one are left out."""
        wanted = list(keys)
        found: dict[str, object] = {}
        for begin in range(0, len(wanted), _AT_ONCE):
            part = wanted[begin : begin + _AT_ONCE]
            question = f"SELECT key, value, day FROM kept WHERE key IN ({','.join('?' * len(part))})"  # noqa: S608
            for key, value, day in self._do(question, part):
                if isinstance(value, bytes) and (whole := self._verified(key, value)) is not None:
                    found[key] = whole
                    if day != self._day:
                        self._do("UPDATE kept SET day = ? WHERE key = ?", (self._day, key))
        return found

    def put(self, packed: Mapping[str, bytes]) -> None:
        """Keep these values, each as `pack` makes it."""
        for key, data in packed.items():
            self._do(
                "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (key, self._signature(key, data) + data, self._day)
            )

    def close(self) -> None:
        """Write what is still to be written, without what nobody has asked for in a month."""
        self._do("DELETE FROM kept WHERE day < ?", (self._day - _KEPT_DAYS,))
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.commit()
            self._database.close()
            self._database = None

    def _opened(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=2, isolation_level="DEFERRED")
        # A power cut may cost the file, which costs nothing but time.
        database.execute("PRAGMA synchronous = OFF")
        database.execute(
            "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB, day INTEGER) WITHOUT ROWID"
        )
        return database

    def _begin_anew(self) -> None:
        self.note = f"{self._path}: was damaged, and is begun anew"
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None
        with suppress(OSError, sqlite3.Error):
            self._path.unlink(missing_ok=True)
            self._database = self._opened()

    def _do(self, statement: str, parameters: Iterable[object]) -> list[tuple[str, object, int]]:
        if self._database is None:
            return []
        try:
            return self._database.execute(statement, tuple(parameters)).fetchall()
        except sqlite3.OperationalError:
            return []  # Another run holds it, or the disk is full.
        except sqlite3.DatabaseError:
            self._begin_anew()
            return []

    def _signature(self, key: str, data: bytes) -> bytes:
        return blake2b(key.encode() + b"\0" + data, key=self._secret, digest_size=_SIGNATURE_BYTES).digest()

    def _verified(self, key: str, value: bytes) -> object | None:
        signature, data = value[:_SIGNATURE_BYTES], value[_SIGNATURE_BYTES:]
        if not compare_digest(signature, self._signature(key, data)):
            return None
        try:
            return unpack(data)
        except Exception:
            # Whatever a pickle of another time raises: it is as good as absent.
            return None


def pack(value: object) -> bytes:
    """A value as a store keeps it."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unpack(data: bytes) -> object:
    """The value that was packed, for bytes that nobody else can have made; whatever a pickle raises, if it is old."""
    found: object = pickle.loads(zlib.decompress(data))  # noqa: S301 - from this run, or signed with a secret
    return found


def open_store(project: Path) -> Store | None:
    """The store of the knowledge base in a folder; None where no secret can be kept, as without a home folder."""
    secret = _secret()
    return Store(project / ".cache" / "postmortems", secret) if secret else None


def _secret() -> bytes | None:
    try:
        path = user_cache_path("mkdocs-postmortems") / "secret"
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(token_bytes(_SECRET_BYTES))
        found = path.read_bytes()
    except OSError:
        return None
    # Shorter: another run is just writing it.
    return found if len(found) == _SECRET_BYTES else None

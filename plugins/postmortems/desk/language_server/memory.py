"""Postmortems as read, kept in memory: what has not changed since the last reading is not read again."""

from __future__ import annotations

from collections.abc import Mapping

from postmortems.read.store import Rest, Store


class Memory:
    """Values by keys of the last reading. At first it is empty, and asks the store that `check` fills.

    What is typed is never written to that store: its keys would be as many as the keystrokes.
    """

    holds_objects = True

    def __init__(self) -> None:
        self._values: dict[str, object] = {}
        self._asked: dict[str, object] = {}
        self._store: Store | None = None

    def __bool__(self) -> bool:
        return True

    def begin(self, store: Store | None = None) -> None:
        """Begin a reading; `store` is asked for what is not in memory."""
        self._asked, self._store = {}, store

    def end(self) -> None:
        """Forget what this reading did not ask for."""
        self._values, self._store = self._asked, None

    def kept(self, key: str) -> object | None:
        """The value that is kept under this key."""
        value = self._values.get(key)
        if value is None and self._store:
            value = self._store.kept(key)
        if value is not None:
            self._asked[key] = value
        return value

    def rest(self, key: str) -> Rest | None:
        """The rest of a value that the store has kept."""
        return self._store.rest(key) if self._store else None

    def keep(self, key: str, value: object, rest: Mapping[str, object] | None = None) -> None:
        """Keep a value for the next reading."""
        self._asked[key] = value

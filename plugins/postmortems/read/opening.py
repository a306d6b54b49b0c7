"""Files below the docs folder, opened: whole, within bounds, and never anything but a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from postmortems.model.diagnostic import Problem
from postmortems.read.mounts import place_of, root_of
from postmortems.read.text import LARGEST, LOGS_ASIDE, too_large, unreadable, with_line_feeds

OPENED = "check its permissions, or restore it"
_KINDS = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFDIR: "a folder"}

_FILES_AT_HAND = 64
"""Maximum number of files whose lines a reader of lines keeps: findings come sorted by file, and all files at once are
a quarter of a run's memory."""


def open_regular(path: Path | str) -> BinaryIO:
    """An open file to read from; OSError for whatever is none, such as a pipe on which one would wait for ever."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(mode := os.fstat(handle).st_mode):
            raise OSError(None, f"it is {kind_of(mode)}")
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


class UnreadableError(Exception):
    """A file outside the docs folder that cannot be used; the text names it and says why, in one line."""


def text_of(path: Path, largest: int, limit: str) -> str:
    """The text of a file outside the docs folder, of at most `largest` bytes; `limit` ends the message on a larger one.

    Raises UnreadableError.
    """
    try:
        with open_regular(path) as file:
            data = file.read(largest + 1)
        if len(data) > largest:
            raise UnreadableError(f"{path}: is larger than {largest:,} bytes, {limit}")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(f"{path}: is not UTF-8 text") from None
    except (OSError, ValueError) as error:
        raise UnreadableError(f"{path}: cannot be read: {reason_of(error)}") from error


_unsaved: ContextVar[Mapping[Path, bytes]] = ContextVar("_unsaved", default=MappingProxyType({}))


@contextmanager
def with_unsaved(texts: Mapping[Path, bytes]) -> Iterator[None]:
    """Read files below a docs folder, for a while, as an editor has them and has not saved them yet."""
    token = _unsaved.set(texts)
    try:
        yield
    finally:
        _unsaved.reset(token)


def unsaved_files(docs: Path) -> list[str]:
    """The files below the docs folder that only an editor has, by their paths below it."""
    return [
        path.relative_to(docs).as_posix()
        for path in _unsaved.get()
        if path.is_relative_to(docs) and not os.path.lexists(path)
    ]


def open_file(docs: Path, path: str, if_too_large: str = LOGS_ASIDE) -> tuple[bytes, Problem | None]:
    """The bytes of a file below the docs folder, or why it cannot be read; `if_too_large` is advice for one that is."""
    unsaved = _unsaved.get()
    if unsaved and (text := unsaved.get(docs / path)) is not None:
        return (text, None) if len(text) <= LARGEST else (b"", too_large(path, len(text), if_too_large))
    try:
        with open_regular(place_of(docs, path)) as file:
            data = file.read(LARGEST + 1)
            if len(data) > LARGEST:
                return b"", too_large(path, os.fstat(file.fileno()).st_size, if_too_large)
            return data, None
    except (OSError, ValueError) as error:
        return b"", unreadable(path, f"the file cannot be opened: {reason_of(error)}", OPENED)


def open_inside(docs: Path, path: str, if_too_large: str = LOGS_ASIDE) -> tuple[bytes, Problem | None]:
    """The same for a path that no walk has found: whatever leads out of the docs folder stays closed."""
    if not Path(os.path.realpath(place_of(docs, path))).is_relative_to(os.path.realpath(root_of(docs, path))):
        return b"", unreadable(path, "the file is outside the docs folder", "copy it, or remove the link")
    return open_file(docs, path, if_too_large)


def line_reader(docs: Path) -> Callable[[str, int], str | None]:
    """A function that gives a line of a file below the docs folder by its number, if there is one."""

    @lru_cache(maxsize=_FILES_AT_HAND)
    def lines_of(path: str) -> list[str]:
        data, problem = open_inside(docs, path)
        # Nobody wants to see a line of an image, or of what lies elsewhere.
        if problem or b"\0" in data:
            return []
        return with_line_feeds(data.decode("utf-8-sig", "replace")).split("\n")

    def line_of(path: str, number: int) -> str | None:
        lines = lines_of(path)
        return lines[number - 1] if 0 < number <= len(lines) else None

    return line_of


def reason_of(error: OSError | ValueError) -> str:
    """Reason why a file cannot be opened, in the system's words; Python raises ValueError for a NUL in a name."""
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__


def kind_of(mode: int) -> str:
    """The kind of thing that is in place of a file, by its mode."""
    return _KINDS.get(stat.S_IFMT(mode), "a device")

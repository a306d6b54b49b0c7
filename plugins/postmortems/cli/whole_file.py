"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` into the file at `path`, in one step; where it cannot be written, OSError, and nothing has changed.

    A link is followed and stays; permissions stay, too. Until it is complete the new text is in a file beside it,
    which has no name where the system allows that: then a process that is killed leaves nothing.
    """
    target = Path(os.path.realpath(path))
    permissions = _permissions(target)
    # A dot in front, and no suffix that a reader looks for: where this is left, nobody takes it for a document.
    aside = target.with_name(f".{target.name[:60]}.{token_hex(8)}")
    try:
        if not _named_when_complete(aside, data):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(aside, flags, 0o600), "wb") as file:
                _fill(file, data)
        aside.chmod(permissions)
        aside.replace(target)
    except BaseException as error:
        with suppress(OSError):
            aside.unlink()
        if isinstance(error, OSError):
            # Of the file aside nobody knows.
            raise OSError(error.errno, error.strerror or str(error), str(path)) from error
        raise


def _named_when_complete(path: Path, data: bytes) -> bool:
    """Make a file that gets its name when all is in it; false where the system has no such files."""
    if not hasattr(os, "O_TMPFILE"):
        return False
    try:
        handle = os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, 0o600)
    except OSError:
        return False
    with os.fdopen(handle, "wb") as file:
        _fill(file, data)
        try:
            # A name is given through the link in /proc, which Python follows only where it is told of a folder.
            os.link(f"/proc/self/fd/{handle}", path, src_dir_fd=handle)
        except OSError:
            return False
    return True


def _fill(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


def _permissions(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o7777
    except OSError:
        # What `open` would have given a new file: the one aside is for its owner's eyes only.
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask

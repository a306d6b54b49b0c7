"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` into the file at `path`, in one step; where it cannot be written, OSError, and nothing has changed.

    The new text stands in a file beside it until it is complete. A link is followed and stays; permissions stay, too.
    """
    target = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:60]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_permissions(target))
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _permissions(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o7777
    except OSError:
        # What `open` would have given a new file: temporary ones are for their owner's eyes only.
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask

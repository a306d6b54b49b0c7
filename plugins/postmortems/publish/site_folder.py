"""The folder that a site is built into: what stands there as it will be is not written again.

MkDocs empties it and writes every file anew, which for thousands of pages takes as long as all else of a build in which
nothing has changed. It leaves hidden files alone: while it empties the folder, the last site is in a hidden one. Each
file is compared before it is written; what belongs to the site no more is removed before MkDocs writes the first.
"""

from __future__ import annotations

import logging
import os
import shutil
import stat
from collections.abc import Callable, Set
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

from mkdocs.utils import write_file

from postmortems.publish import pagefind
from postmortems.publish.log import HOSTS

if TYPE_CHECKING:
    from mkdocs.structure.files import File

_ASIDE = ".postmortems-last-site"


class SiteFolder:
    """The folder of one build. MkDocs says of a page that is not written that it is skipped; here nobody hears it."""

    def __init__(self) -> None:
        self._folder = Path()
        self._new: os.stat_result | None = None
        """Facts of something new in the folder, if the last site is kept."""
        self._put_back: Callable[[], object] | None = None
        self._unsaid = _Unsaid()
        self._loggers = [logging.getLogger(f"{name}.commands.build") for name in HOSTS]

    def set_aside(self, folder: Path, *, keep: bool) -> None:
        """Put the last site where MkDocs does not remove it, if it may be kept. What is there already, of a build that
        was ended at this point, is no whole site."""
        self._folder, self._new, aside = folder, None, folder / _ASIDE
        shutil.rmtree(aside, ignore_errors=True)
        if not keep or not folder.is_dir():
            return
        try:
            aside.mkdir()
        except OSError:  # MkDocs comes upon the same, and says so.
            return
        self._new = aside.stat()
        self._put_back = finalize(self, _put_back, aside)
        for entry in _shown(folder):
            _move(Path(entry.path), aside / entry.name)
        for logger in self._loggers:
            logger.addFilter(self._unsaid)

    def put_back(self) -> None:
        """Put the last site back, once MkDocs has emptied the folder."""
        if self._put_back is not None:
            self._put_back()

    def clear(self, places: Set[str], index: Set[str] | None) -> None:
        """Remove all files but those at these places, relative to the folder, and those of the search's index, if they
        are not just being made."""
        if self._new is not None:
            kept, ours = (places, pagefind.FOLDER) if index is None else (places | index, "")
            for entry in _shown(self._folder):
                _clear(entry, entry.name, kept, ours, self._new)

    def has(self, file: File, is_right: Callable[[bytes], bool]) -> bool:
        """True if the file of a page is there and holds what is right, so that it need not be made."""
        data = content_at(file.abs_dest_path) if self._new is not None else None
        if is_there := data is not None and is_right(data):
            self._unsaid.page = file.src_uri
        return is_there

    def settles(self, file: File, text: str) -> bool:
        """True if the file of a page need not be written: it is there already. That of a blank page is removed."""
        if self._new is None:
            return False
        if self._unsaid.page == file.src_uri:
            return True
        is_there = content_at(file.abs_dest_path) == text.encode("utf-8", "xmlcharrefreplace")
        self._unsaid.page = file.src_uri if is_there else ""
        if not text.strip() and (path := Path(file.abs_dest_path)).exists():
            self._remove(path)
        return is_there

    def _remove(self, path: Path) -> None:
        path.unlink()
        for folder in path.parents:
            if folder == self._folder or any(folder.iterdir()):
                return
            folder.rmdir()

    def end(self) -> None:
        """Let everything be said again."""
        self.put_back()
        for logger in self._loggers:
            logger.removeFilter(self._unsaid)


class _Unsaid(logging.Filter):
    """Leaves out that MkDocs has skipped a page, of the one that was found in its place last."""

    page = ""

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.getMessage().startswith(f"Page skipped: '{self.page}'.")


def content_at(path: str) -> bytes | None:
    """The content of a file; None where there is none."""
    try:
        return Path(path).read_bytes()
    except OSError:
        return None


def write_changed(path: str, data: bytes) -> None:
    """Write a file, unless it is there and holds just this."""
    if content_at(path) != data:
        write_file(data, path)


def _shown(folder: Path) -> list[os.DirEntry[str]]:
    """Entries that MkDocs removes of a folder, without links."""
    return [entry for entry in os.scandir(folder) if not entry.name.startswith(".") and not entry.is_symlink()]


def _put_back(aside: Path) -> None:
    for path in aside.iterdir():
        _move(path, aside.parent / path.name)
    # What could not be moved is made again.
    shutil.rmtree(aside, ignore_errors=True)


def _move(path: Path, to: Path) -> None:
    try:
        path.rename(to)
    except OSError:  # A folder that is mounted, or that another program works in; MkDocs does with it what it can.
        return


def _clear(entry: os.DirEntry[str], place: str, places: Set[str], ours: str, new: os.stat_result) -> bool:
    """Remove an entry or what is in it, unless it stays as it is. True if it is gone."""
    if entry.is_dir(follow_symlinks=False):
        if place == ours:
            return False
        below = [_clear(each, f"{place}/{each.name}", places, ours, new) for each in [*os.scandir(entry.path)]]
        if all(below):
            Path(entry.path).rmdir()
        return all(below)
    if place in places and _is_as_new(entry.stat(follow_symlinks=False), new):
        return False
    Path(entry.path).unlink()
    return True


def _is_as_new(found: os.stat_result, new: os.stat_result) -> bool:
    """True for a file as it would be made. To write into a link would change what it leads to, as in a file with more
    than one name."""
    is_own = stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and found.st_uid == new.st_uid
    return is_own and stat.S_IMODE(found.st_mode) == stat.S_IMODE(new.st_mode) & 0o666

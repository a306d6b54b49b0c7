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
        self._kept: dict[str, tuple[int, int]] = {}
        """Number and time of each file of the last site that is there and not yet known to be right, by its place."""
        self._at_end: finalize[..., SiteFolder] | None = None
        self._seen = False
        self._unsaid = _Unsaid()
        self._loggers = [logging.getLogger(f"{name}.commands.build") for name in HOSTS]

    def set_aside(self, folder: Path, *, keep: bool, seen: bool = False) -> None:
        """Put the last site where MkDocs does not remove it, if it may be kept. What is there already, of a build that
        was ended at this point, is no whole site. Each page has to be made where it is `seen` before it is written."""
        self._folder, self._new, self._seen, aside = folder, None, seen, folder / _ASIDE
        self._kept = {}
        shutil.rmtree(aside, ignore_errors=True)
        if not keep or not folder.is_dir():
            return
        # Before there is anything to put back, since a build may be ended at any point.
        self._at_end = finalize(self, _put_back, aside)
        try:
            aside.mkdir()
        except OSError:  # MkDocs comes upon the same, and says so.
            self._at_end.detach()
            return
        self._new = aside.stat()
        for entry in _shown(folder):
            _move(Path(entry.path), aside / entry.name)
        for logger in self._loggers:
            logger.addFilter(self._unsaid)

    def put_back(self) -> None:
        """Put the last site back, once MkDocs has emptied the folder. What another plugin has written since stays."""
        if self._at_end is not None:
            self._at_end()

    def clear(self, places: Set[str]) -> None:
        """Remove all files of the last site but those at these places, relative to the folder, and put it back."""
        if self._new is None or self._at_end is None:
            return
        for entry in _shown(self._folder / _ASIDE if self._at_end.alive else self._folder):
            _clear(entry, entry.name, places, self._new, self._kept)
        self.put_back()

    def has(self, file: File, is_right: Callable[[bytes], bool]) -> bool:
        """True if the file of a page is there and holds what is right, so that it need not be made."""
        is_kept = self._new is not None and not self._seen
        data = content_at(file.abs_dest_path) if is_kept else None
        if is_there := data is not None and is_right(data):
            self._settle(file)
        return is_there

    def settles(self, file: File, text: str) -> bool:
        """True if the file of a page need not be written: it is there already. That of a blank page is removed."""
        if self._new is None:
            return False
        if self._unsaid.page == file.src_uri:
            return True
        self._unsaid.page = ""
        if not text.strip():
            self._remove(file.dest_uri)
            return False
        if is_there := content_at(file.abs_dest_path) == text.encode("utf-8", "xmlcharrefreplace"):
            self._settle(file)
        return is_there

    def _settle(self, file: File) -> None:
        self._unsaid.page = file.src_uri
        self._kept.pop(file.dest_uri, None)

    def _remove(self, place: str) -> None:
        """Remove a file of the last site. A template, another page or another plugin may have written there since; and
        a link at the top, which MkDocs leaves, leads elsewhere."""
        path = self._folder / place
        kept = self._kept.pop(place, None)
        is_inside = self._folder.resolve() in path.resolve().parents
        if kept is None or not (is_inside and path.is_file() and _told(path.stat()) == kept):
            return
        path.unlink()
        for folder in path.parents:
            if folder == self._folder or any(folder.iterdir()):
                return
            folder.rmdir()

    def end(self) -> None:
        """Let everything be said again. A build that has failed before it wrote anything leaves the last site."""
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
    """Entries that MkDocs removes of a folder, without links; none of one that is gone."""
    if not folder.is_dir():
        return []
    return [entry for entry in os.scandir(folder) if not entry.name.startswith(".") and not entry.is_symlink()]


def _put_back(aside: Path) -> None:
    if aside.is_symlink() or not aside.is_dir():
        return
    _merge(aside, aside.parent)
    # What could not be moved is made again.
    shutil.rmtree(aside, ignore_errors=True)


def _merge(folder: Path, into: Path) -> None:
    """Move what is in a folder into another one, but for what is there already."""
    for path in folder.iterdir():
        to = into / path.name
        if not os.path.lexists(to):
            _move(path, to)
        elif path.is_dir() and to.is_dir() and not (path.is_symlink() or to.is_symlink()):
            _merge(path, to)


def _move(path: Path, to: Path) -> None:
    try:
        path.rename(to)
    except OSError:  # A folder that is mounted, or that another program works in; MkDocs does with it what it can.
        return


def _clear(
    entry: os.DirEntry[str], place: str, places: Set[str], new: os.stat_result, stays: dict[str, tuple[int, int]]
) -> bool:
    """Remove an entry or what is in it, but for what `stays` as it is. True if it is gone. What cannot be removed is
    left, as MkDocs leaves it: a folder that is mounted, or that belongs to another user."""
    try:
        found, is_folder = entry.stat(follow_symlinks=False), entry.is_dir(follow_symlinks=False)
        if not is_folder and place in places and _is_as_new(found, new):
            stays[place] = _told(found)
            return False
        if is_folder:
            # In the place of a file, or of another mode, it is made again with all that is in it.
            kept = frozenset[str]() if place in places or not _is_as_new_folder(found, new) else places
            below = [_clear(each, f"{place}/{each.name}", kept, new, stays) for each in [*os.scandir(entry.path)]]
            if not all(below):
                return False
            Path(entry.path).rmdir()
        else:
            Path(entry.path).unlink()
    except OSError:
        return False
    return True


def _is_as_new(found: os.stat_result, new: os.stat_result) -> bool:
    """True for a file as it would be made. To write into a link would change what it leads to, as in a file with more
    than one name."""
    is_own = stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and _owners(found) == _owners(new)
    return is_own and stat.S_IMODE(found.st_mode) == stat.S_IMODE(new.st_mode) & 0o666


def _is_as_new_folder(found: os.stat_result, new: os.stat_result) -> bool:
    return found.st_mode == new.st_mode and _owners(found) == _owners(new)


def _told(found: os.stat_result) -> tuple[int, int]:
    return found.st_ino, found.st_mtime_ns


def _owners(found: os.stat_result) -> tuple[int, int]:
    return found.st_uid, found.st_gid

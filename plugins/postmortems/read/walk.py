"""One walk through a folder: its files, and whatever else a site could make nothing of.

Maintainers: MkDocs walks the docs folder, too, after it has removed the old site, and gives up at what it does not
expect. So whatever it would stumble over is a problem here, whether or not it has to do with postmortems.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.read.git import git_repository_sign
from postmortems.read.opening import OPENED, kind_of, reason_of
from postmortems.read.text import unreadable

_MOST_BEHIND_LINKS = 10_000
"""Maximum number of files and folders that are reached through links to folders. Links that lead to links multiply:
twenty such folders can hold a million paths."""

_ACCESS = "check its permissions, or move it out of the docs folder"


Seen = tuple[int, int, int, int, int, int]
"""Facts that the system tells of a file: its device, its number there, mode, size, and the times of its last writing
and change."""


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to look into: what to open, its path below the docs folder with a `/` behind it, and the true paths of
    the folders that lead to it, its own last."""

    place: str
    shown: str
    within: tuple[str, ...]
    is_behind_link: bool = False

    def inner(self, entry: os.DirEntry[str], target: str = "") -> _Folder:
        """A folder in this one; `target` is where it leads if it is a link."""
        true = target or f"{self.within[-1].rstrip('/')}/{entry.name}"
        return _Folder(
            entry.path, f"{self.shown}{entry.name}/", (*self.within, true), self.is_behind_link or bool(target)
        )


@dataclass
class Walk:
    """One walk through a folder, whose true path is `root`."""

    root: Path
    files: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    endless: list[str] = field(default_factory=list)
    behind_links: int = 0
    seen: dict[str, Seen] = field(default_factory=dict)

    def begin(self, place: Path, shown: str = "") -> None:
        """Walk from a folder, whose path below the docs folder is `shown`, to every end."""
        waiting = [_Folder(str(place), shown, (str(self.root),))]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(folder.place) as entries:
                    found = list(entries)
            except OSError as error:
                self._say(folder.shown.rstrip("/") or ".", f"the folder cannot be listed: {reason_of(error)}", _ACCESS)
                continue
            self.behind_links += len(found) if folder.is_behind_link else 0
            if self.behind_links > _MOST_BEHIND_LINKS:
                said = f"symbolic links to folders reach more than {_MOST_BEHIND_LINKS:,} files"
                self._is_endless(folder.shown.rstrip("/"), said)
                return
            if sign := git_repository_sign(entry.name for entry in found):
                self.problems.append(_repository(f"{folder.shown}{sign}"))
            waiting += [
                below for entry in found if entry.name.lower() != ".git" and (below := self._below(entry, folder))
            ]

    def _below(self, entry: os.DirEntry[str], folder: _Folder) -> _Folder | None:
        """Note a file, or what is wrong with an entry; a folder that is to be walked is handed back."""
        path = f"{folder.shown}{entry.name}"
        if not _is_text(entry.name):
            self._say(path, "the name is not UTF-8, so pages and links cannot use it", "rename it")
        elif not entry.is_symlink():
            if entry.is_dir(follow_symlinks=False):
                return folder.inner(entry)
            self._note(entry, path)
        elif not Path(target := os.path.realpath(entry.path)).is_relative_to(self.root):
            self.outside.append(path)
        elif not os.path.isdir(target):  # noqa: PTH112 - this runs for every link
            self._note(entry, path)
        elif target in folder.within:
            self._is_endless(path, f'"{entry.name}" is a symbolic link to a folder that contains it, an endless loop')
        else:
            return folder.inner(entry, target)
        return None

    def _note(self, entry: os.DirEntry[str], path: str) -> None:
        """Note a file. What begins with a dot is no part of a site: editors leave links to nothing there, and more."""
        seen = seen_of(entry.path)
        is_file = stat.S_ISREG(seen[2])
        if is_file:
            self.files.append(path)
            self.seen[path] = seen
        if entry.name.startswith("."):
            return
        if not is_file:
            self._say(path, *_no_file(entry))
        elif not os.access(entry.path, os.R_OK):
            self._say(path, "the file cannot be opened: Permission denied", OPENED)

    def _is_endless(self, path: str, message: str) -> None:
        self.endless.append(path)
        self._say(path, message, "remove the link")

    def _say(self, path: str, message: str, advice: str) -> None:
        self.problems.append(unreadable(path, message, advice))


def seen_of(path: str) -> Seen:
    """Facts that the system tells of a file; nothing but zeros if it is gone."""
    try:
        found = os.stat(path)  # noqa: PTH116 - this runs for every file
    except (OSError, ValueError):
        return (0, 0, 0, 0, 0, 0)
    return (found.st_dev, found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _no_file(entry: os.DirEntry[str]) -> tuple[str, str]:
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return (
            f'"{entry.name}" is a broken symbolic link: {reason_of(error)}',
            "restore its target, or remove it",
        )
    return f'"{entry.name}" is {kind_of(mode)}, not a file', "move it out of the docs folder"


def _is_text(name: str) -> bool:
    """True if a name is UTF-8: Python hands over the bytes of others as halves of surrogate pairs."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def _repository(path: str) -> Problem:
    return Problem(
        "path-leaves-the-folder",
        Place.at(path),
        f'"{PurePosixPath(path).name}" makes its folder a git repository, whose configuration names programs '
        "and other folders",
        "move it out of the docs folder: the repository of postmortems is the one around the docs folder",
    )

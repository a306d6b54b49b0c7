"""The files below the docs folder.

Maintainers: MkDocs walks the folder, too, after it has removed the old site, and gives up at what it does not expect.
So whatever it would stumble over is a problem here, whether or not it has to do with postmortems.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.read import pattern, postmortem
from postmortems.read.git import git_repository_sign
from postmortems.read.opening import OPENED, kind_of, reason_of, unsaved_files
from postmortems.read.text import unreadable
from postmortems.settings import Settings
from postmortems.text.globs import Globs

_NO_POSTMORTEM = ("index.md", "README.md")
_MOST_BEHIND_LINKS = 10_000
"""Maximum number of files and folders that are reached through links to folders. Links that lead to links multiply:
twenty such folders can hold a million paths."""

_ACCESS = "check its permissions, or move it out of the docs folder"


@dataclass(frozen=True, slots=True)
class Tree:
    """The files below the docs folder, by their paths with `/`, sorted.

    `outside` are links that lead out of the docs folder; nothing behind them is read. `problems` are about what else
    can be no part of a site, or cannot be looked into; `endless` are folders among them that no program can walk to
    their end.
    """

    root: Path
    files: tuple[str, ...]
    outside: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    endless: tuple[str, ...] = ()

    def postmortems(self, settings: Settings) -> list[str]:
        """The files that are postmortems: each `postmortem.md` below their folder, and each flat Markdown file that is
        no index, is not ignored, and is in no folder with a `postmortem.md`, however deep."""
        inside = [path for path in self.files if path.startswith(f"{settings.folder}/") and path.endswith(".md")]
        homes = {path.rpartition("/")[0] for path in inside if PurePosixPath(path).name == postmortem.FILE}
        homes.discard(settings.folder)
        ignored = Globs(settings.ignore)
        return [
            path
            for path in inside
            if _is_postmortem(PurePosixPath(path), settings.folder, homes) and not (ignored and ignored.cover(path))
        ]

    def sizes(self, settings: Settings) -> dict[str, int]:
        """The bytes of each file in the postmortems' folder that is no Markdown; one that is gone again has none."""
        found: dict[str, int] = {}
        for path in self.files:
            if path.startswith(f"{settings.folder}/") and not path.endswith(".md"):
                with suppress(OSError):
                    found[path] = (self.root / path).stat().st_size
        return found

    def patterns(self, settings: Settings) -> list[str]:
        """The files that are patterns: Markdown files directly below `patterns/`, index and ignored ones left out."""
        ignored = Globs(settings.ignore)
        return [
            path
            for path in self.files
            if path.endswith(".md")
            and PurePosixPath(path).parent == PurePosixPath(pattern.FOLDER)
            and PurePosixPath(path).name not in _NO_POSTMORTEM
            and not (ignored and ignored.cover(path))
        ]

    def all_problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the tree."""
        return (*links_out(self), *self.problems)


def _is_postmortem(path: PurePosixPath, folder: str, homes: set[str]) -> bool:
    if path.name == postmortem.FILE:
        return str(path.parent) != folder
    if path.name in _NO_POSTMORTEM:
        return False
    return not any(str(parent) in homes for parent in path.parents)


def list_files(docs: Path) -> Tree:
    """Every file below the docs folder. Links to folders are followed while they stay inside it, and come to an end."""
    walk = _Walk(docs.resolve())
    walk.begin(docs)
    return Tree(
        docs,
        tuple(sorted({*walk.files, *unsaved_files(docs)})),
        tuple(sorted(walk.outside)),
        tuple(sorted(walk.problems, key=lambda problem: problem.place)),
        tuple(sorted(walk.endless)),
    )


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
class _Walk:
    """One walk through the docs folder, whose true path is `root`."""

    root: Path
    files: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    endless: list[str] = field(default_factory=list)
    behind_links: int = 0

    def begin(self, docs: Path) -> None:
        """Walk from the docs folder to every end."""
        waiting = [_Folder(str(docs), "", (str(self.root),))]
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
        is_file = os.path.isfile(entry.path)  # noqa: PTH113
        if is_file:
            self.files.append(path)
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


def links_out(tree: Tree) -> Iterator[Problem]:
    """A problem for each link that leads out of the docs folder."""
    for path in tree.outside:
        yield Problem(
            "path-leaves-the-folder",
            Place.at(path),
            f'"{PurePosixPath(path).name}" is a symbolic link to outside the docs folder',
            "copy the target file, or remove the link",
        )

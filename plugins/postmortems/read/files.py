"""What lies below the docs folder. The only place that opens its files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.read import pattern, postmortem
from postmortems.read.text import LARGEST, LOGS_ASIDE, too_large, unreadable

_NO_POSTMORTEM = ("index.md", "README.md")


@dataclass(frozen=True, slots=True)
class Tree:
    """The files below the docs folder, by their paths with `/`, sorted.

    `outside` are links that lead out of the docs folder; nothing behind them is read.
    """

    root: Path
    files: tuple[str, ...]
    outside: tuple[str, ...]

    def postmortems(self) -> list[str]:
        """The files that are postmortems: each `postmortem.md` below `postmortems/`, and each flat Markdown file
        that is no index and does not stand below a folder with a `postmortem.md`."""
        inside = [path for path in self.files if path.startswith(f"{postmortem.FOLDER}/") and path.endswith(".md")]
        homes = {path.rpartition("/")[0] for path in inside if PurePosixPath(path).name == postmortem.FILE}
        homes.discard(postmortem.FOLDER)
        return [path for path in inside if self._is_postmortem(PurePosixPath(path), homes)]

    @staticmethod
    def _is_postmortem(path: PurePosixPath, homes: set[str]) -> bool:
        if path.name == postmortem.FILE:
            return len(path.parts) > 2
        if path.name in _NO_POSTMORTEM:
            return False
        return not any(str(parent) in homes for parent in path.parents)

    def sizes(self) -> dict[str, int]:
        """The bytes of each file below `postmortems/` that is no Markdown; one that is gone again has none."""
        found: dict[str, int] = {}
        for path in self.files:
            if path.startswith(f"{postmortem.FOLDER}/") and not path.endswith(".md"):
                with suppress(OSError):
                    found[path] = (self.root / path).stat().st_size
        return found

    def patterns(self) -> list[str]:
        """The files that are patterns: Markdown files directly below `patterns/`, the index left out."""
        return [
            path
            for path in self.files
            if path.endswith(".md")
            and PurePosixPath(path).parent == PurePosixPath(pattern.FOLDER)
            and PurePosixPath(path).name not in _NO_POSTMORTEM
        ]


def list_files(docs: Path) -> Tree:
    """Every file below the docs folder. Links to folders are followed only while they stay inside it, and once."""
    root = docs.resolve()
    files: list[str] = []
    outside: list[str] = []
    seen: set[str] = set()
    for folder, folders, names in os.walk(docs, followlinks=True):
        real = os.path.realpath(folder)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        for name in list(folders):
            if _leaves(os.path.join(folder, name), root):  # noqa: PTH118 - this loop runs for every file
                outside.append(_relative(os.path.join(folder, name), docs))  # noqa: PTH118
                folders.remove(name)
        for name in names:
            path = os.path.join(folder, name)  # noqa: PTH118
            (outside if _leaves(path, root) else files).append(_relative(path, docs))
    return Tree(docs, tuple(sorted(files)), tuple(sorted(outside)))


def _leaves(path: str, root: Path) -> bool:
    return os.path.islink(path) and not Path(path).resolve().is_relative_to(root)  # noqa: PTH114


def _relative(path: str, docs: Path) -> str:
    return os.path.relpath(path, docs).replace(os.sep, "/")


def open_file(tree: Tree, path: str, if_too_large: str = LOGS_ASIDE) -> tuple[bytes, Problem | None]:
    """The bytes of one file, or why it cannot be read; `if_too_large` is the advice for a file that is."""
    try:
        with (tree.root / path).open("rb") as file:
            data = file.read(LARGEST + 1)
            if len(data) > LARGEST:
                return b"", too_large(path, os.fstat(file.fileno()).st_size, if_too_large)
            return data, None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return b"", unreadable(path, f"the file cannot be opened: {reason}", "check its permissions, or restore it")


def links_out(tree: Tree) -> Iterator[Problem]:
    """A problem for each link that leads out of the docs folder."""
    for path in tree.outside:
        yield Problem(
            "path-leaves-the-folder",
            Place.at(path),
            f'"{PurePosixPath(path).name}" is a link that leads out of the docs folder',
            "copy what it points to, or remove the link",
        )

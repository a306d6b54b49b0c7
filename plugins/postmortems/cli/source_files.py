"""The files that an import is given, on disk: listed at once, and each opened only when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from postmortems.adopt.exports.json_file import LARGEST
from postmortems.adopt.record import NoRecord
from postmortems.read.files import list_files
from postmortems.read.git import repository_root
from postmortems.read.opening import open_regular, reason_of

_TEXT = frozenset((".md", ".markdown", ".qmd", ".mdx", ".txt", ".json", ".jsonl", ".csv", ".html", ".xml"))
"""Endings of files that somebody expects to be read: of others nothing is said where they cannot be."""
_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".pdf"))
_DOCUMENTS = frozenset((".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd"))
"""Files that are pages of their own, and no part of another."""


@dataclass(frozen=True)
class SourceFiles(Mapping[str, bytes]):
    """The files below `root`, by their paths there with `/`; `left_out` are those that cannot be read, and why.

    `ours` is the number of files passed over because they belong to postmortems that are there.
    """

    root: Path
    paths: Collection[str] = ()
    left_out: tuple[NoRecord, ...] = field(default=())
    ours: int = 0

    def __getitem__(self, path: str) -> bytes:
        if path not in self.paths:
            raise KeyError(path)
        with open_regular(self.root / path) as file:
            return file.read(LARGEST)

    def artifact(self, path: str) -> bytes | None:
        """A file that a document shows or links, by its whole path, if it may come along; else None.

        That is a file below `root`, and from elsewhere in the git repository around it only pictures and the like: a
        document may name any path.
        """
        true = Path(os.path.realpath(path))
        top = self.root.resolve()
        ending = true.suffix.casefold()
        if not true.is_relative_to(top) and ending in _PICTURES:
            top = repository_root(self.root / true.name) or top
        if not true.is_relative_to(top) or ending in _DOCUMENTS:
            return None
        if any(part.startswith(".") for part in true.relative_to(top).parts):
            return None
        try:
            with open_regular(true) as file:
                data = file.read(LARGEST + 1)
        except (OSError, ValueError):
            return None
        return data if len(data) <= LARGEST else None

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


def source_files(sources: tuple[Path, ...], homes: Collection[Path] = ()) -> SourceFiles:
    """The files of all sources, which exist; those in `homes`, the folders of postmortems that are there, left out.

    The names of folders that are numbers, such as a year, belong to what is imported: they tell the day.
    """
    places = [Path(os.path.abspath(source)) for source in sources]  # noqa: PTH100 - a link keeps its own name
    root = Path(os.path.commonpath([place if place.is_dir() else place.parent for place in places]))
    while root.name.isdecimal():
        root = root.parent
    paths: dict[str, None] = {}
    left_out: list[NoRecord] = []
    own = {Path(os.path.realpath(home)) for home in homes}
    ours = 0
    for place in places:
        below = place.relative_to(root).as_posix()
        found, unreadable = _listed(place, "" if below == "." else below)
        left_out += unreadable
        for path in found:
            if own and own & set(Path(os.path.realpath(root / path)).parents):
                ours += 1
                continue
            if reason := _unreadable(root / path):
                if PurePosixPath(path).suffix.casefold() in _TEXT or place.is_file():
                    left_out.append(NoRecord(path, reason, is_unreadable=True))
            else:
                paths[path] = None
    return SourceFiles(root, paths.keys(), tuple(left_out), ours)


def is_document(path: str) -> bool:
    """True if a file is a page of its own, which may lead to others."""
    return PurePosixPath(path).suffix.casefold() in _DOCUMENTS


def _listed(place: Path, below: str) -> tuple[list[str], list[NoRecord]]:
    """The files of one source, and what in it cannot be looked into."""
    if not place.is_dir():
        return [below], []
    tree = list_files(place)
    prefix = f"{below}/" if below else ""
    problems = [
        NoRecord(f"{prefix}{problem.place.path}", problem.message, is_unreadable=True)
        for problem in tree.problems
        if PurePosixPath(problem.place.path).name.casefold() != ".git"
    ]
    outside = [NoRecord(f"{prefix}{path}", "the link points outside the folder") for path in tree.outside]
    return [f"{prefix}{path}" for path in tree.files], [*problems, *outside]


def _unreadable(path: Path) -> str:
    """Reason why a file cannot be read; empty if it can."""
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
    except (OSError, ValueError) as error:
        return f"the file cannot be opened: {reason_of(error)}"
    if size > LARGEST:
        return f"the file is {size:,} bytes; only {LARGEST:,} are read: export a part of it"
    return ""

"""The files that an import is given, on disk: listed at once, and each opened only when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from postmortems.adopt.record import NoRecord
from postmortems.read.files import list_files
from postmortems.read.opening import open_regular, reason_of

LARGEST_EXPORT = 64 * 1024 * 1024
"""The largest file of a source, in bytes. An export of ten thousand incidents has less."""

_TEXT = frozenset((".md", ".markdown", ".qmd", ".mdx", ".txt", ".json", ".jsonl", ".csv", ".html", ".xml"))
"""Endings of files that somebody expects to be read: of others nothing is said where they cannot be."""


@dataclass(frozen=True)
class SourceFiles(Mapping[str, bytes]):
    """The files below `root`, by their paths there with `/`; `left_out` are those that cannot be read, and why."""

    root: Path
    paths: Collection[str] = ()
    left_out: tuple[NoRecord, ...] = field(default=())

    def __getitem__(self, path: str) -> bytes:
        if path not in self.paths:
            raise KeyError(path)
        with open_regular(self.root / path) as file:
            return file.read(LARGEST_EXPORT)

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
    ours = {Path(os.path.realpath(home)) for home in homes}
    for place in places:
        below = place.relative_to(root).as_posix()
        found, unreadable = _listed(place, "" if below == "." else below)
        left_out += unreadable
        for path in found:
            if ours and ours & set(Path(os.path.realpath(root / path)).parents):
                continue
            if reason := _unreadable(root / path):
                if PurePosixPath(path).suffix.casefold() in _TEXT or place.is_file():
                    left_out.append(NoRecord(path, reason))
            else:
                paths[path] = None
    return SourceFiles(root, paths.keys(), tuple(left_out))


def _listed(place: Path, below: str) -> tuple[list[str], list[NoRecord]]:
    """The files of one source, and what in it cannot be looked into."""
    if not place.is_dir():
        return [below], []
    tree = list_files(place)
    prefix = f"{below}/" if below else ""
    problems = [
        NoRecord(f"{prefix}{problem.place.path}", problem.message)
        for problem in tree.problems
        if PurePosixPath(problem.place.path).name.casefold() != ".git"
    ]
    outside = [NoRecord(f"{prefix}{path}", "the link leads out of the folder") for path in tree.outside]
    return [f"{prefix}{path}" for path in tree.files], [*problems, *outside]


def _unreadable(path: Path) -> str:
    """Reason why a file cannot be read; empty if it can."""
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
    except (OSError, ValueError) as error:
        return f"the file cannot be opened: {reason_of(error)}"
    if size > LARGEST_EXPORT:
        return f"the file has {size:,} bytes, more than the {LARGEST_EXPORT:,} that are read: export a part of it"
    return ""

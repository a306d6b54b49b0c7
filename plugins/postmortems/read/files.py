"""The files below the docs folder, those of mounted sources included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from postmortems.model.diagnostic import Level, Problem
from postmortems.model.place import Place
from postmortems.read import pattern, postmortem
from postmortems.read.mounts import Mount, differ, mounts_of, place_of, source_at
from postmortems.read.opening import unsaved_files
from postmortems.read.walk import Seen, Walk
from postmortems.settings import Settings
from postmortems.text.globs import Globs

_NO_POSTMORTEM = ("index.md", "README.md")
_INDEXES = tuple(f"{pattern.FOLDER}/{name}" for name in _NO_POSTMORTEM)


@dataclass(frozen=True, slots=True)
class Tree:
    """The files below the docs folder, by their paths with `/`, sorted.

    `outside` are links that lead out of the docs folder; nothing behind them is read. `problems` are about what else
    can be no part of a site, or cannot be looked into; `endless` are folders among them that no program can walk to
    their end. `seen` are facts of the files that lie in the docs folder itself, as they were when it was walked.
    """

    root: Path
    files: tuple[str, ...]
    outside: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    endless: tuple[str, ...] = ()
    seen: Mapping[str, Seen] = field(default_factory=dict, compare=False, repr=False)

    def postmortems(self, settings: Settings) -> list[str]:
        """The files that are postmortems: each `postmortem.md` below their folder, and each flat Markdown file that is
        no index, is not ignored, and is in no folder with a `postmortem.md`, however deep."""
        inside = [path for path in self.files if path.startswith(f"{settings.folder}/") and path.endswith(".md")]
        homes = {path.rpartition("/")[0] for path in inside if path.endswith(f"/{postmortem.FILE}")}
        homes.discard(settings.folder)
        ignored = Globs(settings.ignore)
        return [
            path
            for path in inside
            if _is_postmortem(path, settings.folder, homes) and not (ignored and ignored.cover(path))
        ]

    def sizes(self, settings: Settings) -> dict[str, int]:
        """The bytes of each file in the postmortems' folder that is no Markdown; one that is gone again has none."""
        found: dict[str, int] = {}
        for path in self.files:
            if path.startswith(f"{settings.folder}/") and not path.endswith(".md"):
                with suppress(OSError):
                    found[path] = place_of(self.root, path).stat().st_size
        return found

    def patterns(self, settings: Settings) -> list[str]:
        """The files that are patterns: Markdown files directly below `patterns/`, index and ignored ones left out."""
        ignored = Globs(settings.ignore)
        return [
            path
            for path in self.files
            if path.endswith(".md")
            and path.rpartition("/")[0] == pattern.FOLDER
            and path.rpartition("/")[2] not in _NO_POSTMORTEM
            and not (ignored and ignored.cover(path))
        ]

    def all_problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the tree."""
        return (*links_out(self), *self.problems)


def _is_postmortem(path: str, folder: str, homes: set[str]) -> bool:
    parent, _, name = path.rpartition("/")
    if name == postmortem.FILE:
        return parent != folder
    return name not in _NO_POSTMORTEM and not any(str(each) in homes for each in PurePosixPath(path).parents)


def list_files(docs: Path) -> Tree:
    """Every file below the docs folder, and those of the sources mounted in it. Links to folders are followed while
    they stay inside, and come to an end."""
    walk = Walk(docs.resolve())
    walk.begin(docs)
    for each in mounts_of(docs):
        _add(walk, each, docs)
    return Tree(
        docs,
        tuple(sorted({*walk.files, *unsaved_files(docs)})),
        tuple(sorted(walk.outside)),
        tuple(sorted(walk.problems, key=lambda problem: problem.place)),
        tuple(sorted(walk.endless)),
        walk.seen,
    )


def _add(walk: Walk, each: Mount, docs: Path) -> None:
    """Add the files of a source: its postmortems in their folder, its patterns beside those that are there."""
    below = Walk(each.postmortems.resolve())
    below.begin(each.postmortems, f"{each.source.home}/")
    beside = Walk(each.patterns.resolve())
    if each.patterns.is_dir():
        beside.begin(each.patterns, f"{pattern.FOLDER}/")
    there = frozenset(walk.files)
    for path in sorted(there.intersection(beside.files)):
        first, own = source_at(docs, path), each.patterns / path.removeprefix(f"{pattern.FOLDER}/")
        if first and path not in _INDEXES and differ(own, place_of(docs, path)):
            walk.problems.append(_of_two_sources(path, first.name, each.source.name))
    walk.files += below.files
    walk.files += [path for path in beside.files if path not in there and path not in _INDEXES]
    for source in (below, beside):
        walk.outside += source.outside
        walk.problems += source.problems
        walk.endless += source.endless


def _of_two_sources(path: str, first: str, second: str) -> Problem:
    return Problem(
        "misplaced-file",
        Place.at(path),
        f'the sources "{first}" and "{second}" both have {path}, with different texts',
        f"put one text into docs/{pattern.FOLDER}/ of this repository, where it is taken for both, or rename one",
        Level.ERROR,
    )


def links_out(tree: Tree) -> Iterator[Problem]:
    """A problem for each link that leads out of the docs folder, or out of that of its source."""
    for path in tree.outside:
        folder = "the folder of its source" if source_at(tree.root, path) else "the docs folder"
        yield Problem(
            "path-leaves-the-folder",
            Place.at(path),
            f'"{PurePosixPath(path).name}" is a symbolic link to outside {folder}',
            "copy the target file, or remove the link",
        )

"""The PATHs that narrow what a command is about."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from postmortems.check.selection import is_below
from postmortems.model.register import REGISTER_FILE
from postmortems.model.survey import is_survey
from postmortems.read import pattern
from postmortems.read.files import list_files
from postmortems.read.mounts import own_parts, path_below, source_at, taken_from
from postmortems.read.postmortem import FILE
from postmortems.read.settings_file import Project


def missing_paths(paths: tuple[Path, ...]) -> list[str]:
    """A line for each path that does not exist."""
    return [f"{path}: no such file or folder" for path in paths if not path.exists()]


def below_docs(paths: tuple[Path, ...], docs: Path) -> tuple[str, ...]:
    """The paths relative to the docs folder: none for one outside it, and `""`, which is all, for one above it.

    Where no path is given it is all, too. A folder that holds those of sources is all that is taken from them.
    """
    if not paths:
        return ("",)
    root = docs.resolve()
    found: list[str] = []
    for path in paths:
        # Only the folder is resolved: a link is called by its own name.
        whole = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
        if root.is_relative_to(whole):
            found += own_parts(docs, whole)
        elif (inside := path_below(docs, whole)) is not None:
            found.append(inside)
        else:
            found += taken_from(docs, whole)
    return tuple(found)


def to_be_changed(path: str, wanted: tuple[str, ...], docs: Path) -> bool:
    """True if a file may be changed by a run that these paths narrow: one of a source only if they name it, or a folder
    of that source. It belongs to another repository."""
    source = source_at(docs, path)
    return source is None or is_below(path, [each for each in wanted if source_at(docs, each) or source.home == each])


def paths_without_documents(paths: tuple[Path, ...], project: Project) -> tuple[list[str], list[str]]:
    """A line for each path with no file of the knowledge base: those that end the command, and those to mention.

    A folder without one is a mistake. Files may be handed over by a program that knows only what has changed, so they
    are a mistake only if there is none of ours among all of them.
    """
    tree, settings = list_files(project.docs), project.settings
    read = [*tree.postmortems(settings), *tree.patterns(settings), f"{settings.folder}/{REGISTER_FILE}"]
    read += filter(is_survey, tree.files)
    homes = [str(PurePosixPath(path).parent) for path in read if path.endswith(f"/{FILE}")]
    files = [path for path in tree.files if path in read or is_below(path, homes)]
    lacking = [path for path in paths if not _has_one(below_docs((path,), project.docs), files)]
    lines = {path: f"{path}: no postmortem or pattern found; they are in {_places(project)}" for path in lacking}
    if len(lacking) == len(paths):
        return list(lines.values()), []
    return (
        [line for path, line in lines.items() if path.is_dir()],
        [line for path, line in lines.items() if not path.is_dir()],
    )


def _has_one(wanted: tuple[str, ...], files: list[str]) -> bool:
    return any(is_below(path, wanted) for path in files)


def _places(project: Project) -> str:
    docs = os.path.relpath(project.docs.resolve()).replace(os.sep, "/")
    return f"{docs}/{project.settings.folder} and {docs}/{pattern.FOLDER}"

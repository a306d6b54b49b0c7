"""The setting `sources` → sources mounted in the docs folder, or what is wrong with them.

A source is as untrusted as a pull request: neither its folder nor what is taken from it may be a link, so that nothing
outside the named folders is read. One that holds nothing is an error: a submodule that is not checked out is an empty
folder, and all its incidents would be missing in silence.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from postmortems.model.source_repository import SourceRepository, Sources
from postmortems.read.files import list_files
from postmortems.read.git import git_repository_sign
from postmortems.read.mounts import PATTERNS, Mount, mount, mounts_of, source_at
from postmortems.read.walk import Walk
from postmortems.settings import Settings
from postmortems.settings.parsing import SettingProblem

OPTION = "sources"
_CHECK_OUT = "check it out first, such as with `git submodule update --init`"


def mount_sources(folder: Path, docs: Path, settings: Settings) -> tuple[SettingProblem, ...]:
    """Mount the sources of the settings in the docs folder; where one is not as it must be, none does, and what is
    wrong comes back. `folder` is that of the configuration file."""
    mount(docs, folder, (), settings.folder)
    problems = [
        SettingProblem(f"{OPTION}.{source.name}", message)
        for source in settings.sources
        if (message := _wrong(source, folder, docs, settings.folder))
    ]
    if problems or not settings.sources:
        return tuple(problems)
    mounts = mount(docs, folder, settings.sources, settings.folder)
    read = list_files(docs).postmortems(settings)
    problems = [
        SettingProblem(
            f"{OPTION}.{each.source.name}",
            f'"{source.folder}/{each.source.inner}" has no postmortem; remove the source until it has one',
        )
        for source, each in zip(settings.sources, mounts, strict=True)
        if not any(each.source.holds(path) for path in read)
    ]
    if problems:
        mount(docs, folder, (), settings.folder)
    return tuple(problems)


def sources_in(docs: Path, files: frozenset[str]) -> Sources:
    """The sources that are mounted in a docs folder, with the patterns among these files that are theirs."""
    mounts = mounts_of(docs)
    if not mounts:
        return Sources()
    patterns = (path for path in files if path.startswith(f"{PATTERNS}/"))
    return Sources(
        tuple(each.source for each in mounts),
        {path: source.name for path in patterns if (source := source_at(docs, path))},
        {each.source.name: _beside(each) for each in mounts},
    )


def _beside(each: Mount) -> frozenset[str]:
    """The files and folders of a source's docs folder outside that of its postmortems, links that lead out left out."""
    walk = Walk(each.docs.resolve())
    walk.begin(each.docs)
    files = [path for path in walk.files if not path.startswith(f"{each.source.inner}/")]
    folders = {path.rpartition("/")[0] for path in files}
    return frozenset((*files, *(str(above) for path in folders for above in (path, *PurePosixPath(path).parents))))


def _wrong(source: SourceRepository, folder: Path, docs: Path, postmortems: str) -> str:
    """The reason why a source cannot be used, in a few words; empty if it can."""
    place, called = folder / source.folder, f'"{source.folder}"'
    inner = source.postmortems or postmortems
    if link := next(_links(folder, f"{source.folder}/{inner}", f"{source.folder}/{PATTERNS}"), None):
        return f'"{link}" is a symbolic link, which no source may be; check out a copy of it'
    if not os.path.lexists(place):
        return f"{called} does not exist; correct the path, or {_CHECK_OUT}"
    try:
        with os.scandir(place) as entries:
            names = [entry.name for entry in entries]
    except OSError as error:
        return f"{called} cannot be listed: {error.strerror or error}"
    if not set(names) - {".git"}:
        return f"{called} is empty; {_CHECK_OUT}"
    true, own = place.resolve(), docs.resolve()
    if true.is_relative_to(own) or own.is_relative_to(true):
        return f"{called} and the docs folder hold one another; a source is a folder beside it"
    if ".git" not in names and git_repository_sign(names):
        return f"{called} is a bare git repository; check it out"
    if not (place / inner).is_dir():
        return (
            f'{called} has no folder "{inner}"; name the docs folder of the source, and its `postmortems` folder if '
            "that is another"
        )
    if os.path.lexists(docs / postmortems / source.name):
        return f'the docs folder has "{postmortems}/{source.name}" itself; give the source another name'
    return ""


def _links(folder: Path, *paths: str) -> Iterator[str]:
    """The links on the way to these paths."""
    for path in paths:
        parts = path.split("/")
        for length in range(1, len(parts) + 1):
            if (folder / "/".join(parts[:length])).is_symlink():
                yield "/".join(parts[:length])

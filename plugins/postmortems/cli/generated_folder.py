"""The folder of a generated site. Only what an earlier run has written there is replaced or removed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from postmortems.cli.whole_file import write_whole
from postmortems.read.mounts import mounts_of

LIST = ".postmortems-generated.json"
CONFIG = "mkdocs.yml"
IGNORED = ".gitignore"
_OURS = ("docs", "overrides")
"""Folders in which a file of somebody else would become part of the site, past the check."""
_LARGEST_LIST = 100_000_000
_NAMED = 5


class NotOursError(Exception):
    """A folder that must not be written to; each line of `lines` says why, or what to do."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Written:
    """Numbers of the files that were written anew, and removed."""

    written: int
    removed: int


def refuse_place(folder: Path, docs: Path) -> None:
    """Raise NotOursError where a folder cannot be that of a generated site, before anything is rendered."""
    true, source = Path(os.path.realpath(folder)), Path(os.path.realpath(docs))
    if true == source or source in true.parents:
        raise NotOursError(f"{folder}: lies in the docs folder; name a folder outside it")
    if true in source.parents:
        raise NotOursError(f"{folder}: holds the docs folder {docs}; name a folder of its own")
    for each in mounts_of(docs):
        own = each.docs.resolve()
        if own in (true, *true.parents) or true in own.parents:
            raise NotOursError(
                f'{folder}: lies in the source "{each.source.name}" or holds it; name a folder outside it'
            )
    if ".git" in map(str.casefold, true.parts):
        raise NotOursError(f"{folder}: lies in a folder of git; name another folder")
    for place in (folder, *folder.parents):
        # A link above the folder is the author's way to it; one in its place would be replaced, or lead nowhere.
        if place.is_symlink() and (place == folder or not place.exists()):
            raise NotOursError(f"{place}: is a link; remove it, or name another folder")
        if os.path.lexists(place):
            if not place.is_dir():
                raise NotOursError(f"{place}: is a file, not a folder; name a folder")
            break
    _refuse_used(folder)


def _refuse_used(folder: Path) -> None:
    """End at a folder that holds anything, and no list of ours."""
    if not folder.is_dir() or _listed(folder) is not None:
        return
    if other := min((each.name for each in folder.iterdir()), default=""):
        raise NotOursError(
            f'{folder}: holds "{other}", and nothing that `postmortems generate` has written; '
            "name a new or an empty folder"
        )


def write_site(folder: Path, texts: Mapping[str, str], copies: Mapping[str, Path]) -> Written:
    """Write the files of a site, each whole or not at all, and remove those of an earlier one that are gone. Raises
    NotOursError before anything is written."""
    names = {*texts, *copies}
    _refuse_used(folder)
    known = _earlier(folder)
    _refuse_links(folder, names | known)
    _refuse_foreign(folder, names, known)
    true = Path(os.path.realpath(folder))
    if own := [path for path in copies.values() if true in Path(os.path.realpath(path)).parents]:
        raise NotOursError(f"{folder}: {own[0]} lies in it and belongs to the site; name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    # First of all: whatever becomes of this run, the next may replace what it has left.
    _write(folder / LIST, (json.dumps(sorted(names | known), indent=0) + "\n").encode())
    if not (folder / IGNORED).exists():
        _write(folder / IGNORED, b"# Made anew by `postmortems generate`.\n*\n")
    written = sum(_write(folder / name, text.encode("utf-8", "replace")) for name, text in texts.items())
    written += sum(_copy(folder / name, path) for name, path in copies.items())
    removed = _remove(folder, known - names)
    _write(folder / LIST, (json.dumps(sorted(names), indent=0) + "\n").encode())
    return Written(written, removed)


def _write(path: Path, data: bytes) -> bool:
    with suppress(OSError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)
    return True


def _copy(path: Path, source: Path) -> bool:
    return _write(path, source.read_bytes())


def _remove(folder: Path, names: Iterable[str]) -> int:
    removed = 0
    for name in names:
        path = folder / name
        if path.is_file():
            path.unlink()
            removed += 1
        for parent in path.parents:
            if parent == folder:
                break
            with suppress(OSError):
                parent.rmdir()
    return removed


def _refuse_foreign(folder: Path, names: set[str], known: frozenset[str]) -> None:
    foreign = sorted({name for name in names - known if os.path.lexists(folder / name)} | {*_others(folder, known)})
    if foreign:
        more = len(foreign) - _NAMED
        raise NotOursError(
            *(f"{folder / name}: was not written by `postmortems generate`" for name in foreign[:_NAMED]),
            *([f"and {more} more files"] if more > 0 else []),
            "nothing written; name another folder, or move these files",
        )


def _others(folder: Path, known: frozenset[str]) -> Iterator[str]:
    for part in _OURS:
        for place, _, files in os.walk(folder / part):
            for file in files:
                name = Path(place, file).relative_to(folder).as_posix()
                if name not in known:
                    yield name


def _refuse_links(folder: Path, names: Iterable[str]) -> None:
    """End at a link among these places: what is written through it may lie anywhere."""
    places = {str(place) for name in names for place in (PurePosixPath(name), *PurePosixPath(name).parents)} - {"."}
    for place in sorted(places | {LIST, IGNORED}):
        if (folder / place).is_symlink():
            raise NotOursError(f"{folder / place}: is a link; remove it, or name another folder")


def _earlier(folder: Path) -> frozenset[str]:
    """Names of the files that an earlier run wrote. Whoever has written the list: they lie within the folder, and are
    of the kinds that are generated."""
    return frozenset(name for name in _listed(folder) or () if isinstance(name, str) and _is_within(name))


def _listed(folder: Path) -> list[object] | None:
    """Entries of the list that an earlier run wrote; None if there is no such list."""
    try:
        with (folder / LIST).open("rb") as file:
            names = json.loads(file.read(_LARGEST_LIST))
    except (OSError, ValueError, RecursionError):
        return None
    return names if isinstance(names, list) else None


def _is_within(name: str) -> bool:
    parts = name.split("/")
    is_plain = not {"", ".", ".."} & set(parts) and "\0" not in name and not (os.sep == "\\" and os.sep in name)
    return name == CONFIG or (parts[0] in _OURS and len(parts) > 1 and is_plain)

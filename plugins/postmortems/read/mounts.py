"""Places on disk of the files of a docs folder: in it, or in the folder of a source that is mounted there.

Maintainers: paths below the docs folder are what everything else speaks of, and here alone they become places on disk.
Which sources are mounted in a docs folder is said once, by whoever has read its settings (`mount`). What is then opened
through `place_of` stays in the docs folder or in the folders of its sources.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from filecmp import cmp
from functools import lru_cache
from pathlib import Path
from posixpath import relpath

from postmortems.model.source_repository import SourcePlace, SourceRepository
from postmortems.text.spelling import listed

PATTERNS = "patterns"
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Mount:
    """A source in place: `docs` is its own docs folder on disk, an absolute path."""

    source: SourcePlace
    docs: Path

    @property
    def postmortems(self) -> Path:
        """The folder on disk that is mounted at the source's place in the docs folder."""
        return self.docs / self.source.inner

    @property
    def patterns(self) -> Path:
        """The folder on disk whose files are mounted beside the patterns of the docs folder."""
        return self.docs / PATTERNS


_mounted: dict[str, tuple[Mount, ...]] = {}


def mount(docs: Path, folder: Path, sources: tuple[SourceRepository, ...], postmortems: str) -> tuple[Mount, ...]:
    """Mount sources in a docs folder, in place of those that were; `folder` is what their own are relative to, and
    `postmortems` the folder of all postmortems."""
    mounts = tuple(
        Mount(SourcePlace.of(source, postmortems), Path(os.path.abspath(folder / source.folder)))  # noqa: PTH100
        for source in sources
    )
    _mounted.pop(_key(docs), None)
    if mounts:
        _mounted[_key(docs)] = mounts
    return mounts


def mounts_of(docs: Path) -> tuple[Mount, ...]:
    """The sources that are mounted in a docs folder."""
    return _mounted.get(_key(docs), ()) if _mounted else ()


def place_of(docs: Path, path: str) -> Path:
    """The place on disk of a file below the docs folder, whether there is one or not."""
    return _found(docs, path)[1] if _mounted else docs / path


def root_of(docs: Path, path: str) -> Path:
    """The folder on disk which that file must not leave."""
    return _found(docs, path)[0] if _mounted else docs


def source_at(docs: Path, path: str) -> SourcePlace | None:
    """The source that a file below the docs folder lies in; None for one of the docs folder's own."""
    root = root_of(docs, path)
    return next((each.source for each in mounts_of(docs) if root in (each.postmortems, each.patterns)), None)


def path_below(docs: Path, file: Path) -> str | None:
    """The path below the docs folder of a place on disk; None for one that lies elsewhere."""
    for root, prefix in _roots(docs):
        if file == root or file.is_relative_to(root):
            below = file.relative_to(root).as_posix()
            path = prefix if below == "." else f"{prefix}/{below}".lstrip("/")
            if place_of(docs, path).resolve() == file.resolve():
                return path
    return None


def own_parts(docs: Path, folder: Path, path: str = "") -> list[str]:
    """The files and folders below the docs folder, or at a path there, that hold nothing of sources outside a folder on
    disk; `""`, which is all of it, where that is so of the docs folder itself."""
    shared = [
        place
        for each in mounts_of(docs)
        if not each.docs.resolve().is_relative_to(folder)
        for place in (each.source.home, f"{PATTERNS}/")
    ]
    if not any(place.startswith(f"{path}/" if path else "") for place in shared):
        return [path]
    try:
        names = sorted(each.name for each in (docs / path).iterdir())
    except OSError:
        return []
    return [part for name in names for part in own_parts(docs, folder, f"{path}/{name}".lstrip("/"))]


def taken_from(docs: Path, folder: Path) -> list[str]:
    """The paths below the docs folder of all that is taken from sources in a folder on disk."""
    found: list[str] = []
    for each in mounts_of(docs):
        if each.postmortems.resolve().is_relative_to(folder):
            found.append(each.source.home)
        if each.patterns.resolve().is_relative_to(folder):
            found += [path for name in _patterns_in(each) if (path := path_below(docs, each.patterns.resolve() / name))]
    return found


def shown_from(working: Path, docs: Path) -> Callable[[str], str]:
    """Paths below the docs folder as they are called from the working directory, with `/`."""

    here = working.resolve().as_posix()

    @lru_cache(maxsize=256)
    def prefix_of(root: Path) -> str:
        prefix = os.path.relpath(root.resolve(), here).replace(os.sep, "/")
        return "" if prefix == "." else f"{prefix}/"

    def shown(path: str) -> str:
        root, place = _found(docs, path) if mounts_of(docs) else (docs, None)
        name = f"{prefix_of(root)}{path if place is None else place.relative_to(root).as_posix()}"
        # It leads up where a file is beside the configuration, or the working directory below the docs folder.
        return relpath(f"{here}/{name}", here) if ".." in name else name

    return shown


def hidden_patterns(docs: Path) -> list[str]:
    """A line for each source with patterns that are not taken, since the docs folder has others of the same names."""
    lines = []
    for each in mounts_of(docs):
        hidden = [name for name in _patterns_in(each) if differ(docs / PATTERNS / name, each.patterns / name)]
        if hidden:
            named = listed([name.removesuffix(".md") for name in hidden[:_MOST_NAMED]])
            more = f" and {len(hidden) - _MOST_NAMED} more" if len(hidden) > _MOST_NAMED else ""
            lines.append(
                f"source {each.source.name}: not taken, as {docs.name}/{PATTERNS}/ has patterns with these names: "
                f"{named}{more}"
            )
    return lines


def _patterns_in(each: Mount) -> list[str]:
    """The names of a source's own pattern pages."""
    try:
        names = sorted(path.name for path in each.patterns.iterdir())
    except OSError:
        return []
    return [name for name in names if name.endswith(".md") and name not in ("index.md", "README.md")]


def differ(one: Path, other: Path) -> bool:
    """True if two files that can be opened are not the same, byte for byte."""
    try:
        return not cmp(one, other, shallow=False)
    except OSError:
        return False


def _key(docs: Path) -> str:
    return os.path.abspath(docs)  # noqa: PTH100 - this runs for every file that is opened


def _roots(docs: Path) -> list[tuple[Path, str]]:
    """Every folder on disk that holds files of a docs folder, resolved, with its path there."""
    found = [(docs.resolve(), "")]
    for each in mounts_of(docs):
        found += [(each.postmortems.resolve(), each.source.home), (each.patterns.resolve(), PATTERNS)]
    return found


def _found(docs: Path, path: str) -> tuple[Path, Path]:
    """The folder on disk that a file must not leave, and its place there."""
    mounts = mounts_of(docs)
    for each in mounts:
        if path.startswith(f"{each.source.home}/"):
            return each.postmortems, each.postmortems / path.removeprefix(f"{each.source.home}/")
    if mounts and path.startswith(f"{PATTERNS}/") and not os.path.lexists(docs / path):
        name = path.removeprefix(f"{PATTERNS}/")
        for each in mounts:
            if os.path.lexists(each.patterns / name):
                return each.patterns, each.patterns / name
    return docs, docs / path

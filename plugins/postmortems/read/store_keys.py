"""Keys of what a store keeps: each says everything that its value was made of."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import postmortems
from postmortems.model.catalogue import Catalogue
from postmortems.read.exclusions import Exclusions
from postmortems.read.files import Tree
from postmortems.read.site_options import SiteOptions
from postmortems.read.snapshot import Snapshot
from postmortems.settings import Settings

_MADE_WITH = ("mkdocs-postmortems", "detect-secrets", "markdown-it-py", "phonenumberslite", "pydantic", "pyyaml")


def base_key(settings: Settings) -> str:
    """Key of all that every value is made with: the code that runs, and all settings."""
    return _digest(_code(), settings.model_dump_json())


def with_templates(base: str, templates: tuple[str, ...]) -> str:
    """Key of all that a postmortem is made with besides its file: the samples of the templates are marked in it."""
    return _digest(base, *templates)


def postmortem_key(base: str, path: str, data: bytes, timeline: bytes | None) -> str:
    """Key of a postmortem: the digest of its file, and that of the timeline.json beside it."""
    return _digest(base, path, data, *([] if timeline is None else [timeline]))


def register_key(base: str, path: str, data: bytes) -> str:
    """Key of a register: the digest of its file."""
    return _digest(base, "register", path, data)


def files_key(settings: Settings, docs: Path) -> str:
    """Key of what was seen of the files below a docs folder."""
    return _digest(base_key(settings), "files", os.fsencode(docs.resolve()))


class CheckKeys(NamedTuple):
    """Keys of a whole check: that of its `result`, of every name below the docs folder and of every file as much as is
    ever read, and that of the `last` one with these settings, of the names alone."""

    result: str
    last: str


def check_keys(
    settings: Settings,
    snapshot: Snapshot,
    day: date,
    catalogue: Catalogue | None,
    exclusions: Exclusions,
    site: SiteOptions,
) -> CheckKeys:
    """Keys of a check of the files of a snapshot."""
    tree = snapshot.tree
    options = f"{sorted(site.own)} {site.theme} {site.snippets} {sorted(site.scripts)} {site.zensical}"
    known = (base_key(settings), str(day), repr(catalogue), repr(exclusions), options, *_of_tree(tree), "files")
    files = (part for path in tree.files for part in (path, snapshot.digest(path)))
    return CheckKeys(_digest("result", *known, *files), _digest("last check", *known, *tree.files))


def _of_tree(tree: Tree) -> Iterator[str]:
    yield from tree.outside
    yield "problems"
    for problem in tree.problems:
        yield f"{problem.place.path} {problem.message}"


def repeats_key(settings: Settings, compared_by: Iterable[bytes]) -> str:
    """Key of the repeats among postmortems, by what each is compared by, in their order."""
    return _digest(base_key(settings), "repeats", *compared_by)


def history_key(base: str, below: str) -> str:
    """Key of the history of a docs folder, by its path below the repository's root."""
    return _digest(base, "history", below)


@cache
def _code() -> str:
    """Versions of Python, of this package and of the libraries that reading and checking rest on; and of the package's
    own code, words and templates the size and time, for those who work on it."""
    home = Path(next(iter(postmortems.__path__)))
    own = sorted([*home.rglob("*.py"), *home.glob("read/languages/*.yml"), *home.glob("read/templates/*.md")])
    libraries = (f"{name} {_version(name)}" for name in _MADE_WITH)
    files = (f"{path.relative_to(home)} {seen.st_size} {seen.st_mtime_ns}" for path in own for seen in [path.stat()])
    return "\n".join((platform.python_version(), *libraries, *files))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _digest(*parts: str | bytes) -> str:
    """A digest of several texts, each apart from the next."""
    made = blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8, "big") + data)
    return made.hexdigest()

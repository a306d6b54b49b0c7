"""Files of a new knowledge base, from those that come with the package.

`scaffold/` holds them as they will lie in the new folder: `site/` for each one, `github/` and `gitlab/` for a forge,
`record/` the first postmortem. Patterns and templates have one source, the docs folder of this repository: a wheel
carries a copy of it, a clone is read where it lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable
from pathlib import Path

_PACKAGE = package_files("postmortems.start")
_SHARED = ("patterns", "templates")
_PLACEHOLDER = re.compile(r"@@([a-z_-]+)@@")
_OUR_POSTMORTEM = re.compile(r"\]\(\.\./postmortems/([^)\s]+)/postmortem\.md(?:#[^)\s]*)?\)")


def scaffold_files(part: str, values: Mapping[str, str]) -> dict[str, str]:
    """The files of one part of the scaffold by their paths, their placeholders filled.

    Raises KeyError for a placeholder without a value.
    """
    return {
        path: _PLACEHOLDER.sub(lambda found: values[found[1]], file.read_text("utf-8"))
        for path, file in _walk(_PACKAGE / "scaffold" / part)
    }


def shared_docs() -> dict[str, str]:
    """Patterns, template and checklist by their paths below a docs folder.

    Where a pattern tells of an incident in this repository's collection, which a new one does not have, the link leads
    to the owner's public report.
    """
    reports = dict(line.split(" ", 1) for line in (_PACKAGE / "reports.txt").read_text("utf-8").splitlines())
    return {
        f"{folder}/{path}": _OUR_POSTMORTEM.sub(lambda found: f"]({reports[found[1]]})", file.read_text("utf-8"))
        for folder in _SHARED
        for path, file in _walk(_shared_folder() / folder)
        if path != "index.md"
    }


def _shared_folder() -> Traversable:
    packaged = _PACKAGE / "shared"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "docs"


def _walk(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _walk(entry, f"{above}{entry.name}/")
        else:
            yield f"{above}{entry.name}", entry

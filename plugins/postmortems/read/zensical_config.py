"""A `zensical.toml` beside `mkdocs.yml`, by which Zensical builds the docs folder without asking this package."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.read.opening import UnreadableError, text_of
from postmortems.read.text import LARGEST

FILE = "zensical.toml"


def zensical_config(folder: Path, docs: Path) -> str:
    """The path of the file, relative to the docs folder, where Zensical would build that by it; else empty.

    A file that cannot be read may say anything, and counts.
    """
    path = folder / FILE
    if not path.exists():
        return ""
    try:
        counts = builds_docs(text_of(path, LARGEST, "too large for a configuration"), folder, docs)
    except UnreadableError:
        counts = True
    return os.path.relpath(path, docs).replace(os.sep, "/") if counts else ""


def builds_docs(text: str, folder: Path, docs: Path) -> bool:
    """True if a configuration in `folder` is about the docs folder, one around it or one within. Zensical refuses what
    is no TOML, and what names no folder."""
    try:
        project = tomllib.loads(text).get("project", {})
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    named = project.get("docs_dir", "docs") if isinstance(project, dict) else None
    if not isinstance(named, str) or not named or "\0" in named:
        return False
    theirs, ours = Path(os.path.realpath(folder / named)), Path(os.path.realpath(docs))
    return theirs == ours or theirs in ours.parents or ours in theirs.parents


def zensical_problems(config: str) -> Iterator[Problem]:
    """The problem of such a file, if there is one."""
    if config:
        yield Problem(
            "unchecked-zensical-site",
            Place.at(config),
            f"`zensical build` takes {FILE} and builds the docs folder without the check and the generated pages",
            f"use `postmortems build --with zensical` and remove {FILE}, or set its `docs_dir` to generated pages",
        )

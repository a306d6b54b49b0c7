"""Texts that a page takes in from files, in the notation of the Markdown extension `snippets`.

The extension looks for it on every line, in code and comments, too. A build runs it where secrets may lie beside the
docs folder: the token that a checkout keeps in `.git/config`, for one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from postmortems.model.diagnostic import Problem
from postmortems.model.section import Body
from postmortems.model.source import Source
from postmortems.read.site_options import SiteOptions

SIGN = "8<-"
_INLINE = re.compile(r"[ \t]*+-++8<-++[ \t]++(?:\"([^\"\n]*+)\"|'([^'\n]*+)')[ \t]*+$")
_BLOCK = re.compile(r"[ \t]*+-++8<-++[ \t]*+$")
_PART = re.compile(r"(?::-?\d*+){1,2}(?:,-?\d*+(?::-?\d*+)?)*+$|:[A-Za-z][\w-]*+$", re.ASCII)
_MOST = 200


def snippet_problems(body: Body | Source, docs: Path, site: SiteOptions) -> Iterator[Problem]:
    """A problem for each text that is taken in from outside the docs folder and the folders meant for snippets."""
    if site.snippets is None:
        return
    in_block = False
    for number, line in enumerate(body.lines, body.first):
        if SIGN in line and _BLOCK.fullmatch(line):
            in_block = not in_block
            continue
        if in_block:
            name = line.strip()
        elif SIGN in line and (found := _INLINE.match(line)):
            name = (found[1] if found[1] is not None else found[2]).strip()
        else:
            continue
        if name and not name.startswith(";") and (why := _wrong(name, docs, site.snippets)):
            column = line.index(name) + 1
            yield Problem(
                "path-leaves-the-folder",
                body.place(number, column, len(name)),
                f'the text of "{name[:_MOST]}" is included in the page, and {why}',
                "keep included files in the docs folder, or in a separate folder named in the extension's `base_path`",
            )


def _wrong(name: str, docs: Path, bases: tuple[str, ...]) -> str:
    """The end of a sentence that says what is wrong with a snippet's name; empty if it stays inside."""
    if "://" in name:
        return "comes from another site"
    path = _PART.sub("", name)
    if any(part.startswith(".") and part not in (".", "..") for part in path.replace("\\", "/").split("/")):
        return "is hidden"
    inside = [os.path.realpath(docs), *(folder for base in bases if not _holds(folder := os.path.realpath(base), docs))]
    files = [os.path.realpath(Path(base, path)) for base in bases]
    # The first one that is there is taken; where none is, one might be, on another machine.
    chosen = [next(file for file in files if Path(file).is_file())] if any(map(os.path.isfile, files)) else files
    return "" if any(_is_below(file, inside) for file in chosen) else "is outside the docs folder"


def _holds(folder: str, docs: Path) -> bool:
    """True if the docs folder lies in this one, which is then no folder of snippets."""
    return _is_below(os.path.realpath(docs), [folder])


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)

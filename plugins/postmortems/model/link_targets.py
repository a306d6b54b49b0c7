"""The targets of links as files below the docs folder, without asking the disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import normpath
from urllib.parse import unquote

from postmortems.model.link import Link
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]{1,40}):")
_DRIVE = re.compile(r"\s*[A-Za-z]:[\\/]")


def links_of(document: Postmortem | Pattern) -> Iterator[Link]:
    """Every link of a document, those of its `timeline.json` included."""
    yield from document.links
    if isinstance(document, Postmortem):
        yield from document.event_links


def scheme(target: str) -> str:
    """The scheme of an address in lower case; empty for a path, and for a Windows path with its drive."""
    found = None if _DRIVE.match(target) else _SCHEME.match(target)
    return found.group(1).lower() if found else ""


def file_of(target: str, path: str) -> str | None:
    """The file, relative to the docs folder, that `target` names in the document at `path`.

    It begins with `..` where it lies outside. None for whole addresses and for anchors.
    """
    if scheme(target) or target.startswith(("//", "#", "?")):
        return None
    bare = unquote(re.split(r"[?#]", target, maxsplit=1)[0]).replace("\\", "/").strip()
    if not bare:
        return None
    if _DRIVE.match(bare):
        return "../" + bare
    # An absolute path counts from the docs folder, as it does for MkDocs' own check of absolute links.
    folder = "" if bare.startswith("/") else path.rpartition("/")[0]
    return normpath(f"{folder}/{bare.lstrip('/')}".lstrip("/"))

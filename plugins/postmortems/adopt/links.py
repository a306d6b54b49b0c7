"""The links of a document that gets another place: each leads where it led, or to a file that comes along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import basename, dirname, join, normpath, relpath, splitext
from urllib.parse import unquote

from postmortems.adopt.pictures import ARTIFACTS
from postmortems.model.link import Link
from postmortems.model.link_targets import scheme
from postmortems.model.references import may_refer, references
from postmortems.model.section import BlockKind, Body
from postmortems.read.links import read_links

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|$)")
_TAIL = re.compile(r"[?#].*", re.DOTALL)
_UNSAFE = re.compile(r"[\s()<>%?#\"']")


@dataclass(frozen=True)
class Places:
    """Places of files, as whole paths with `/`.

    `moved` tells for the file of each record which file its postmortem becomes. `exists` says whether a file is there,
    and `opened` gives one that may come along, or None.
    """

    docs: str
    moved: Mapping[str, str]
    exists: Callable[[str], bool]
    opened: Callable[[str], bytes | None]
    moved_earlier: Callable[[str], str | None] = lambda _: None
    """The postmortem that an earlier import has made of a file, None if there is none."""

    def is_below_docs(self, path: str) -> bool:
        """True if a file is part of the knowledge base."""
        return path.startswith(f"{self.docs}/")

    def postmortem_of(self, path: str) -> str | None:
        """The postmortem that the file at `path` becomes, or has become; also for its address on a site, such as
        `fast.html` or `fast/`."""
        bare = path.removesuffix(".html")
        for known in (path, *(() if self.exists(path) else (f"{bare}.md", f"{bare}/index.md", f"{bare}/readme.md"))):
            earlier = None if self.is_below_docs(known) else self.moved_earlier(known)
            if place := self.moved.get(known) or earlier:
                return place
        return None


@dataclass
class Relinked:
    """A document with its links as they must be at its new place.

    `files` come along, by their path below the folder of the postmortem, and `origins` tells where each was.
    """

    data: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def relinked(data: bytes, body: Body, old: str, new: str, places: Places) -> Relinked:
    """The document `data`, whose text is `body`, moved from the whole path `old` to `new`."""
    made = Relinked()
    edits: dict[int, list[tuple[int, str, str]]] = {}
    for link in _links(body):
        target = _target(link, old, new, places, made)
        if target is not None and target != link.target:
            edits.setdefault(link.place.line, []).append((link.place.column - 1, link.target, target))
    made.data = _edited(data, edits)
    return made


def _links(body: Body) -> Iterator[Link]:
    """The links of Markdown and HTML."""
    yield from read_links(body)
    for block in body.blocks():
        if block.kind in (BlockKind.CODE, BlockKind.COMMENT):
            continue
        for number in range(block.first, block.last + 1):
            line = body.line(number)
            for reference in references(line) if may_refer(line) else ():
                if line.startswith(reference.address, reference.start):
                    place = body.place(number, reference.start + 1, len(reference.address))
                    yield Link(reference.address, place, reference.loads)


def _target(link: Link, old: str, new: str, places: Places, made: Relinked) -> str | None:
    """Target of a link at the new place; None if it stays as it is."""
    written = link.target
    if scheme(written) or written.startswith(("//", "#", "?")):
        return None
    tail = found[0] if (found := _TAIL.search(written)) else ""
    bare = unquote(written.removesuffix(tail)).strip()
    if not bare or bare.startswith("/"):
        return None
    place = normpath(join(dirname(old), bare))
    if postmortem := places.postmortem_of(place):
        return _written(relpath(postmortem, dirname(new))) + tail
    if dirname(old) == dirname(new):
        return None
    if places.is_below_docs(place):
        return _written(relpath(place, dirname(new))) + tail if places.exists(place) else None
    if (content := places.opened(place)) is not None:
        return _written(_artifact(place, content, made)) + tail
    made.problems.append(f'line {link.place.line}: "{written[:80]}" links to a file that is not imported')
    return None


def _artifact(place: str, content: bytes, made: Relinked) -> str:
    """The path that a file gets beside the postmortem; two files of one name get two."""
    name, ending = splitext(basename(place).lstrip("."))
    path, number = f"{ARTIFACTS}/{name}{ending}", 1
    while made.origins.get(path, place) != place:
        number += 1
        path = f"{ARTIFACTS}/{name}-{number}{ending}"
    made.files[path] = content
    made.origins[path] = place
    return path


def _written(path: str) -> str:
    """A path as Markdown and HTML take it."""
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), path)


def _edited(data: bytes, edits: Mapping[int, list[tuple[int, str, str]]]) -> bytes:
    """The bytes with the targets of some lines replaced; whatever cannot be found where it was read stays."""
    if not edits:
        return data
    lines = [found[0] for found in _LINE.finditer(data)]
    for number, changes in edits.items():
        line = lines[number - 1].decode("utf-8")
        mark = "\ufeff" if number == 1 and line.startswith("\ufeff") else ""
        line = line.removeprefix(mark)
        for column, before, after in sorted(changes, reverse=True):
            if line.startswith(before, column):
                line = line[:column] + after + line[column + len(before) :]
        lines[number - 1] = (mark + line).encode()
    return b"".join(lines)

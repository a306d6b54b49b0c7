"""The comments in which waivers are, and the lines that each covers.

A comment beside text covers its own lines. One that is alone also covers what comes next: in Markdown the next
block (a heading, a paragraph, one list item, a whole table, a whole code fence), in front matter the next key with its
value. Comments in a row all cover what follows the last of them. In code and in quotes nothing counts, since there it
is shown and not said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postmortems.model.place import Place
from postmortems.model.section import BlockKind, Body
from postmortems.model.source import Source
from postmortems.read.front_matter import ReadFrontMatter
from postmortems.text.inline import comments, without_code, without_comments

MARK = "postmortems:"

_YAML_COMMENT = re.compile(r"(?:^|(?<=\s))#\s{0,9}(?=postmortems:)")
_MARKER = re.compile(r"[-*+]|\d{1,9}[.)]")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment that speaks to the tool.

    `source` is what it says from `MARK` on; `first` and `last` are the lines that it covers.
    """

    source: Source
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A block or a heading, as lines of the file."""

    first: int
    last: int
    kind: BlockKind


def markdown_comments(body: Body) -> Iterator[Comment]:
    """The comments in a body, in the order of the text."""
    stretches = [_Stretch(block.first, block.last, block.kind) for block in body.blocks()]
    stretches += [_Stretch(section.line, section.line, BlockKind.HEADING) for section in body.walk()]
    stretches.sort(key=lambda stretch: stretch.first)
    following: list[_Stretch | None] = [None] * len(stretches)
    for index in range(len(stretches) - 2, -1, -1):
        after = stretches[index + 1]
        following[index] = following[index + 1] if after.kind is BlockKind.COMMENT else after
    for stretch, after_it in zip(stretches, following, strict=True):
        if stretch.kind not in (BlockKind.CODE, BlockKind.QUOTE):
            lines = body.lines[stretch.first - body.first : stretch.last - body.first + 1]
            if any(MARK in line for line in lines):
                yield from _comments_in(stretch, Source(body.path, "\n".join(lines), stretch.first), after_it)


def _comments_in(stretch: _Stretch, source: Source, following: _Stretch | None) -> Iterator[Comment]:
    text, top = source.text, source.first
    shown = _without_code(stretch.kind, text)
    spoken = [_is_spoken(line) for line in without_comments(shown).split("\n")]
    next_spoken = _next_true(spoken)
    for start, end in comments(text, shown):
        inside = text[start + 4 : end].removesuffix("-->").removesuffix("--!>")
        begin = len(inside) - len(inside.lstrip())
        if not inside.startswith(MARK, begin):
            continue
        first, last = source.line_of(start), source.line_of(end - 1)
        if not any(spoken[first - top : last + 1 - top]):
            beside = next_spoken[last + 1 - top]
            if beside is not None:
                last = top + beside
            elif following is not None:
                last = following.last
        mark = source.place_at(start + 4 + begin)
        yield Comment(Source(source.path, inside[begin:], mark.line, mark.column), first, last)


def _without_code(kind: BlockKind, text: str) -> str:
    if kind in (BlockKind.HTML, BlockKind.COMMENT):
        return text
    if kind is BlockKind.TABLE:
        return "\n".join(without_code(line) for line in text.split("\n"))
    return without_code(text)


def _is_spoken(line: str) -> bool:
    """True if a line without its comments still says something; the marker of a list item does not."""
    bare = line.strip()
    return bool(bare) and _MARKER.fullmatch(bare) is None


def _next_true(flags: Sequence[bool]) -> list[int | None]:
    """Index of the next True at or after each index, and after the last one; None if there is no more."""
    found: list[int | None] = [None] * (len(flags) + 1)
    for index in range(len(flags) - 1, -1, -1):
        found[index] = index if flags[index] else found[index + 1]
    return found


def front_matter_comments(source: Source, read: ReadFrontMatter) -> Iterator[Comment]:
    """The comments in the front matter of a file; none where its YAML could not be read.

    One that is above every key also covers the first line of the file, on which no comment can be.
    """
    if not read.values:
        return
    lines = source.lines[1 : read.body.first - 2]
    is_entry = [bool(line.strip()) and not line.lstrip().startswith("#") for line in lines]
    next_entry = _next_true(is_entry)
    scalars = sorted(read.document.scalars)
    ends: dict[int, int] = {}
    for index, line in enumerate(lines):
        found = _YAML_COMMENT.search(line) if MARK in line else None
        if found is None or _is_text(index + 2, found.start() + 1, scalars):
            continue
        first = last = index
        entry = next_entry[index + 1]
        if not is_entry[index] and entry is not None:
            if entry not in ends:
                ends[entry] = _end_of_entry(lines, is_entry, entry)
            last = ends[entry]
            first = -1 if next_entry[0] == entry else index
        said = Source(source.path, line[found.end() :], index + 2, found.end() + 1)
        yield Comment(said, first + 2, last + 2)


def _is_text(line: int, column: int, scalars: Sequence[Place]) -> bool:
    """True if a sign is inside one of the values, where `#` begins no comment."""
    before = bisect_right(scalars, (line, column), key=lambda place: (place.line, place.column))
    return before > 0 and (line, column) < (scalars[before - 1].end_line, scalars[before - 1].end_column)


def _end_of_entry(lines: Sequence[str], is_entry: Sequence[bool], begin: int) -> int:
    """The last line of the key or list item that begins on a line, its value included."""
    indent, is_item = _indent(lines[begin])
    last = begin
    for index in range(begin + 1, len(lines)):
        if not is_entry[index]:
            continue
        here, starts_item = _indent(lines[index])
        if here < indent or (here == indent and (is_item or not starts_item)):
            break
        last = index
    return last


def _indent(line: str) -> tuple[int, bool]:
    bare = line.lstrip()
    return len(line) - len(bare), bare.startswith("-")

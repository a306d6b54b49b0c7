"""Links and images of a body, each with the place of its target.

Inline ones and reference definitions are read, a definition as an image where an image refers to it; code and
comments are not. The scan is by hand and linear: only
markdown-it's block rules have run on the text, and its inline rules cost more than all other reading together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from postmortems.model.link import Link
from postmortems.model.section import BlockKind, Body
from postmortems.model.source import Source

_DEFINITION = re.compile(
    r"(?:\s{0,3}>){0,5}\s{0,3}\[(?!\^)([^\[\]]{1,300})\]:[ \t]{0,20}(?:<([^<>\n]{1,2000})>|(\S{1,2000}))"
)
_IMAGE_REFERENCE = re.compile(r"!\[([^\[\]]{0,300})\](?:\[([^\[\]]{1,300})\])?(?!\()")
_TARGET = re.compile(r"[ \t\n]{0,20}(?:<([^<>\n]{0,2000})>|([^\s<>][^\s<>]{0,2000}))")
_MARK = re.compile(r"\\.|`+|<!--|!?\[|\](?=\()|\]", re.DOTALL)
_FENCE = re.compile(r"[\s>]{0,40}(?:`{3}|~{3})")


def read_links(body: Body) -> tuple[Link, ...]:
    """The links of a body in the order of the text; the links of a heading or a quotation count, too."""
    if not any("](" in line or "]:" in line for line in body.lines):
        return ()
    images = _labels_of_images(body)
    return tuple(link for paragraph in _paragraphs(body) for link in _links(paragraph, images))


def _labels_of_images(body: Body) -> frozenset[str]:
    """The labels that images refer to, as in `![graph][pool]` and `![pool]`."""
    if not any("]:" in line for line in body.lines):
        return frozenset()
    text = "\n".join(body.lines)
    return frozenset(_label(found[2] or found[1]) for found in _IMAGE_REFERENCE.finditer(text))


def _label(written: str) -> str:
    return " ".join(written.casefold().split())


def _paragraphs(body: Body) -> Iterator[Source]:
    """Stretches of lines without a blank one, code and comments left out."""
    left_out: set[int] = set()
    for block in body.blocks():
        if block.kind in (BlockKind.CODE, BlockKind.COMMENT):
            left_out.update(range(block.first, block.last + 1))
        elif block.kind is BlockKind.QUOTE:
            left_out.update(_fenced(body, block.first, block.last))
    run: list[str] = []
    for number, line in enumerate(body.lines, start=body.first):
        if line.strip() and number not in left_out:
            run.append(line)
        elif run:
            yield Source(body.path, "\n".join(run), number - len(run))
            run = []
    if run:
        yield Source(body.path, "\n".join(run), body.first + len(body.lines) - len(run))


def _fenced(body: Body, first: int, last: int) -> Iterator[int]:
    """The lines of fenced code inside a quotation, which is one block to the rest of the program."""
    inside = False
    for number in range(first, last + 1):
        fence = bool(_FENCE.match(body.line(number)))
        if fence or inside:
            yield number
        inside ^= fence


def _links(source: Source, images: frozenset[str]) -> Iterator[Link]:
    if "]:" in source.text:
        for number, line in enumerate(source.lines, source.first):
            if "]:" in line and (found := _DEFINITION.match(line)):
                group = 2 if found[2] is not None else 3
                place = source.place(number, found.start(group) + 1, len(found[group]))
                yield Link(found[group], place, _label(found[1]) in images)
    if "](" in source.text:
        for target, offset, is_image in _inline(source.text):
            yield Link(target, source.place_at(offset, len(target)), is_image)


def _inline(text: str) -> Iterator[tuple[str, int, bool]]:
    """Each inline target with its position, and whether it is an image's."""
    ticks = _tick_runs(text)
    open_brackets: list[bool] = []
    position = 0
    while found := _MARK.search(text, position):
        mark, position = found[0], found.end()
        if mark.startswith("`"):
            # A code span ends at the next run of as many ticks; without one the ticks are plain text.
            runs = ticks[len(mark)]
            after = bisect_right(runs, found.start())
            if after < len(runs):
                position = runs[after] + len(mark)
        elif mark == "<!--":
            end = text.find("-->", position)
            position = end + 3 if end >= 0 else len(text)
        elif mark in ("[", "!["):
            open_brackets.append(mark == "![")
        elif mark == "]" and open_brackets:
            is_image = open_brackets.pop()
            if text.startswith("(", position) and (target := _target(text, position + 1)):
                yield (*target, is_image)
                position = target[1] + len(target[0])


def _tick_runs(text: str) -> dict[int, list[int]]:
    runs: dict[int, list[int]] = {}
    for found in re.finditer("`+", text):
        runs.setdefault(len(found[0]), []).append(found.start())
    return runs


def _target(text: str, start: int) -> tuple[str, int] | None:
    """The target that begins at `start`, up to the bracket that is not its own, and where it is."""
    found = _TARGET.match(text, start)
    if not found:
        return None
    if found[1] is not None:
        return found[1], found.start(1)
    target = found[2]
    depth = 0
    for index, character in enumerate(target):
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth < 0:
                return (target[:index], found.start(2)) if index else None
    return target, found.start(2)

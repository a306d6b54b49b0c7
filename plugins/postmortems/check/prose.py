"""A body without its code and comments: what the page shows as text and passes on as HTML.

Maintainers: the checks read Markdown by CommonMark's rules, while the site is rendered by Python-Markdown. Where the
two disagree about what is code, it is not taken for code here: a fence that is never closed, indented code in a list,
and an HTML element at the beginning of a line inside a code span.
"""

from __future__ import annotations

import re
from itertools import groupby

from postmortems.model.section import Block, BlockKind, Body
from postmortems.model.source import Source
from postmortems.text.inline import blank, without_code, without_comments

_FENCE = re.compile(r"(`{3,}|~{3,})")
_QUOTE_MARKS = re.compile(r"(?:[ \t]{0,3}>){1,20} ?")
_CELL = re.compile(r"(?:\\\||[^|])+")


def prose_of(body: Body) -> Source:
    """The body's text with blanks in place of code and comments, so that every place stays where it was."""
    lines = list(body.lines)
    for block in body.blocks():
        first, last = block.first - body.first, block.last - body.first + 1
        lines[first:last] = _shown(block, lines[first:last])
    for section in body.walk():
        index = section.line - body.first
        lines[index] = without_code(lines[index])
    return Source(body.path, "\n".join(lines), body.first)


def _shown(block: Block, lines: list[str]) -> list[str]:
    match block.kind:
        case BlockKind.CODE:
            return [blank(line) for line in lines] if _is_surely_code(block, lines) else lines
        case BlockKind.HTML | BlockKind.COMMENT:
            return without_comments("\n".join(lines)).split("\n")
        case BlockKind.TABLE:
            return [_CELL.sub(lambda cell: without_code(cell.group()), line) for line in lines]
        case BlockKind.QUOTE:
            return _quoted(lines)
        case _:
            return _paragraph(lines)


def _is_surely_code(block: Block, lines: list[str]) -> bool:
    opening = _FENCE.search(lines[0])
    if opening is None:
        return block.depth == 0
    closing = _FENCE.fullmatch(lines[-1].strip(" \t>"))
    return len(lines) > 1 and closing is not None and closing.group().startswith(opening.group())


def _paragraph(lines: list[str]) -> list[str]:
    shown = without_comments(without_code("\n".join(lines))).split("\n")
    return [
        line if line.lstrip().startswith("<") and not kept.lstrip().startswith("<") and number else kept
        for number, (line, kept) in enumerate(zip(lines, shown, strict=True))
    ]


def _quoted(lines: list[str]) -> list[str]:
    """A quote's lines without its code: fences in it are no blocks of their own, since nothing in a quote counts."""
    bare = [_QUOTE_MARKS.sub("", line, count=1) for line in lines]
    shown = list(lines)
    opened = 0
    fence = ""
    for number, line in enumerate(bare):
        found = _FENCE.match(line.lstrip())
        if found and not fence:
            opened, fence = number, found.group()
        elif found and found.group().startswith(fence) and line.strip() == found.group():
            shown[opened : number + 1] = [blank(quoted) for quoted in shown[opened : number + 1]]
            fence = ""
    numbers = groupby(range(len(lines)), key=lambda number: bool(bare[number].strip()))
    for holds_text, group in numbers:
        indexes = list(group)
        if holds_text and not bare[indexes[0]].lstrip().startswith("<"):
            first, last = indexes[0], indexes[-1] + 1
            shown[first:last] = _paragraph(shown[first:last])
    return shown

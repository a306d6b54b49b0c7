"""Passages of a postmortem that look back, as their author's own words, each with its place.

A canonical section decides for all subsections that have no canonical name of their own. A heading of the team's own
counts, unless one of its words says that it holds something else (`_NEUTRAL`), and so does what is above the first
heading. The Timeline (a record, often pasted from a channel), the Action Items and lines that begin with a time are
never looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from sys import maxsize
from typing import NamedTuple

from postmortems.check.own_words import own_words
from postmortems.language.function_words import word_list
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Block, BlockKind, Body, Row, Section

ACCOUNT = frozenset((
    "Executive Summary",
    "Root Cause Analysis",
    "Primary Cause",
    "Contributing Factors",
    "Detection Gaps",
    "Impact Assessment",
    "Technical Impact",
    "Business Impact",
    "Response Evaluation",
    "Areas for Improvement",
    "What Surprised Us",
    "What Made It Hard",
    "Still Not Understood",
))  # fmt: skip
"""The sections that say what happened and why, in which a conditional speaks of the past."""

REFLECTION = frozenset(("What Went Well", "What Saved Us", "Lessons Learned"))
"""The sections that look back, too, but where "would have" speaks of luck or of the next time."""

_NEUTRAL = word_list(
    """
    about acknowledgements acknowledgments action actions agenda appendix architecture artifacts attachments
    attendees authors background changelog chat communication communications contact contacts context data
    definitions diagram faq follow followup followups future glossary graphs introduction links log logs meeting
    metadata next notes participants people plan plans prevention preventive proposal proposals queries
    recommendation recommendations reference references remediation resources runbook scope severity slack statement
    status tasks template terms thanks timeline todo todos transcript update updates
    """
)
"""Words of headings below which no one looks back: records, plans, explanations and lists."""

_TIMED = re.compile(r"[\W_]{0,6}(?:\d{4}-\d\d-\d\d|\d{1,2}[:.h]\d\d\b|\d{1,2} ?[ap]\.?m\b)", re.IGNORECASE)
_BOXES = ("[ ]", "[x]", "[X]")


class Part(NamedTuple):
    """A paragraph, list item or table cell as written, and the block that it is of; a cell with its row and number."""

    raw: str
    block: Block
    row: Row | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch with its places: `raw` as in the file, `text` of the same length in its author's own words.

    `lines` holds for each of its lines the offset of its first character, and that character's line and column.
    """

    path: str
    raw: str
    text: str
    lines: tuple[tuple[int, int, int], ...]

    def place(self, start: int, end: int) -> Place:
        """Place of `text[start:end]` in the file; it may go on over several lines."""
        return Place(self.path, *self._point(start), *self._point(end))

    def _point(self, index: int) -> tuple[int, int]:
        offset, line, column = self.lines[bisect_right(self.lines, (index, maxsize)) - 1]
        return line, column + index - offset


def stretches(postmortem: Postmortem, sections: frozenset[str]) -> list[Part]:
    """The stretches of these sections in the order of the text; quotes, code and items with a checkbox are none."""
    body = postmortem.body
    blocks = [block for block in body.lead if not _is_timed(block)]
    for section in body.sections:
        blocks += _blocks(section, sections, True)
    return [stretch for block in blocks for stretch in _of_block(block)]


def passages(postmortem: Postmortem, chosen: Iterable[Part]) -> Iterator[Passage]:
    """Yield these parts, in the order of the text, as their author's own words with their places."""
    body = postmortem.body
    last, columns = None, []
    for stretch in chosen:
        if stretch.row is None:
            lines = tuple(_lines(stretch, body))
        else:
            if stretch.row is not last:
                last, columns = stretch.row, list(_columns(stretch.row, body))
            lines = ((0, stretch.row.line, columns[stretch.number]),)
        yield Passage(postmortem.path, stretch.raw, own_words(stretch.raw), lines)


def _blocks(section: Section, names: frozenset[str], counts: bool) -> Iterator[Block]:
    """The blocks that look back in a section and all below it; `counts` tells whether what is above it does."""
    counts = section.name in names if section.name else counts and not _is_neutral(section.title)
    if counts:
        yield from section.blocks if section.name else (block for block in section.blocks if not _is_timed(block))
    for child in section.children:
        yield from _blocks(child, names, counts)


def _is_neutral(title: str) -> bool:
    return not _NEUTRAL.isdisjoint(re.findall(r"[a-z]+", title[:300].lower()))


def _is_timed(block: Block) -> bool:
    """True if a block is a line of a timeline, or a table of them."""
    if block.rows:
        return any(_TIMED.match(cell) for row in block.rows[1:3] for cell in row.cells)
    return bool(_TIMED.match(block.text))


def _of_block(block: Block) -> Iterator[Part]:
    if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        if not block.text.startswith(_BOXES):
            yield Part(block.text, block)
    elif block.kind is BlockKind.TABLE:
        for row in block.rows:
            for number, cell in enumerate(row.cells):
                yield Part(cell, block, row, number)


def _lines(stretch: Part, body: Body) -> Iterator[tuple[int, int, int]]:
    lines, offset = stretch.raw.split("\n"), 0
    for number, line in enumerate(lines, stretch.block.last - len(lines) + 1):
        yield offset, number, _index(body.line(number), line) + 1
        offset += len(line) + 1


def _columns(row: Row, body: Body) -> Iterator[int]:
    line, index = body.line(row.line), 0
    for cell in row.cells:
        index = _index(line, cell, index)
        yield index + 1
        index = line.find("|", index + len(cell)) + 1


def _index(line: str, text: str, after: int = 0) -> int:
    # A cell with an escaped bar is not in the file as it is; it then counts from where the one before ended.
    return max(line.find(text, after), after)

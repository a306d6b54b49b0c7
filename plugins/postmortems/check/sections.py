"""A section as rules see it: where its heading is, and whether it holds anything."""

from __future__ import annotations

import re

from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Block, BlockKind, Section
from postmortems.text.inline import without_comments

_EMPTY_BOX = re.compile(r"\[[ xX]?\]")
_TAG = re.compile(r"</?\w[^<>]{0,500}>")


def heading_place(document: Postmortem | Pattern, section: Section) -> Place:
    """The line of the section's heading, whole."""
    return Place.at(document.path, section.line, 1, len(document.body.line(section.line)))


def holds_text(block: Block) -> bool:
    """True if the block says anything to a reader: a comment, an empty checkbox and a bare header row do not."""
    match block.kind:
        case BlockKind.COMMENT | BlockKind.RULE | BlockKind.HEADING:
            return False
        case BlockKind.TABLE:
            return any(cell.strip() for row in block.rows[1:] for cell in row.cells)
        case BlockKind.HTML:
            return "<img" in block.text or bool(_TAG.sub("", without_comments(block.text)).strip())
        case BlockKind.LIST_ITEM:
            return bool(_EMPTY_BOX.sub("", without_comments(block.text), count=1).strip())
        case _:
            return bool(without_comments(block.text).strip())


def words_of(block: Block) -> str:
    """Words of the block for a reader: a table cell by cell, without comments; none of code."""
    match block.kind:
        case BlockKind.CODE | BlockKind.COMMENT:
            return ""
        case BlockKind.TABLE:
            return without_comments(" | ".join(cell for row in block.rows[1:] for cell in row.cells))
        case _:
            return without_comments(block.text)

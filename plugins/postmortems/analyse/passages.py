"""The points that postmortems make in one of their sections; what a template left is no one's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from postmortems.model.corpus import Corpus
from postmortems.model.own_answer import own_answer
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import OPTIONAL_SECTIONS, SAVED_BY, Block, BlockKind
from postmortems.model.template import is_left_over

FACTORS = "Contributing Factors"

_EXPLAINING = (FACTORS, "Detection Gaps", "What Went Well", "Areas for Improvement", "Lessons Learned")

_BOX = re.compile(r"\[[ xX]?\][ \t]*")
_NOTHING = ("none:", "none –", "none -")


@dataclass(frozen=True, slots=True)
class Passages:
    """The points that one postmortem makes in a section, as their author's Markdown."""

    postmortem: Postmortem
    section: str
    points: tuple[str, ...]


def passages_of(section: str, members: Iterable[Postmortem], corpus: Corpus) -> tuple[Passages, ...]:
    """The passages of those postmortems that have any in a section, given by its canonical name."""
    return tuple(found for member in members if (found := _passages(section, member, corpus)))


def saved_by(members: Iterable[Postmortem], corpus: Corpus) -> tuple[Passages, ...]:
    """The passages that say what saved each near miss among these; what went well, where that is all it says."""
    return tuple(
        found
        for member in members
        if member.is_near_miss
        and (found := _passages(SAVED_BY, member, corpus) or _passages("What Went Well", member, corpus))
    )


def learned_in(members: Sequence[Postmortem], corpus: Corpus) -> tuple[tuple[str, tuple[Passages, ...]], ...]:
    """The optional sections that any of these postmortems has, each with its passages."""
    gathered = ((section, passages_of(section, members, corpus)) for section in OPTIONAL_SECTIONS)
    return tuple((section, found) for section, found in gathered if found)


def _passages(section: str, postmortem: Postmortem, corpus: Corpus) -> Passages | None:
    texts = (text[box.end() :] if (box := _BOX.match(text)) else text for text in passages(postmortem, section))
    points = tuple(text for text in texts if text and not is_left_over(text, corpus))
    return Passages(postmortem, section, points) if points else None


@own_answer
def passages(postmortem: Postmortem, section: str) -> tuple[str, ...]:
    """The points of a section as their author's Markdown; a postmortem without the section has none."""
    return tuple(block.text.strip() for block in passage_blocks(postmortem, section))


@own_answer
def heading_of(postmortem: Postmortem, section: str) -> str:
    """The heading of a section, by its canonical name; empty where it has none of its own."""
    found = postmortem.body.find(section)
    return found.title if found and not found.is_label else ""


def passage_blocks(postmortem: Postmortem, section: str) -> tuple[Block, ...]:
    """The blocks that make the points of a section: its outermost list items and the rows of its tables; without any,
    its paragraphs, or those of its subsections.

    A lone "None: <reason>" is an answer, and no point.
    """
    found = postmortem.body.find(section)
    if found is None:
        return ()
    blocks = [point for block in found.all_blocks() for point in _points(block)]
    for within in (found.blocks, found.all_blocks()):
        blocks = blocks or [block for block in within if block.kind is BlockKind.PARAGRAPH]
    if found.says_none and len(blocks) == 1:
        return ()
    return tuple(block for block in blocks if (text := block.text.strip()) and not text.casefold().startswith(_NOTHING))


def _points(block: Block) -> Iterator[Block]:
    if block.kind is BlockKind.LIST_ITEM and block.depth == 1:
        yield block
    if block.kind is BlockKind.TABLE:
        for row in block.rows[1:]:
            yield Block(
                block.kind, row.line, row.line, " · ".join(cell for each in row.cells if (cell := each.strip()))
            )


@own_answer
def points_made(postmortem: Postmortem) -> int:
    """Number of points in the sections that say why it happened, how the response went, and what was learnt."""
    return sum(len(passages(postmortem, section)) for section in _EXPLAINING)

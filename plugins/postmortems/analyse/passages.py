"""The points that a postmortem makes in one of its sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Block, BlockKind

FACTORS = "Contributing Factors"

_EXPLAINING = (FACTORS, "Detection Gaps", "What Went Well", "Areas for Improvement", "Lessons Learned")

_NOTHING = ("none:", "none –", "none -")


@dataclass(frozen=True, slots=True)
class Passages:
    """The points that one postmortem makes in a section, as their author's Markdown."""

    postmortem: Postmortem
    section: str
    points: tuple[str, ...]


def passages_of(section: str, members: Iterable[Postmortem]) -> tuple[Passages, ...]:
    """The passages of those postmortems that have any in a section, given by its canonical name."""
    return tuple(Passages(member, section, points) for member in members if (points := passages(section, member)))


def passages(section: str, postmortem: Postmortem) -> tuple[str, ...]:
    """The points of a section as their author's Markdown; a postmortem without the section has none."""
    return tuple(block.text.strip() for block in passage_blocks(section, postmortem))


def passage_blocks(section: str, postmortem: Postmortem) -> tuple[Block, ...]:
    """The blocks that make the points of a section: its outermost list items, or its paragraphs without any.

    A lone "None: <reason>" is an answer, and no point.
    """
    found = postmortem.body.find(section)
    if found is None:
        return ()
    items = [block for block in found.all_blocks() if block.kind is BlockKind.LIST_ITEM and block.depth == 1]
    blocks = items or [block for block in found.blocks if block.kind is BlockKind.PARAGRAPH]
    return tuple(block for block in blocks if (text := block.text.strip()) and not text.casefold().startswith(_NOTHING))


def points_made(postmortem: Postmortem) -> int:
    """Number of points in the sections that say why it happened, how the response went, and what was learnt."""
    return sum(len(passages(section, postmortem)) for section in _EXPLAINING)

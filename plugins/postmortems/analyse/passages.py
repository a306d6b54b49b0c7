"""The points that a postmortem makes in one of its sections."""

from __future__ import annotations

from postmortems.model.postmortem import Postmortem
from postmortems.model.section import BlockKind

FACTORS = "Contributing Factors"

_NOTHING = ("none:", "none –", "none -")


def passages(section: str, postmortem: Postmortem) -> tuple[str, ...]:
    """The points of a section as their author's Markdown: its outermost list items, or its paragraphs without any.

    A lone "None: <reason>" is an answer, and no point; a postmortem without the section has none.
    """
    found = postmortem.body.find(section)
    if found is None:
        return ()
    items = [block for block in found.all_blocks() if block.kind is BlockKind.LIST_ITEM and block.depth == 1]
    blocks = items or [block for block in found.blocks if block.kind is BlockKind.PARAGRAPH]
    texts = (block.text.strip() for block in blocks)
    return tuple(text for text in texts if text and not text.casefold().startswith(_NOTHING))

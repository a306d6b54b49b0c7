"""The labelled points of an executive summary: `**Impact:** …`, `**Root cause:** …`, `**Fix:** …`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from postmortems.model.section import Block, BlockKind, Body
from postmortems.model.summary_points import SummaryPoints
from postmortems.read.bold_labels import label_and_text
from postmortems.read.headings import Rank, meaning_of
from postmortems.read.languages import plain_word, word_list

_SECTIONS = {
    "Impact Assessment": "impact",
    "Technical Impact": "impact",
    "Business Impact": "impact",
    "Root Cause Analysis": "cause",
    "Primary Cause": "cause",
}
_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]\.?")
_LONGEST_LABEL = 60


def read_summary_points(body: Body, synonyms: Mapping[str, str]) -> SummaryPoints:
    """The points of the summary, each the first with its label; a label at the head of the document is one, too.

    They may be list items, lines or rows of a table of two columns. A text of the template is none.
    """
    found: dict[str, str] = {}
    for label, text in _labelled(body):
        name = _name_of(label, synonyms) if len(label) <= _LONGEST_LABEL else None
        if name and _says_something(text):
            found.setdefault(name, text)
    return SummaryPoints(**found)


def _labelled(body: Body) -> Iterator[tuple[str, str]]:
    """Every label with the text behind it, where labels are the document's headings and in the summary."""
    for section in body.walk():
        if section.is_label and section.blocks and section.blocks[0].first == section.line:
            yield section.title, section.blocks[0].text.strip()
            for block in section.blocks[1:]:
                yield from _of_block(block)
    summary = body.find("Executive Summary")
    for block in summary.all_blocks() if summary else body.lead:
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[tuple[str, str]]:
    if block.kind is BlockKind.TABLE:
        yield from ((row.cells[0].strip(" *_:"), row.cells[1].strip()) for row in block.rows if len(row.cells) == 2)
    elif block.kind in (BlockKind.LIST_ITEM, BlockKind.PARAGRAPH):
        label, words = "", list[str]()
        for line in block.text.split("\n"):
            begun = label_and_text(line)
            if begun and label:
                yield label, "\n".join(words)
            if begun:
                label, words = begun[0], [begun[1]]
            else:
                words.append(line.strip())
        if label:
            yield label, "\n".join(words)


def _name_of(label: str, synonyms: Mapping[str, str]) -> str | None:
    if plain_word(label) in word_list("fix_labels"):
        return "fix"
    meaning = meaning_of(label, synonyms)
    return _SECTIONS.get(meaning.name) if meaning and meaning.rank <= Rank.SYNONYM else None


def _says_something(text: str) -> bool:
    return any(character.isalpha() for character in text) and not _PLACEHOLDER.fullmatch(text.strip())

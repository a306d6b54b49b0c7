"""Bold labels that play a heading's part: a line that is only bold (`**Impact**`), or bold up to a colon or a dash
(`**Root Cause:** text`).

They count where the document has no headings of their level: labels of sections where no heading names a section, or
with text behind them at the head of the document where no heading names that section; those of subsections where the
section that they belong to has no heading below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from postmortems.model.section import OPTIONAL_SECTIONS, SECTIONS, Block, BlockKind
from postmortems.read.headings import Heading, Meaning, meaning_of

LABEL = re.compile(r"[ \t]{0,3}(\*\*|__)(?P<words>[^*_\n]{2,80})\1(?P<behind>.*)")
"""A line that begins with a bold label of these `words`."""

_BEHIND = re.compile(r"[ \t]{0,4}(?:[:：]|[–—-](?=[ \t]))[ \t]*")
_DEEPEST = 6


def label_and_text(line: str) -> tuple[str, str] | None:
    """The words of the bold label that a line begins with, and the text behind it; None for any other line."""
    label = LABEL.fullmatch(line)
    if label is None:
        return None
    words, behind = label["words"].strip(), label["behind"]
    if not words.endswith((":", "：")) and not _BEHIND.match(behind):
        return None
    return words.rstrip(":： "), _BEHIND.sub("", behind, count=1).strip()


def with_labels(outline: Sequence[Block | Heading], synonyms: Mapping[str, str]) -> Sequence[Block | Heading]:
    """The outline with the labels that count as headings, and what is behind them as paragraphs."""
    if not any(isinstance(item, Block) and _may_hold_labels(item) for item in outline):
        return outline
    labels = _Labels(outline, synonyms)
    return [part for index in range(len(outline)) for part in labels.parts(index)]


def _may_hold_labels(block: Block) -> bool:
    return (block.kind is BlockKind.PARAGRAPH and not block.depth and block.text.lstrip().startswith(("**", "__"))) or (
        block.kind is BlockKind.PARAGRAPH and not block.depth and ("\n**" in block.text or "\n__" in block.text)
    )


class _Labels:
    """A walk over an outline. `above` are the headings and labels that the walk is below."""

    def __init__(self, outline: Sequence[Block | Heading], synonyms: Mapping[str, str]) -> None:
        self.outline, self.synonyms = outline, synonyms
        headings = [heading for heading in outline if isinstance(heading, Heading)]
        self.is_flat = not any(
            heading.meaning
            and SECTIONS.get(heading.meaning.name) is None
            and heading.meaning.name not in OPTIONAL_SECTIONS
            for heading in headings
        )
        self.named = {heading.meaning.name for heading in headings if heading.meaning}
        self.above: list[Heading] = []
        self.parents = self._with_headings_below(headings)

    def _with_headings_below(self, headings: Sequence[Heading]) -> set[int]:
        """The lines of the headings that another one is below."""
        found: set[int] = set()
        for before, heading in pairwise(headings):
            if heading.level > before.level:
                found.add(before.line)
        return found

    def parts(self, index: int) -> Iterator[Block | Heading]:
        """A heading or block as it is, or the labels of a paragraph and the text between them."""
        part = self.outline[index]
        if isinstance(part, Heading):
            yield self._entered(part)
        elif _may_hold_labels(part):
            yield from self._of_paragraph(part)
        else:
            yield part

    def _of_paragraph(self, block: Block) -> Iterator[Block | Heading]:
        first, kept = block.first, []
        for line, text in enumerate(block.text.split("\n"), block.first):
            label = LABEL.fullmatch(text)
            heading = self._heading(label, line) if label else None
            if heading is None:
                kept.append(text)
                continue
            if any(kept):
                yield Block(BlockKind.PARAGRAPH, first, line - 1, "\n".join(kept))
            yield self._entered(heading)
            behind = _BEHIND.sub("", label["behind"], count=1).strip() if label else ""
            first, kept = (line, [behind]) if behind else (line + 1, [])
        if any(kept):
            yield Block(BlockKind.PARAGRAPH, first, block.last, "\n".join(kept))

    def _heading(self, label: re.Match[str], line: int) -> Heading | None:
        words, behind = label["words"].strip(), label["behind"]
        if behind.strip() and not words.endswith((":", "：")) and not _BEHIND.match(behind):
            return None
        meaning = meaning_of(words, self.synonyms)
        level = self._level(meaning, has_text=bool(_BEHIND.sub("", behind, count=1).strip())) if meaning else None
        return Heading(words, meaning, level, line, is_label=True) if level else None

    def _level(self, meaning: Meaning, *, has_text: bool) -> int | None:
        """The level of a label, one below what it belongs to; None where it does not count.

        `has_text` tells whether text follows on its line.
        """
        parent = SECTIONS.get(meaning.name)
        around = next(
            (heading for heading in reversed(self.above) if heading.meaning and heading.meaning.name == parent), None
        )
        if parent and around and around.line not in self.parents:
            return min(around.level + 1, _DEEPEST)
        at_head = has_text and not parent and meaning.name not in self.named and self._is_at_head()
        if not self.is_flat and not at_head:
            return None
        written = [heading.level for heading in self.above if not heading.is_label]
        return min((written[-1] if written else 1) + 1, _DEEPEST)

    def _is_at_head(self) -> bool:
        """True above the first heading that is not the document's title."""
        written = [heading for heading in self.above if not heading.is_label]
        return not written or (len(written) == 1 and written[0].level == 1 and written[0].meaning is None)

    def _entered(self, heading: Heading) -> Heading:
        self.above = [*(above for above in self.above if above.level < heading.level), heading]
        return heading

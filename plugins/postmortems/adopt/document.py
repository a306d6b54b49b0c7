"""A Markdown document in any shape: its front matter of any keys, its body, and what it states of itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from postmortems.adopt.old_front_matter import split
from postmortems.model.section import TEMPLATE_SECTIONS, Block, BlockKind, Body, Section
from postmortems.model.source import Source
from postmortems.read.body import read_body
from postmortems.read.front_matter import ReadFrontMatter
from postmortems.read.headings import Rank, meaning_of
from postmortems.read.languages import plain_word, word_list, words
from postmortems.read.timeline.time_parser import read_stamp
from postmortems.settings import Settings
from postmortems.text.inline import without_escapes

_LABEL = re.compile(
    r"\s{0,8}(?P<mark>\*\*|__|)(?P<key>[^\W_][^:：*|\n]{0,60}?)\s?(?:[:：]\s?(?P=mark)|(?P=mark)\s?[:：])"
)
_BOLD_ALONE = re.compile(r"\s{0,8}(?:\*\*|__)(?P<key>[^\W_][^:：*|\n]{0,60}?)(?:\*\*|__)(?=\s|$)")
_ALL_BOLD = re.compile(r"\s{0,8}(?:\*\*|__)(?P<words>[^*\n]{3,200})(?:\*\*|__)\s*")
_MARKUP = re.compile(r"[*`]|(?<!\w)_+|_+(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,1000}\)")
_MOST_COLUMNS = 12
_LONGEST_ROLE = 6
"""Maximum words of a label without a colon before a time."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A labelled value of a document: the role of its label, its words, and its line."""

    role: str
    value: str
    line: int
    label: str = ""

    @property
    def origin(self) -> str:
        """Place of the value, for a reader of the plan."""
        return f"line {self.line}"


@dataclass(frozen=True)
class Document:
    """One file of a folder of prose; `source` is its path there."""

    source: str
    text: Source
    settings: Settings

    @cached_property
    def front_matter(self) -> Mapping[str, object]:
        """The keys and values of the front matter, whatever they are."""
        return self.parts.values

    @cached_property
    def body(self) -> Body:
        """The text below the front matter."""
        return read_body(self.parts.body, self.settings.synonyms)

    @cached_property
    def parts(self) -> ReadFrontMatter:
        """The front matter and the body."""
        return split(self.text)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Everything that it states under a known label, in the order of the text."""
        return (*self._of_front_matter(), *self._of_body())

    def stated(self, role: str) -> Iterator[Statement]:
        """The statements with a role, in the order of the text."""
        return (statement for statement in self.statements if statement.role == role)

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """The document's own heading for each canonical section; bold labels of a list count where no heading does."""
        found: Mapping[str, str] = {
            section.name: section.title for section in reversed(list(self.body.walk())) if section.name
        }
        for block in self.body.blocks():
            labelled = self._labelled(block)
            # `Short term` in a list is a horizon of the action items only where these are above it.
            if all(TEMPLATE_SECTIONS[name] != "Action Items" or "Action Items" in found for name in labelled):
                found = {**labelled, **found}
        return found

    @cached_property
    def title_heading(self) -> Section | None:
        """The heading that names the document: the first of level 1, unless it is that of a section or of metadata."""
        for section in self.body.walk():
            if section.name:
                break
            if section.level == 1 and section.title.strip() and not self._opens_a_part(section.title):
                return section
        return None

    def _opens_a_part(self, heading: str) -> bool:
        """True if a heading tells what is below it, not what the document is about: "What happened", "Metadata"."""
        meaning = meaning_of(heading, self.settings.synonyms)
        return (meaning is not None and meaning.rank <= Rank.WEAK) or plain_word(plain(heading)) in word_list(
            "preambles"
        )

    def labelled_list(self, name: str) -> Body | None:
        """The text below a bold label of a list that means a section, as a body with that section; else None."""
        blocks = list(self.body.blocks())
        found = next((index for index, block in enumerate(blocks) if name in self._labelled(block)), None)
        if found is None:
            return None
        item = blocks[found]
        below = list(takewhile(lambda block: _is_below(block, item), blocks[found + 1 :]))
        if not below and self.body.line(item.first).lstrip()[:1] in "-*+":
            # What follows a list's last label, without being indented, belongs to it, too.
            end = min((section.line for section in self.body.walk() if section.line > item.last), default=sys.maxsize)
            below = list(
                takewhile(
                    lambda block: block.first < end and self.body.line(block.first).lstrip()[:1] not in "-*+",
                    blocks[found + 1 :],
                )
            )
        return self._body_of(name, item, below)

    def _labelled(self, block: Block) -> Mapping[str, str]:
        """The section that the bold label of a list's item means, with the label's words."""
        label = _label(block.text) if block.kind is BlockKind.LIST_ITEM else None
        meaning = meaning_of(label[0], self.settings.synonyms) if label and label[2] else None
        return {meaning.name: label[0]} if label and meaning and meaning.rank <= Rank.WEAK else {}

    def _body_of(self, name: str, block: Block, below: Sequence[Block]) -> Body | None:
        if not below:
            return None
        lines = [self.body.line(number) for number in range(block.last + 1, below[-1].last + 1)]
        indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
        text = "\n".join([f"## {name}", *(line[indent:] for line in lines)])
        return read_body(Source(self.source, text, block.last), self.settings.synonyms)

    def _of_front_matter(self) -> Iterator[Statement]:
        for key, value in self.front_matter.items():
            role = _role(str(key))
            place = self.parts.document.places.get((key,))
            for item in value if isinstance(value, list) else [value]:
                if role and isinstance(item, str | int | float) and not isinstance(item, bool):
                    yield Statement(role, str(item), place.line if place else 1, str(key))

    def _of_body(self) -> Iterator[Statement]:
        yield from _of_blocks(self.body.lead)
        for section in self.body.walk():
            role = _role(section.title)
            if role:
                yield from _of_section(role, section)
            if section.name == "Timeline":
                paragraphs = [block for block in section.blocks if block.kind is BlockKind.PARAGRAPH]
                yield from (statement for statement in _of_blocks(paragraphs) if statement.role == "day")
            elif section.name != "Action Items":
                yield from _of_blocks(section.blocks)


def _is_below(block: Block, item: Block) -> bool:
    """True if a block belongs to an item of a list."""
    return block.depth > item.depth or (block.depth == item.depth and block.kind is not BlockKind.LIST_ITEM)


def _of_section(role: str, section: Section) -> Iterator[Statement]:
    """A section whose heading is a label: its first paragraph, or the items of its list."""
    for block in section.blocks:
        if block.kind is BlockKind.LIST_ITEM:
            yield Statement(role, plain(block.text), block.first, section.title)
        elif block.kind is BlockKind.PARAGRAPH:
            yield Statement(role, plain(block.text), block.first, section.title)
            return
        else:
            return


def _of_blocks(blocks: Sequence[Block]) -> Iterator[Statement]:
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            yield from _of_table(block)
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            for line, text in enumerate(block.text.split("\n"), block.first):
                if statement := _of_line(text, line):
                    yield statement


def _of_line(text: str, line: int) -> Statement | None:
    if whole := _ALL_BOLD.fullmatch(text):
        text = whole["words"]
    label = _label(text)
    if label and (role := _role(label[0])):
        return Statement(role, plain(label[1]), line, label[0])
    # The colon may be that of a time.
    return _before_time(plain(text), line)


def _before_time(text: str, line: int) -> Statement | None:
    """A label without a colon, before a time: "Incident declared 2022-11-15 16:05"."""
    parts = text[:200].split(" ")
    for number in range(min(_LONGEST_ROLE, len(parts) - 1), 0, -1):
        role = _role(" ".join(parts[:number]))
        if role:
            stamp = read_stamp(" ".join(parts[number:]))
            return Statement(role, " ".join(parts[number:]), line, " ".join(parts[:number])) if stamp else None
    return None


def _of_table(block: Block) -> Iterator[Statement]:
    """The rows of a table of labels and values, or the columns of one with a single row below its labels."""
    rows = block.rows
    if rows and len(rows[0].cells) == 2:
        for row in rows:
            key, value = (plain(cell) for cell in row.cells)
            if value and (role := _role(key.rstrip(" :"))):
                yield Statement(role, value, row.line, key)
    elif len(rows) == 2:
        for key, value in zip(rows[0].cells[:_MOST_COLUMNS], rows[1].cells, strict=False):
            if value.strip() and (role := _role(plain(key))):
                yield Statement(role, plain(value), rows[1].line, plain(key))


def _label(text: str) -> tuple[str, str, bool] | None:
    """The label at the head of a line, the text behind it, and whether it is bold."""
    found = _LABEL.match(text) or _BOLD_ALONE.match(text)
    if not found:
        return None
    return plain(found["key"]), text[found.end() :].strip(), text.lstrip()[:2] in ("**", "__")


def plain(text: str) -> str:
    """The words of inline Markdown, on one line."""
    return " ".join(without_escapes(_MARKUP.sub("", _LINK.sub(r"\1", text[:5_000]))).split())


def _role(label: str) -> str:
    """Role of a label, as the word lists of metadata have it; empty if the label is not known."""
    return words("metadata").get(plain_word(label), "") if len(label) < 80 else ""

"""The body of a Markdown file: its blocks and its tree of headings, every one with its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from postmortems.model.place import Place
from postmortems.model.quick_pickle import quickly_pickled

TEMPLATE_SECTIONS: dict[str, str | None] = {
    "Executive Summary": None,
    "Timeline": None,
    "Root Cause Analysis": None,
    "Primary Cause": "Root Cause Analysis",
    "Contributing Factors": "Root Cause Analysis",
    "Detection Gaps": "Root Cause Analysis",
    "Impact Assessment": None,
    "Technical Impact": "Impact Assessment",
    "Business Impact": "Impact Assessment",
    "Response Evaluation": None,
    "What Went Well": "Response Evaluation",
    "Areas for Improvement": "Response Evaluation",
    "Action Items": None,
    "Immediate": "Action Items",
    "Short-term": "Action Items",
    "Long-term": "Action Items",
    "Lessons Learned": None,
}
"""Every section of the template, in its order, with the section that it belongs to."""

SAVED_BY = "What Saved Us"
"""The section of a near miss that says what kept it from becoming an incident."""

NEAR_MISS_SECTIONS = ("Executive Summary", SAVED_BY, "Action Items")
"""The sections of a near miss in its short form."""

OPTIONAL_SECTIONS = ("What Surprised Us", "What Made It Hard", "Still Not Understood", "Runbook Changes")
"""Sections that are gathered where authors wrote them; no rule asks for them, and no figure counts them."""

SECTIONS: Mapping[str, str | None] = TEMPLATE_SECTIONS | dict.fromkeys((SAVED_BY, *OPTIONAL_SECTIONS))
"""Every canonical section, with the section that it belongs to. Those outside the template are on their own, wherever
their heading is."""


class BlockKind(StrEnum):
    """Kind of a block of Markdown. List items and table rows are blocks of their own."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE = "table"
    CODE = "code"
    QUOTE = "quote"
    HTML = "html"
    COMMENT = "comment"
    RULE = "rule"


class Block(NamedTuple):
    """One block of a body.

    `first` and `last` are its lines, both included, counted in the file from 1. `text` is the raw Markdown inside
    it: for a heading its words, for a list item the item's own text without nested items, for code its content.
    `depth` is the heading's level, the list item's nesting (1 = outermost), else 0; `rows` are a table's rows,
    header first.
    """

    kind: BlockKind
    first: int
    last: int
    text: str
    depth: int = 0
    rows: tuple[Row, ...] = ()


class Row(NamedTuple):
    """One row of a table: its line and its cells' raw Markdown."""

    line: int
    cells: tuple[str, ...]


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Section:
    """A heading and everything below it, up to the next heading of its own level or a higher one.

    `title` is the heading as written, `name` its canonical name where it is one (`Primary Cause`), `line` the
    heading's line and `last` the section's last line. `blocks` stand directly below the heading; `children` are
    the subsections. `is_exact` tells that the heading is the canonical name itself, `is_label` that it is a bold label
    in the text and no heading of the page, so that it has no anchor. `says_none` tells that it, or one below it, says
    `None: <reason>`, which is how a section truly has nothing.
    """

    title: str
    name: str | None
    level: int
    line: int
    last: int
    blocks: tuple[Block, ...] = ()
    children: tuple[Section, ...] = ()
    is_exact: bool = False
    is_label: bool = False
    says_none: bool = False

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the order of the text."""
        return iter(_walk((self,)))

    def all_blocks(self) -> Iterator[Block]:
        """The blocks of this section and of all below it, in the order of the text, headings left out."""
        for section in _walk((self,)):
            yield from section.blocks


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Body:
    """The text below the front matter.

    `first` is the line of the file at `path` on which the body begins, `lines` its text without line ends, `lead` the
    blocks before the first heading and `sections` the outermost sections.
    """

    first: int
    lines: tuple[str, ...]
    lead: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    path: str = ""

    def walk(self) -> Iterator[Section]:
        """Every section at every level, in the order of the text."""
        return iter(_walk(self.sections))

    def blocks(self) -> Iterator[Block]:
        """Every block but the headings, in the order of the text."""
        yield from self.lead
        for section in self.sections:
            yield from section.all_blocks()

    def find(self, name: str) -> Section | None:
        """The first section with this canonical name, at any level; one that bears the name itself before others."""
        found = self.find_all(name)
        return next((section for section in found if section.is_exact), found[0] if found else None)

    def find_all(self, name: str) -> tuple[Section, ...]:
        """All sections with this canonical name."""
        return tuple([section for section in _walk(self.sections) if section.name == name])

    def line(self, number: int) -> str:
        """The text of the file's line `number`; empty outside the body."""
        index = number - self.first
        return self.lines[index] if 0 <= index < len(self.lines) else ""

    def place(self, line: int, column: int = 1, length: int = 0) -> Place:
        """The place of `length` characters on one of its lines."""
        return Place.at(self.path, line, column, length)


def _walk(sections: tuple[Section, ...]) -> list[Section]:
    # Without recursion, and at once: every part of a page looks for its section by a walk of its own.
    found = []
    waiting = [*reversed(sections)]
    while waiting:
        section = waiting.pop()
        found.append(section)
        if section.children:
            waiting.extend(reversed(section.children))
    return found

"""A Markdown document in any shape: its front matter of any keys, its body, and what it states of itself."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from postmortems.adopt.old_front_matter import split
from postmortems.adopt.statements import Statement, label_of, of_blocks, of_section, plain, role_of, role_of_key
from postmortems.model.front_matter import MOMENTS
from postmortems.model.section import SECTIONS, Block, BlockKind, Body, Section
from postmortems.model.source import Source
from postmortems.read.body import read_body
from postmortems.read.front_matter import ReadFrontMatter
from postmortems.read.headings import Rank, meaning_of
from postmortems.read.languages import plain_word, word_list
from postmortems.read.timeline.time_parser import read_stamp
from postmortems.settings import Settings

_HEAD = 10_000
_EXPORTED = re.compile(r"^export\s+const\s+\w+\s*=\s*\{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_PAIR = re.compile(r"^\s+(?P<key>\w+):\s*(?P<quote>['\"`])(?P<value>[^\n]{0,500}?)(?P=quote),?\s*$", re.MULTILINE)
_CLOCK = re.compile(r"\d[ T]\d{1,2}:\d\d")
_ASIDE = re.compile(r"[(（][^()（）]{0,200}[)）]")
_FEW_WORDS = 3


@dataclass(frozen=True)
class Document:
    """One file of a folder of prose; `source` is its path there."""

    source: str
    text: Source
    settings: Settings

    @cached_property
    def front_matter(self) -> Mapping[str, object]:
        """The keys and values of the front matter, whatever they are."""
        return {**self._exported, **self.parts.values}

    @cached_property
    def _exported(self) -> Mapping[str, str]:
        """The values of text in the object that an MDX file exports as its metadata."""
        found = _EXPORTED.search(self.parts.body.text[:_HEAD]) if self.source.endswith(".mdx") else None
        return {pair["key"]: pair["value"] for pair in _PAIR.finditer(found[1])} if found else {}

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
            if all(SECTIONS[name] != "Action Items" or "Action Items" in found for name in labelled):
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
        label = label_of(block.text) if block.kind is BlockKind.LIST_ITEM else None
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
        found = [*self._of_keys(self.front_matter)]
        yield from found
        roles = {statement.role for statement in found}
        # A status page dates its notes by the beginning of the incident.
        if "resolved_at" in roles and "started_at" not in roles:
            dates = (statement for statement in found if statement.label == "date")
            yield from (replace(date, role="started_at") for date in dates if _CLOCK.search(date.value))

    def _of_keys(self, values: Mapping[str, object]) -> Iterator[Statement]:
        for key, value in values.items():
            place = self.parts.document.places.get((key,))
            line = place.line if place else 1
            role = role_of_key(str(key))
            for item in value if isinstance(value, list) else [value]:
                if role and isinstance(item, str | int | float) and not isinstance(item, bool):
                    yield Statement(role, str(item), line, str(key), is_key=True)
            for inner, text in value.items() if isinstance(value, dict) else ():
                if isinstance(text, str) and (role := role_of_key(str(inner))) in (*MOMENTS, "severity"):
                    yield Statement(role, text, line, str(inner), is_key=True)

    def _of_body(self) -> Iterator[Statement]:
        yield from of_blocks(self.body.lead, quotes=True)
        for section in self.body.walk():
            role = role_of(section.title)
            if role:
                yield from of_section(role, section)
            if section.name == "Timeline":
                yield from _of_timeline(section)
            elif section.name != "Action Items":
                # Metadata below the title may be in a quote; further down one quotes somebody else.
                yield from of_blocks(section.blocks, quotes=section is self.title_heading)


def _of_timeline(section: Section) -> Iterator[Statement]:
    """The day of a timeline, and the moments that its entries state by a label: "Incident start: 2024-02-06 14:02"."""
    found = list(of_blocks(section.blocks))
    often = Counter(statement.role for statement in found)
    items = {block.first for block in section.blocks if block.kind is not BlockKind.PARAGRAPH}
    for statement in found:
        is_day = statement.role == "day" and statement.line not in items
        is_moment = statement.role in MOMENTS and often[statement.role] == 1
        if is_day or (is_moment and _is_bare_moment(statement.value)):
            yield statement


def _is_bare_moment(value: str) -> bool:
    """True if a value is a day with a time and hardly a word more: then it states its label, and tells no event."""
    stamp = read_stamp(value, cell=True)
    return bool(stamp and stamp.day and stamp.clock and len(_ASIDE.sub(" ", stamp.rest).split()) <= _FEW_WORDS)


def _is_below(block: Block, item: Block) -> bool:
    """True if a block belongs to an item of a list."""
    return block.depth > item.depth or (block.depth == item.depth and block.kind is not BlockKind.LIST_ITEM)

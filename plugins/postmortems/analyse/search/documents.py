"""Documents of the search: what a pattern or a postmortem says, by how much each part of it tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from postmortems.analyse.tokens import SECTIONS
from postmortems.model.corpus import Corpus
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Block, BlockKind, Section


class Kind(StrEnum):
    """Kind of a document that a search answers with."""

    PATTERN = "pattern"
    POSTMORTEM = "postmortem"


class Where(StrEnum):
    """Part of a document in which a word stands."""

    TITLE = "title"
    SIGNAL = "signal"
    ALIAS = "alias"
    SERVICE = "service"
    OWNER = "owner"
    ROOT_CAUSE = "root cause"
    TRIGGER = "trigger"
    TELLING = "telling"
    TEXT = "text"


WEIGHTS: Mapping[Where, float] = {
    Where.TITLE: 5,
    Where.SIGNAL: 4,
    Where.ALIAS: 4,
    Where.SERVICE: 3,
    Where.OWNER: 3,
    Where.ROOT_CAUSE: 4,
    Where.TRIGGER: 3,
    Where.TELLING: 1.5,
    Where.TEXT: 1,
}
"""Weight of a word by where it stands: an author weighs those of a title, and names a signal to be found by it."""

SYMPTOMS = ("right now", "you may see", "what it looks like", "how to notice it early")
"""The sections of a pattern that say what somebody sees who is in it."""

_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.QUOTE, BlockKind.CODE})


@dataclass(frozen=True, slots=True)
class Document:
    """A pattern or a postmortem that a search may answer with, and the label texts by where they stand."""

    kind: Kind
    subject: Pattern | Postmortem
    labels: tuple[tuple[Where, str], ...]

    def texts(self) -> Iterator[tuple[Where, str]]:
        """Everything that it says, each text with the part that it stands in."""
        yield from self.labels
        for section, block in self.blocks():
            yield (Where.TELLING if self.tells(section) else Where.TEXT), block_text(block)

    def blocks(self) -> Iterator[tuple[Section | None, Block]]:
        """The blocks of its text that hold words, each with its section."""
        for block in self.subject.body.lead:
            if block.kind in _READ:
                yield None, block
        for section in self.subject.body.walk():
            for block in section.blocks:
                if block.kind in _READ:
                    yield section, block

    def tells(self, section: Section | None) -> bool:
        """True if a section says what happened, or what somebody sees."""
        if section is None:
            return False
        return section.name in SECTIONS if self.kind is Kind.POSTMORTEM else section.title.casefold() in SYMPTOMS


def documents(corpus: Corpus) -> Iterator[Document]:
    """The patterns, then the postmortems, the newest first."""
    yield from map(document_of, subjects(corpus))


def subjects(corpus: Corpus) -> tuple[Pattern | Postmortem, ...]:
    """The patterns and postmortems that the documents are of, in their order."""
    return (*corpus.patterns, *reversed(corpus.postmortems))


def document_of(subject: Pattern | Postmortem) -> Document:
    """The document of a pattern or a postmortem."""
    if isinstance(subject, Pattern):
        return Document(Kind.PATTERN, subject, tuple(pattern_labels(subject)))
    return Document(Kind.POSTMORTEM, subject, tuple(postmortem_labels(subject)))


def block_text(block: Block) -> str:
    """The words of a block, with its marks."""
    return "\n".join(cell for row in block.rows for cell in row.cells) or block.text


def pattern_labels(pattern: Pattern) -> Iterator[tuple[Where, str]]:
    """The title, the signals and the aliases of a pattern."""
    yield Where.TITLE, pattern.title
    yield from _each(Where.SIGNAL, pattern.signals)
    yield from _each(Where.ALIAS, pattern.aliases)


def postmortem_labels(postmortem: Postmortem) -> Iterator[tuple[Where, str]]:
    """The title and the labels of a postmortem's front matter."""
    matter = postmortem.front_matter
    yield Where.TITLE, postmortem.title
    yield from _each(Where.SERVICE, matter.services)
    named = ((Where.OWNER, matter.owner), (Where.ROOT_CAUSE, postmortem.root_cause), (Where.TRIGGER, matter.trigger))
    yield from ((where, words) for where, words in named if words)


def _each(where: Where, texts: Iterable[str]) -> Iterator[tuple[Where, str]]:
    return ((where, text) for text in texts)

"""Evidence of an answer: the labels that hold words of the question, and the passage that tells most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postmortems.analyse.search.documents import Document, Where, block_text
from postmortems.analyse.search.index import SearchIndex
from postmortems.analyse.search.question import Question
from postmortems.analyse.search.words import forms, stem

_LIKE_A_LABEL = 0.5
"""Least share of a label's own words that the question has to have, for a signal or an alias to be named."""

_OF_TELLING = 1.25
"""Weight of a passage in a section that says what happened, or what somebody sees."""

_LONGEST_BLOCK = 5_000


@dataclass(frozen=True, slots=True)
class Reason:
    """A label that holds words of the question, as its author wrote it."""

    where: Where
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a document in its author's Markdown, and the heading above it, empty where there is none."""

    section: str
    text: str


class Evidence:
    """Labels and passages of documents that hold words of one question."""

    def __init__(self, index: SearchIndex, question: Question) -> None:
        self._rarity = {
            name: weight * index.rarity(name) for term in question.terms for name, weight in term.stems.items()
        }

    def is_asked(self, word: str) -> bool:
        """True if a word, as written, is one of those that were asked for."""
        return any(stem(form) in self._rarity for form in forms(word))

    def reasons(self, document: Document) -> tuple[Reason, ...]:
        """The labels that hold words of the question, in the order of the document."""
        return tuple(self._reasons(document))

    def passage(self, document: Document) -> Passage | None:
        """The passage that holds most of the question; None where only labels do."""
        best: tuple[float, Passage] | None = None
        for section, block in document.blocks():
            text = block_text(block)[:_LONGEST_BLOCK]
            held = {name for form in forms(text) if (name := stem(form)) in self._rarity}
            weight = sum(self._rarity[name] for name in held) * (_OF_TELLING if document.tells(section) else 1)
            if weight and (best is None or weight > best[0]):
                best = weight, Passage(section.title if section else "", text)
        return best[1] if best else None

    def _reasons(self, document: Document) -> Iterator[Reason]:
        for where, text in document.labels:
            told = {stem(form) for form in forms(text)}
            held = told & self._rarity.keys()
            if held and (where not in (Where.SIGNAL, Where.ALIAS) or len(held) >= len(told) * _LIKE_A_LABEL):
                yield Reason(where, text)

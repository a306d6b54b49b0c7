"""The index of a search: which document holds which words, and the answers to a question.

The score of a document is BM25F over its parts: each word counts by where it stands (`WEIGHTS`), more of the same word
counts ever less, a long text counts less, and a word that few documents have counts more. Source: S. Robertson,
H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, Foundations and Trends in Information Retrieval 3
(2009) 333-389. What answers more of a question's words is raised by the share of their rarity that it has.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.search.documents import WEIGHTS, Document, Kind, document_of, documents
from postmortems.analyse.search.question import Question, Term, read_question
from postmortems.analyse.search.words import forms, stem
from postmortems.model.corpus import Corpus
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem

SATURATION = 8.0
LENGTH = 0.8
COVERAGE = 0.5
"""BM25's k1, which is high since weights of up to 5 are counted, its b, and the exponent of the share; chosen by the
questions of `tests/analyse/questions.yml`."""

COVERED = 0.5
ENOUGH = 10
"""The share of what the best covers of a question that a postmortem has to cover where so many do: who asks for a
connection pool is not answered by every connection."""

MANY = 100
"""The number of documents from which a word that a single one has may be a slip of its author."""

MOST_PATTERNS = 3
WORTH_TELLING = 0.6
"""The share of the best pattern's score that another one needs."""

_LONGEST_TEXT = 60_000


@dataclass(frozen=True, slots=True)
class Answer:
    """A document that answers a question: how well, and how much of the question it covers beside what the best does.

    The best of its kind has the highest score.
    """

    document: Document
    score: float
    covered: float


class SearchIndex:
    """The words of all documents; built once, in time that is linear in the corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.documents = tuple(documents(corpus))
        self._postings: defaultdict[str, tuple[array[int], array[float]]] = defaultdict(
            lambda: (array("I"), array("f"))
        )
        self._words: Counter[str] = Counter()
        lengths = array("f")
        for place, document in enumerate(self.documents):
            counted: defaultdict[str, float] = defaultdict(float)
            for where, text in document.texts():
                for word, count in Counter(forms(text[:_LONGEST_TEXT])).items():
                    counted[word] += count * WEIGHTS[where]
            self._words.update(counted.keys())
            stems: defaultdict[str, float] = defaultdict(float)
            for word, weight in counted.items():
                stems[stem(word)] += weight
            for name, weight in stems.items():
                held, weights = self._postings[name]
                held.append(place)
                weights.append(weight)
            lengths.append(sum(stems.values()))
        self._lengths = lengths
        self._mean = {kind: max(1.0, sum(own) / len(own)) if (own := self._lengths_of(kind)) else 1.0 for kind in Kind}

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """Words to correct a question by, the most frequent first; of many documents those that more than one has."""
        return _frequent(self._words, len(self.documents))

    def question(self, text: str) -> Question:
        """The question that a text asks of these documents."""
        return read_question(text, self._postings.keys(), self.vocabulary)

    def answers(self, question: Question) -> tuple[Answer, ...]:
        """The documents that answer it, the best first; of two alike the newer."""
        scores: defaultdict[int, float] = defaultdict(float)
        covered: defaultdict[int, float] = defaultdict(float)
        asked = 0.0
        for term in question.terms:
            frequencies = self._frequencies(term)
            rarity = self._rarity(len(frequencies))
            asked += rarity
            for place, frequency in frequencies.items():
                scores[place] += rarity * self._damped(place, frequency)
                covered[place] += rarity
        ranked = sorted(
            ((score * (covered[place] / asked) ** COVERAGE, -place) for place, score in scores.items()), reverse=True
        )
        best = max(covered.values(), default=1.0)
        return tuple(Answer(self.documents[-place], round(score, 4), covered[-place] / best) for score, place in ranked)

    def rarity(self, name: str) -> float:
        """The weight of a stem, by how few documents have it."""
        held = self._postings.get(name)
        return self._rarity(len(held[0])) if held else 0.0

    def _frequencies(self, term: Term) -> dict[int, float]:
        found: defaultdict[int, float] = defaultdict(float)
        for name, weight in term.stems.items():
            if name in self._postings:
                held, weights = self._postings[name]
                for place, frequency in zip(held, weights, strict=True):
                    found[place] += frequency * weight
        return found

    def _damped(self, place: int, frequency: float) -> float:
        mean = self._mean[self.documents[place].kind]
        norm = 1 - LENGTH + LENGTH * self._lengths[place] / mean
        return frequency * (SATURATION + 1) / (frequency + SATURATION * norm)

    def _rarity(self, count: int) -> float:
        return math.log1p((len(self.documents) - count + 0.5) / (count + 0.5))

    def _lengths_of(self, kind: Kind) -> list[float]:
        return [length for document, length in zip(self.documents, self._lengths, strict=True) if document.kind is kind]


def words_held(subject: Pattern | Postmortem) -> str:
    """The words of a document, each once, with a blank between two."""
    held: dict[str, None] = {}
    for _, text in document_of(subject).texts():
        held |= dict.fromkeys(forms(text[:_LONGEST_TEXT]))
    return " ".join(held)


def vocabulary_of(held: Sequence[str]) -> tuple[str, ...]:
    """The vocabulary of the index of some documents, by the words that each holds, for whoever needs no more of it."""
    return _frequent(Counter(chain.from_iterable(map(str.split, held))), len(held))


def _frequent(words: Counter[str], documents: int) -> tuple[str, ...]:
    least = 2 if documents >= MANY else 1
    return tuple(word for word, count in words.most_common() if count >= least and len(word) > 2)


def told(answers: Sequence[Answer]) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """The patterns that are worth telling of, at most `MOST_PATTERNS`, and the postmortems, each the best first.

    A pattern page mentions much: one that answers far less well than the best is left out.
    """
    patterns = [answer for answer in answers if answer.document.kind is Kind.PATTERN]
    least = patterns[0].score * WORTH_TELLING if patterns else 0.0
    told_of = tuple(answer for answer in patterns[:MOST_PATTERNS] if answer.score >= least)
    postmortems = tuple(answer for answer in answers if answer.document.kind is Kind.POSTMORTEM)
    covering = tuple(answer for answer in postmortems if answer.covered >= COVERED)
    return told_of, covering if len(covering) >= ENOUGH else postmortems


def search_index_of(analysis: Analysis) -> SearchIndex:
    """The index of a corpus, to be asked for once: `analysis.once(search_index_of)`."""
    return SearchIndex(analysis.corpus)

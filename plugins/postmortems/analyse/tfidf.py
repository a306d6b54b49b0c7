"""Weights of the words of each postmortem, given all others."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import repeat
from operator import itemgetter, mul

from postmortems.analyse.tokens import STOP_WORDS, WordsOf, singular, split_words, words_of
from postmortems.model.postmortem import Postmortem

_DIGITS = 12
"""The precision of what words add, to name them in order: those behind are noise, another one in each version of
Python."""


@dataclass(frozen=True, slots=True)
class WordVector:
    """The words that a postmortem shares with any other incident, the most telling first, and what each weighs.

    `words` are numbers in the vocabulary, parallel to `weights`. Over all its words, the unshared included, the squares
    of the weights sum to 1.
    """

    words: array[int]
    weights: array[float]

    def by_word(self) -> dict[int, float]:
        """The weights by word, to be compared with many others."""
        return dict(zip(self.words, self.weights, strict=True))

    def likeness(self, other: Mapping[int, float]) -> float:
        """The cosine of the angle between this text and another: 0 with no word in common, 1 with all."""
        # No loop in Python: this is where most of a question's time goes.
        likeness: float = sum(map(mul, self.weights, map(other.get, self.words, repeat(0.0))))
        return likeness


class WordVectors:
    """The word vectors of some postmortems, in their order. Drills are compared, but count as no text that has a word.

    The weight of a word is (1 + ln tf) · ln(1 + N / df), divided by the length of the vector of all the postmortem's
    words: tf is how often it is there, df in how many of the N incidents. Two texts are as alike as the cosine of
    the angle between their vectors. Source: G. Salton and C. Buckley, Term-weighting approaches in automatic text
    retrieval, Information Processing & Management 24 (1988) 513-523, where the logarithm of tf is one of several
    damped forms; the 1 beside N / df keeps a word that all have from counting nothing in a small corpus.

    The words of the owner's name are left out: they say who, not what.
    """

    def __init__(self, postmortems: Sequence[Postmortem], words_of: WordsOf = words_of) -> None:
        numbers = _Numbers((word, number) for number, word in enumerate(sorted(STOP_WORDS)))
        texts = [numbers.of(words_of(postmortem)) for postmortem in postmortems]
        owners = [numbers.of(split_words(postmortem.front_matter.owner or "")) for postmortem in postmortems]
        self.vocabulary = tuple(numbers)
        self._meant = [numbers[singular(word, numbers)] for word in self.vocabulary]
        self._df: Counter[int] = Counter()
        incidents = 0
        for postmortem, text, owner in zip(postmortems, texts, owners, strict=True):
            if not postmortem.is_drill:
                incidents += 1
                self._df.update(self._counts(text, owner).keys())
        rarity = {df: math.log1p(incidents / df) for df in {1, *self._df.values()}}
        self._idf = {word: rarity[df] for word, df in self._df.items()}
        self._rarest = rarity[1]
        self.vectors = [
            self._vector(self._counts(text, owner), own=0 if postmortem.is_drill else 1)
            for postmortem, text, owner in zip(postmortems, texts, owners, strict=True)
        ]

    def shared(self, text: Mapping[int, float], other: int, count: int) -> list[str]:
        """The words that make a text and another one alike, at most `count`, those that add most first, and
        then by the alphabet."""
        weighed = [
            (-round(weight * text[word], _DIGITS), self.vocabulary[word])
            for word, weight in zip(self.vectors[other].words, self.vectors[other].weights, strict=True)
            if word in text
        ]
        return [word for _, word in nsmallest(count, weighed)]

    def _counts(self, text: array[int], owner: array[int]) -> Counter[int]:
        """Count of each word in a text, without stop words and the owner's."""
        counts = Counter(map(self._meant.__getitem__, text))
        for number in [number for number in counts if number < len(STOP_WORDS)]:
            del counts[number]
        for number in owner:
            del counts[self._meant[number]]
        return counts

    def _vector(self, counts: Counter[int], own: int) -> WordVector:
        weighed = [(word, (1 + math.log(tf)) * self._idf.get(word, self._rarest)) for word, tf in counts.items()]
        length = math.sqrt(sum(weight * weight for _, weight in weighed)) or 1.0
        shared = [pair for pair in weighed if self._df[pair[0]] > own]
        shared.sort(key=itemgetter(1), reverse=True)
        return WordVector(
            array("I", [word for word, _ in shared]), array("d", [weight / length for _, weight in shared])
        )


class _Numbers(dict[str, int]):
    """A number for every word that is asked for, in the order of asking."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number

    def of(self, words: Sequence[str]) -> array[int]:
        """The numbers of some words, in their order."""
        return array("I", map(self.__getitem__, words))

"""Nouns that stand for people: where their phrase begins, how sure it is, and whether *they* are some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from postmortems.language.function_words import AUXILIARIES, BE, DETERMINERS, FUNCTION_WORDS, is_adverb, word_list
from postmortems.language.participles import PAST_FORMS, is_participle
from postmortems.language.people import Certainty, certainty
from postmortems.language.sentences import Sentence

_OF_A_PERSON = word_list("he her herself him himself his she")

FARTHEST = 24
"""Maximum number of words that a walk may cross."""


@dataclass(frozen=True, slots=True)
class Agent:
    """A person or team in a sentence: the indexes of the first and last word, and how sure it is that it is one."""

    first: int
    last: int
    certainty: Certainty

    @property
    def is_sure(self) -> bool:
        """True if it cannot be a program."""
        return self.certainty is Certainty.SURE

    @property
    def is_likely(self) -> bool:
        """True if it is known as a person's word at all, which is enough for what only people do."""
        return self.certainty is not Certainty.NAMED


class NounPhrases:
    """The noun phrases of one sentence.

    `before` gives the sentence before it in the same passage, in which *they* may have been introduced; `names` are
    names of people that are known from elsewhere, `things` those of services, both in lower case.
    """

    def __init__(
        self,
        sentence: Sentence,
        before: Callable[[], Sentence],
        names: frozenset[str],
        things: frozenset[str] = frozenset(),
    ) -> None:
        self.sentence, self.before, self.names, self.things = sentence, before, names, things
        self.words, self.word = sentence.words, sentence.word

    def they_are_people(self, index: int) -> bool:
        """True if the nearest noun before *they* or *their* that can be meant by it is people.

        Where there is none at all, a passage that begins with *they* speaks of people.
        """
        nearest = self.words[max(0, index - FARTHEST) : index]
        earlier = self.before().words[-FARTHEST:] if index < FARTHEST // 2 else ()
        for word in reversed((*earlier, *nearest)):
            if certainty((word,), False, frozenset()) is Certainty.SURE:
                return True
            if _may_be_things(word):
                return False
        return self.words[index] == "they" and not earlier

    def owner_ending_at(self, last: int) -> Agent | None:
        """The person or team whose words end at `last`, whatever they are in the sentence."""
        first = self._phrase_start(last) if last >= 0 else None
        sure = self._certainty(first, last) if first is not None else None
        return Agent(first, last, sure) if first is not None and sure else None

    def they_before(self, verb: int) -> Agent | None:
        """*They* right before a verb that only people do, unless the sentence has things for it to mean."""
        index = verb - 1
        if self.word(index) != "they" or any(map(_may_be_things, self.words[:index])):
            return None
        return Agent(index, index, Certainty.SURE)

    def _phrase_start(self, last: int) -> int | None:
        """Begin of the noun phrase whose noun is at `last`."""
        if self.words[last] in FUNCTION_WORDS or not self._is_word(last):
            return None
        for first in range(last - 1, max(-1, last - 6), -1):
            word = self.words[first]
            if word in DETERMINERS:
                return first - 1 if self.word(first - 1) in ("all", "both") else first
            if word in FUNCTION_WORDS or is_adverb(word) or not (self._is_word(first) or word in ("'s", "@")):
                break
        # Without an article, only what surely belongs to the noun is taken with it.
        first = last
        while self.word(first - 1) in ("@", "new", "on-call") or (
            first - 1 in self.sentence.capitals and self.words[first - 1] not in FUNCTION_WORDS
        ):
            first -= 1
        return first

    def _certainty(self, first: int, last: int) -> Certainty | None:
        sure = certainty(self.words[first : last + 1], last in self.sentence.capitals, self.names, self.things)
        if sure is Certainty.NAMED and not _OF_A_PERSON.isdisjoint(self.words):
            return Certainty.SURE  # "Lindqvist left his laptop open"
        return sure

    def _ends_phrase(self, index: int) -> bool:
        word = self.word(index)
        return (
            self._begins_predicate(index)
            or word.endswith("ing")
            or not word[:1].isalpha()
            or word in FUNCTION_WORDS
            or is_adverb(word)
        )

    def _begins_predicate(self, index: int) -> bool:
        word = self.word(index)
        return (
            word in AUXILIARIES
            or word in BE
            or word in PAST_FORMS
            or is_adverb(word)
            or is_participle(self.words, index)
        )

    def _is_word(self, index: int) -> bool:
        return self.word(index)[:1].isalnum()


def _may_be_things(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))

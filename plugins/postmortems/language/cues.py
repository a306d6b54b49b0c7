"""Cues of stretches and sentences that are worth taking apart, so that most of a postmortem is never looked into."""

from __future__ import annotations

import re
from collections.abc import Mapping

from postmortems.language.function_words import FUNCTION_WORDS, word_list
from postmortems.language.people import SOMEONE
from postmortems.language.phrases import Phrases, letters

_SOMEONE = frozenset(word.encode() for word in SOMEONE)
_OF_SOMEONE = word_list("clause despite omission subject")
"""Frames in which a person has a word of their own."""

_WORD = re.compile(r"[^\W\d_]+")


class Cues:
    """Phrases, and rare words with a pattern of what must be around them.

    `patterns` maps words, which have nothing but letters from a to z, to a pattern that holds the word. A blank in a
    pattern stands for any blanks and line breaks.
    """

    def __init__(self, phrases: Phrases, patterns: Mapping[str, str]) -> None:
        self._phrases = phrases
        self._patterns = {
            word.encode(): re.compile(pattern.replace(" ", r"\s+"), re.DOTALL) for word, pattern in patterns.items()
        }

    def are_in(self, text: str) -> bool:
        """True if something may be found in the text; False is sure."""
        lower = text.lower()
        words = letters(lower)
        for word in self._patterns.keys() & words:
            if self._patterns[word].search(lower):
                return True
        is_of_someone = None
        for phrase in self._phrases.may_be_in(words):
            if phrase.frame not in _OF_SOMEONE:
                return True
            if is_of_someone is None:
                is_of_someone = not _SOMEONE.isdisjoint(words) or "@" in text or _has_a_name(text)
            if is_of_someone:
                return True
        return False


def _has_a_name(text: str) -> bool:
    return any(word[0].isupper() and word.lower() not in FUNCTION_WORDS for word in _WORD.findall(text))

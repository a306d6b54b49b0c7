"""The rare words by which stretches and sentences are chosen, so that most of a postmortem is never looked into."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LETTERS = bytes(byte if chr(byte) in "abcdefghijklmnopqrstuvwxyz" else ord(" ") for byte in range(256))


class Cues:
    """Words in lower case; for those that are frequent, a pattern of what must stand around them, too.

    Each table maps words, which have nothing but letters from a to z, to a pattern that holds the word, or to an empty
    one where the word itself is enough. A blank in a pattern stands for any blanks and line breaks. A word of several
    tables is a cue where one of them says so.
    """

    def __init__(self, *tables: Mapping[str, str]) -> None:
        self._patterns: dict[str, re.Pattern[str] | None] = {}
        for word in {word: None for table in tables for word in table}:
            patterns = [table[word] for table in tables if word in table]
            pattern = "|".join(patterns).replace(" ", r"\s+") if all(patterns) else ""
            self._patterns[word] = re.compile(pattern, re.DOTALL) if pattern else None
        self._words = {word.encode(): word for word in self._patterns}

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def within(self, text: str) -> Cues:
        """Those of the cues whose words are in the text, which is in lower case: all that its parts can hold.

        The text is taken apart once, as bytes, which costs a third of a search for every word.
        """
        fewer = Cues({})
        for key in self._words.keys() & text.encode(errors="replace").translate(_LETTERS).split():
            fewer._patterns[self._words[key]] = self._patterns[self._words[key]]
        return fewer

    def are_in(self, text: str) -> bool:
        """Whether at least one of the cues is in the text, which is in lower case."""
        for word, pattern in self._patterns.items():
            if word in text and (pattern is None or pattern.search(text)):
                return True
        return False

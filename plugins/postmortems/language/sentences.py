"""The sentences of a passage, and the words of a sentence, each with its place.

Only what the finding of agents needs: a sentence ends at a full stop before a blank and a capital, contractions are
two words (`didn't` is `did not`), punctuation marks are words of their own, and marks of emphasis are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

LONGEST = 2_000
"""Maximum length of a sentence, in characters, so that no text can make its examination slow."""

_END = re.compile(r"[.!?][\"”’')\]*_]{0,4}\s+(?![a-z])|\n[ \t]*\n")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|cf|vs|approx|incl|mr|mrs|ms|dr|no|st))\.\s*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’_-][^\W_]+)*|[^\w\s*~_]")
_TAILS = {"s": "'s", "ve": "have", "d": "'d", "ll": "will", "re": "are", "m": "am"}


@dataclass(frozen=True)
class Sentence:
    """The words of `text[begin:end]` in lower case; `capitals` are the indexes of those that begin with a capital.

    `joined` holds them with one blank between two, for patterns.
    """

    text: str = field(repr=False)
    begin: int
    end: int
    words: tuple[str, ...]
    capitals: frozenset[int]
    joined: str = field(repr=False)

    def word(self, index: int) -> str:
        """The word at `index`, empty outside the sentence."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def index_at(self, offset: int) -> int:
        """The index of the word that is at this offset of `joined`."""
        return self.joined.count(" ", 0, offset)

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Begin and end of each word in the text, which are asked for only if something is found."""
        return [(start, end) for _, start, end, _ in _placed(self.text, self.begin, self.end)]


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the begin and end of each sentence."""
    begin = 0
    for found in _END.finditer(text):
        if not _ABBREVIATION.search(text, max(begin, found.start() - 8), found.start() + 1):
            yield from _cut(begin, found.end())
            begin = found.end()
    if begin < len(text):
        yield from _cut(begin, len(text))


def parse(text: str, begin: int, end: int) -> Sentence:
    """The words of `text[begin:end]`."""
    if "'" in text[begin:end] or "’" in text[begin:end]:
        words, _, _, capital = zip(*_placed(text, begin, end), strict=True)
        capitals = frozenset(index for index, is_capital in enumerate(capital) if is_capital)
    else:
        written = _WORD.findall(text, begin, end)
        words = tuple([word.lower() for word in written])
        capitals = frozenset([index for index, word in enumerate(written) if word[0] != words[index][0]])
    return Sentence(text, begin, end, words, capitals, " ".join(words))


def _placed(text: str, begin: int, end: int) -> Iterator[tuple[str, int, int, bool]]:
    """Each word with where it begins and ends, and whether with a capital."""
    for found in _WORD.finditer(text, begin, end):
        start, stop = found.span()
        written = found.group()
        word = written.lower()
        is_capital = word[0] != written[0]
        if word in ("'", "’") and text[start - 1 : start] == "s":
            word = "'s"  # of a plural: the engineers'
        elif "'" in word or "’" in word:
            for part, first, last in _parts(word, start, stop):
                yield part, first, last, is_capital and first == start
            continue
        yield word, start, stop, is_capital


def _cut(begin: int, end: int) -> Iterator[tuple[int, int]]:
    for start in range(begin, end, LONGEST):
        yield start, min(start + LONGEST, end)


def _parts(word: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """A word with an apostrophe, or the two or three words that it stands for."""
    word = word.replace("’", "'")
    tails: list[tuple[str, int, int]] = []
    while len(word) == end - start:  # else lower case has another length, and no part of it a place
        head, _, tail = word.rpartition("'")
        if tail == "t" and head.endswith("n") and len(head) > 1:
            head, tail = head[:-1], "not"
        elif head and tail in _TAILS:
            tail = _TAILS[tail]
        else:
            break
        tails.append((tail, start + len(head), end))
        word, end = head, start + len(head)
    yield word, start, end
    yield from reversed(tails)

"""Guesses at what an author meant by a word that is not known, and how messages list and count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import takewhile

_SEPARATORS = re.compile(r"[\s_-]+")
_FIGURES = re.compile(r"\d+")
_SHORTEST = 4
_CANDIDATES = 5
_LONG_NAME = 9
"""Minimum letters of a name that are enough to tell it, so that its number may be wrong: `2024/02-checkout-timeouts`.
"""


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like `word`, in its own spelling, or None where none is near. Case does not count.

    A choice that differs in its figures alone is another one (SEV9 is no SEV4), and so is one of four letters or fewer
    in which a letter is another.
    """
    folded = word[:200].casefold()
    by_folded = {choice.casefold(): choice for choice in choices}
    found = get_close_matches(folded, by_folded, n=_CANDIDATES, cutoff=0.7)
    return next((by_folded[near] for near in found if not _is_another(folded, near)), None)


def _is_another(word: str, choice: str) -> bool:
    """True if two words that are alike still name two things."""
    one, other = _folded(word), _folded(choice)
    if one == other:
        return False
    if _FIGURES.sub("", one) == _FIGURES.sub("", other):
        return len(_FIGURES.sub("", one)) < _LONG_NAME
    return len(one) == len(other) <= _SHORTEST and sorted(one) != sorted(other)


def only_near(word: str, choices: Iterable[str]) -> str | None:
    """The one choice that `word` can only be meant for, in its own spelling; None where there is none, or several.

    Near is what differs by one slip of the hand: a letter too many, too few or another one, or two that changed places.
    Case does not count, and neither do blanks, hyphens and underscores. No figure is taken for another, and no word of
    three letters or fewer for another word.
    """
    folded = _folded(word[:200])
    found = {choice for choice in choices if _is_near(folded, _folded(choice))}
    return found.pop() if len(found) == 1 else None


def _folded(word: str) -> str:
    return _SEPARATORS.sub("", word.casefold())


def _is_near(one: str, other: str) -> bool:
    """True if two folded words are the same but for one slip."""
    if one == other:
        return bool(one)
    if min(len(one), len(other)) < _SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    begin = _length_shared(one, other)
    end = _length_shared(one[begin:][::-1], other[begin:][::-1])
    # What is left once the beginning and the end that they share are gone.
    first, second = one[begin : len(one) - end], other[begin : len(other) - end]
    if any(character.isdecimal() for character in first + second):
        return False
    return len(first) <= 1 >= len(second) or (len(first) == 2 and first == second[::-1])


def _length_shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A question that names the nearest choice, or an empty text."""
    found = nearest(word, choices)
    return f'did you mean "{found}"?' if found else ""


def listed(words: Iterable[str]) -> str:
    """Words in a row, as messages print them: `a, b, c`."""
    return ", ".join(words)


def count_words(count: int, one: str, many: str | None = None) -> str:
    """`1 incident`, `3 incidents`, `12,000 incidents`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"

"""What an author may have meant by a word that is not known, and how messages list and count."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like `word`, in its own spelling, or None where none is near. Case does not count."""
    by_folded = {choice.casefold(): choice for choice in choices}
    found = get_close_matches(word[:200].casefold(), by_folded, n=1, cutoff=0.7)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A question that names the nearest choice, or an empty text."""
    found = nearest(word, choices)
    return f'did you mean "{found}"?' if found else ""


def listed(words: Iterable[str]) -> str:
    """Words in a row, as messages print them: `a, b, c`."""
    return ", ".join(words)


def count_words(count: int, one: str, many: str | None = None) -> str:
    """`1 incident`, `3 incidents`."""
    return f"{count} {one if count == 1 else many or one + 's'}"

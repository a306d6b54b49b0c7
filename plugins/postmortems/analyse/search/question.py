"""A question as it is asked: its words, what means the same, and the words that nobody has written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from postmortems.analyse.search.words import SAME_MEANING, STOP_WORDS, parts, same_meaning, stem, words
from postmortems.text.spelling import nearest

LONGEST = 300
"""The most characters of a question that are read."""

_MOST_TERMS = 24
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question: the stems that answer it, each with its weight."""

    word: str
    stems: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Question:
    """The terms of a question. `asked` is what it became where words were corrected, else as it was typed."""

    asked: str
    terms: tuple[Term, ...]
    corrected: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()


def read_question(text: str, known: Collection[str], vocabulary: Collection[str]) -> Question:
    """The question that a text asks; `known` are the stems of all documents, `vocabulary` words to correct it by.

    A word that nobody has written is taken for the beginning of one, for two words, or for the nearest one.
    """
    typed = list(words(text[:LONGEST]))
    told = [word for word in typed if word not in STOP_WORDS] or typed
    terms: list[Term] = []
    corrected: list[tuple[str, str]] = []
    unknown: list[str] = []
    joined = _joined(told, known)
    for word in told[:_MOST_TERMS]:
        if word in joined and stem(word) not in known:
            continue
        if (meant := _meant(word, known, vocabulary)) is None:
            unknown.append(word)
            continue
        if meant != [word] and not _is_spelling_of(word, meant):
            corrected.append((word, " ".join(meant)))
        terms += (Term(part, _stems(part, known)) for part in meant)
    terms += (Term(word, _stems(word, known)) for word in dict.fromkeys(joined.values()))
    asked = text.strip()
    for word, instead in corrected:
        asked = _replaced(asked, word, instead)
    phrases = [Term(name, dict(stems)) for name, stems in _phrases(told, known)]
    return Question(asked, (*terms, *phrases), tuple(corrected), tuple(unknown))


def _joined(told: list[str], known: Collection[str]) -> dict[str, str]:
    """Pairs of words that are one word in the documents: `circle ci` is `circleci`. Both words give the whole."""
    found: dict[str, str] = {}
    for first, second in pairwise(told):
        whole = first + second
        if len(whole) > _SHORTEST_PART and stem(whole) in known:
            found[first] = found[second] = whole
    return found


def _meant(word: str, known: Collection[str], vocabulary: Collection[str]) -> list[str] | None:
    if stem(word) in known or same_meaning().get(stem(word)):
        return [word]
    split = [part for part in _split(word, known) if part]
    if split:
        return split
    begun = [other for other in vocabulary if other.startswith(word)] if len(word) > _SHORTEST_PART else []
    if begun:
        return [min(begun, key=len)]
    near = nearest(word, vocabulary)
    return [near] if near else None


def _split(word: str, known: Collection[str]) -> list[str]:
    for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        head, tail = word[:place], word[place:]
        if head not in STOP_WORDS and stem(head) in known and stem(tail) in known:
            return [head, tail]
    return []


def _is_spelling_of(word: str, meant: list[str]) -> bool:
    """True if what was found is the word itself, in parts or gone on with: nothing to tell of."""
    return "".join(meant) == word or meant[0].startswith(word)


def _stems(word: str, known: Collection[str]) -> dict[str, float]:
    """The stems that answer a word, those that mean the same at less weight."""
    found = {stem(word): 1.0}
    for other in same_meaning().get(stem(word), ()):
        pieces = parts(other)
        if len(pieces) == 1:
            found.setdefault(stem(pieces[0]), SAME_MEANING)
        else:
            for piece in pieces:
                found.setdefault(stem(piece), SAME_MEANING / len(pieces))
    return {name: weight for name, weight in found.items() if name in known} or {stem(word): 1.0}


def _phrases(told: list[str], known: Collection[str]) -> list[tuple[str, dict[str, float]]]:
    """Stems that mean the same as two words beside each other: `blue screen` is `bsod`."""
    found = []
    for first, second in pairwise(told):
        for same in same_meaning().get(f"{stem(first)} {stem(second)}", ()):
            stems = {stem(piece): SAME_MEANING for piece in parts(same) if stem(piece) in known}
            if stems:
                found.append((f"{first} {second}", stems))
    return found


def _replaced(text: str, word: str, instead: str) -> str:
    place = text.casefold().find(word)
    return text if place < 0 else f"{text[:place]}{instead}{text[place + len(word) :]}"

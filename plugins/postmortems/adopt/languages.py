"""The language of a document, noticed by its headings and labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from postmortems.model.language import Language
from postmortems.read.headings import normalised
from postmortems.read.languages import ENGLISH, plain_word, words

_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(\S[^\n]{0,200})", re.MULTILINE)
_LABEL = re.compile(r"^[\s>|*_+-]{0,12}([^\W\d_][^\n*_:：|]{1,40}?)[*_]{0,3}\s?[:：|]", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^---[ \t]*$", re.DOTALL | re.MULTILINE)
_LONGEST = 100_000
_ENOUGH = 2
"""The number of different words of a language that a document must have: one may be a name, or a loan."""


def languages_of(texts: Iterable[str]) -> dict[Language, int]:
    """The languages other than English that documents are in, each with their number, the most frequent first."""
    found = Counter(language for text in texts if (language := language_of(text)) is not None)
    return dict(found.most_common())


def language_of(text: str) -> Language | None:
    """The language other than English that a document is in; None for English, and where too little tells."""
    # The keys of front matter are English in every language.
    text = _FRONT_MATTER.sub("", text[:_LONGEST])
    headings = {normalised(found[1]) for found in _HEADING.finditer(text)}
    labels = {plain_word(found[1]) for found in _LABEL.finditer(text)}
    english = _score(headings, labels, ENGLISH)
    # A document with English headings loads no other words.
    if english >= _ENOUGH and english * 2 >= len(headings):
        return None
    scores = {
        language: _score(headings, labels, (language.value,)) for language in Language if language.value not in ENGLISH
    }
    best = max(scores, key=lambda language: scores[language])
    runners_up = [score for language, score in scores.items() if language is not best]
    return best if scores[best] >= _ENOUGH and scores[best] > max(english, *runners_up) else None


def _score(headings: set[str], labels: set[str], languages: tuple[str, ...]) -> int:
    known = (*words("headings", languages), *words("weak_headings", languages))
    return len(headings.intersection(known)) + len(labels.intersection(words("metadata", languages)))

"""Sentences of an entry cut into clauses, so that a pattern can ask for a whole one.

A clause that a pattern matches from its first word to its last holds nothing that it has not understood: "Update on
the status page" may be anything, and "AWS posts an update on the status page" is not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"(?:[.;!?](?= |$)|\|) ?")
_CLAUSE_END = re.compile(r" ?(?:[,:(–—]| - )[ )]*")
_JOINT = re.compile(r" (?:and|while|but) ")


def sentences(words: str) -> Iterator[str]:
    """The sentences of a text, without the marks at their ends."""
    yield from filter(None, map(str.strip, _SENTENCE_END.split(words)))


def first_clauses(words: str) -> Iterator[str]:
    """The clause that each sentence begins with, once up to its first mark and once up to its first `and`."""
    for sentence in sentences(words):
        clause = _CLAUSE_END.split(sentence, maxsplit=1)[0]
        yield clause
        if len(parts := _JOINT.split(clause, maxsplit=1)) > 1:
            yield parts[0]


def clauses(words: str) -> Iterator[str]:
    """All clauses of a text but those behind a colon, which may be what others say."""
    for sentence in sentences(words):
        for clause in _CLAUSE_END.split(sentence.partition(": ")[0]):
            yield from filter(None, map(str.strip, _JOINT.split(clause)))

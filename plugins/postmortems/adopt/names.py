"""Services, owner, authors, tags, labels of a cause, and who noticed first: what a document names."""

from __future__ import annotations

import re

from postmortems.adopt.document import Document
from postmortems.adopt.record import UNKNOWN_VALUE, Value, derived, stated
from postmortems.adopt.statements import Statement
from postmortems.model.front_matter import DetectedBy
from postmortems.read.languages import plain_word, words

_AND = re.compile(r"\s*[,;、]\s*(?:and\s+)?|\s+(?:and|&|\+)\s+")
_SPLIT = re.compile(r"\s*[,;、]\s*(?:and\s+)?")
_TWO = re.compile(r"(\S{1,50})\s+(?:and|&|\+)\s+(\S{1,50})")
_BRACKETS = re.compile(r"\s*\([^()]{0,200}\)")
_BEHIND_COLON = re.compile(r":\s.*")
_SENTENCE = re.compile(r"\b(?:was|were|is|are|has|had|have|been|took|failed|resulted|could)\b", re.IGNORECASE)
_NOTHING = re.compile(r"(?:none|n/?a|unknown|tbd|tbc|xxx?|yyy|zzz|\?+|-+|todo|\[.*\]|<.*>|someone\b.*)", re.IGNORECASE)
_MOST_WORDS = 5
_LONGEST = 50


def find_list(document: Document, role: str) -> Value:
    """The names that a document lists under a label; prose under such a label lists none."""
    found: dict[str, None] = {}
    first: Statement | None = None
    of_labels = False
    for statement in document.stated(role):
        listed = _BEHIND_COLON.sub("", _BRACKETS.sub("", statement.value[:1_000]))
        if _SENTENCE.search(listed):
            continue
        names = [
            part.strip(" .`'\"")
            for part in (_AND if role == "authors" or _TWO.fullmatch(listed) else _SPLIT).split(listed)
        ]
        names = [name for name in names if name and not _NOTHING.fullmatch(name)]
        if names and all(len(name.split()) <= _MOST_WORDS and len(name) <= _LONGEST for name in names):
            first = first or statement
            of_labels = of_labels or _BEHIND_COLON.search(statement.value) is not None
            found |= dict.fromkeys(names)
    if first is None:
        return UNKNOWN_VALUE
    # What a label is before a colon may be a name, and may be a kind of thing: "Features: …".
    return (derived if of_labels else stated)(tuple(found), first.origin)


def find_name(document: Document, role: str) -> Value:
    """The one name that a document gives under a label."""
    for statement in document.stated(role):
        name = statement.value.strip(" .")
        if name and len(name) <= _LONGEST and not _NOTHING.fullmatch(name):
            return stated(name, statement.origin)
    return UNKNOWN_VALUE


def find_detected_by(document: Document) -> Value:
    """The person or system that noticed first, if the document says it under a label and names only one."""
    for statement in document.stated("detected_by"):
        said = f" {plain_word(statement.value)} "
        kinds = {kind for word, kind in words("noticed_by").items() if f" {word} " in said}
        exact = next((kind for kind in DetectedBy if plain_word(kind) == said.strip()), None)
        if exact:
            return stated(exact.value, statement.origin)
        if len(kinds) == 1:
            return derived(kinds.pop(), f'{statement.origin}: "{statement.value[:80]}"')
    return UNKNOWN_VALUE

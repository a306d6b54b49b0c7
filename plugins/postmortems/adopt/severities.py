"""The severity that a document states, on the scale of the settings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from postmortems.adopt.document import Document
from postmortems.adopt.record import UNKNOWN_VALUE, Certainty, Value, derived, stated
from postmortems.read.languages import plain_word, words

_END = re.compile(r"\s+[-–—]\s*|[-–—:,;.(]\s+|\s*[(\[|/（［【｜／、。：，；〜]|[.,;:]$")
_ORNAMENT = re.compile(r":[a-z_]{2,30}:\s?|[^\w（(]{1,8}")
_CHANGED = re.compile(r"\s*(?:→|➡|⇒|->|=>)\s*")
_LONGEST = 40
_LONGEST_VALUE = 200


def find_severity(document: Document, table: Mapping[str, str]) -> tuple[Value, str]:
    """The severity, and the document's own word for it; `table` maps a team's words to its scale."""
    for statement in document.stated("severity"):
        *earlier, last = _CHANGED.split(statement.value[:_LONGEST_VALUE])
        word = _word(last)
        if not word or len(word.split()) > 3:
            continue
        value = severity_value(word, statement.origin, tuple(document.settings.severities), table)
        if value.value and any(_word(before) != word for before in earlier):
            value = derived(value.value, f'{statement.origin}: the last of "{statement.value[:_LONGEST]}"')
        return value, word
    return UNKNOWN_VALUE, ""


def _word(text: str) -> str:
    """The word for a severity that begins a value, without a mark before it and an explanation behind it."""
    shown = text.strip()
    if mark := _ORNAMENT.match(shown):
        shown = shown[mark.end() :]
    return _END.split(shown, maxsplit=1)[0].strip()[:_LONGEST]


def severity_value(word: str, origin: str, scale: Sequence[str], table: Mapping[str, str]) -> Value:
    """Severity on the scale that a word means: by its own name, by the table, or as a proposal to check."""
    if mapped := _named(word, {name: name for name in scale} | dict(table)):
        return stated(mapped, origin)
    proposed = proposed_severity(word, scale)
    said = f'{origin}: "{word}"'
    return derived(proposed, said) if proposed else Value(None, Certainty.UNKNOWN, said)


def proposed_severity(word: str, scale: Sequence[str]) -> str:
    """The name on the scale that a word of another one comes nearest to; empty where nothing is near.

    `Critical` and `P1` are the worst, where a scale begins with 1, and so is `P0`; beyond its end nothing is proposed.
    """
    known, said = words("severity_words"), plain_word(word)
    place = known.get(said) or known.get(f"level {said}") or known.get(said.split(" ")[0])
    if place is None:
        return ""
    from_zero = scale and scale[0].endswith("0")
    index = max(int(place) - (0 if from_zero else 1), 0)
    return scale[index] if 0 <= index < len(scale) else ""


def _named(word: str, table: Mapping[str, str]) -> str:
    """Entry of a table for a word, regardless of case, blanks and hyphens; empty if there is none."""
    known = {plain_word(name).replace(" ", ""): target for name, target in table.items()}
    return known.get(plain_word(word).replace(" ", ""), "")

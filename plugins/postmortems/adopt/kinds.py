"""The kind of a document's subject: a near miss and a drill are in no figure, so neither may come in as an incident."""

from __future__ import annotations

import re

from postmortems.adopt.document import Document
from postmortems.adopt.record import UNKNOWN_VALUE, Value, derived, stated
from postmortems.model.front_matter import IncidentKind
from postmortems.read.languages import plain_word

_NEAR_MISSES = ("near miss", "nearmiss", "near misses", "close call")
_DRILLS = (
    *("drill", "fire drill", "game day", "gameday", "exercise", "simulation", "tabletop", "tabletop exercise"),
    *("chaos exercise", "chaos experiment", "test incident"),
)
_KINDS = dict.fromkeys(_NEAR_MISSES, IncidentKind.NEAR_MISS) | dict.fromkeys(_DRILLS, IncidentKind.DRILL)
_IN_TITLE = re.compile(
    r"[\[(]?(near[ -]?miss|close call|drill|fire drill|game ?day)(?:[\])]|\s?[:–—]|\s-\s)"
    r"|.{0,300}[\[(](near[ -]?miss|close call|drill|game ?day)[\])]$",
    re.IGNORECASE,
)


def kind_of(word: str) -> IncidentKind | None:
    """The kind that a word means; None for one that says nothing of it, and for an incident."""
    return _KINDS.get(plain_word(word))


def find_kind(document: Document, title: str) -> Value:
    """The kind that a document states under a label, or that its title begins or ends with; unknown for an incident."""
    for statement in document.stated("kind"):
        if kind := kind_of(statement.value):
            return stated(kind.value, statement.origin)
    if found := _IN_TITLE.match(title):
        return derived(_KINDS[plain_word(found[1] or found[2])].value, f'the title: "{title[:80]}"')
    return UNKNOWN_VALUE

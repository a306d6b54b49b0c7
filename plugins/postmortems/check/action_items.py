"""Action items as rules see them: how messages name one, and what is where an owner or a reason should."""

from __future__ import annotations

import re

from postmortems.model.action_item import ActionItem
from postmortems.model.postmortem import Postmortem
from postmortems.text.inline import without_comments, without_escapes
from postmortems.text.spelling import listed

_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,1000}\)")
_MARKS = re.compile(r"[*`]{1,3}")
_BETWEEN_WORDS = r"[\s*`]{1,20}"
_LONGEST = 60
_SAYS_NOTHING = frozenset(("", "-", "–", "—", "?", "??", "tbd", "tba", "tbc", "todo", "n/a", "none", "unknown", "..."))


def plain_words(item: ActionItem) -> str:
    """The first line of an action item as a reader sees it: without comments, emphasis, escapes and link targets."""
    first = without_comments(item.text.split("\n", 1)[0])
    return " ".join(without_escapes(_MARKS.sub("", _LINK.sub(r"\1", first))).split())


def quoted(item: ActionItem) -> str:
    """The first line of an action item as a message quotes it: as written, so that it can be searched for, and cut
    where it is long."""
    first = item.text.split("\n", 1)[0].strip()
    return f'"{first}"' if len(first) <= _LONGEST else f'"{first[: _LONGEST - 1].rstrip()}…"'


def as_written(item: ActionItem, words: str) -> str:
    """Some of an item's plain words as its author wrote them, with the marks between them; the plain ones where other
    things are between them."""
    found = re.search(_BETWEEN_WORDS.join(map(re.escape, words.split())), item.text)
    return found[0] if found else words


def column_hint(postmortem: Postmortem, item: ActionItem, column: str) -> str:
    """Advice for a table with unknown columns: one of them may hold what is missed."""
    unknown = [header for header in postmortem.actions.unknown_columns if f"({header}: " in item.text]
    if not unknown:
        return ""
    headers = listed(f'"{header[:_LONGEST]}"' for header in unknown)
    return f'; if it is in the column {headers}, the setting "columns" can say so: {unknown[0][:_LONGEST]}: {column}'


def says_nothing(words: str) -> bool:
    """True if a field holds no more than a sign that it is empty, such as `TBD`."""
    return words.strip().casefold() in _SAYS_NOTHING

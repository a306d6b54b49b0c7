"""Action items as rules see them: how messages name one, and what is where an owner or a reason should."""

from __future__ import annotations

import re

from postmortems.model.action_item import ActionItem
from postmortems.model.postmortem import Postmortem
from postmortems.text.inline import without_comments, without_escapes
from postmortems.text.spelling import listed

_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,1000}\)")
_MARKS = re.compile(r"[*`]{1,3}")
_LONGEST = 60
_SAYS_NOTHING = frozenset(("", "-", "–", "—", "?", "??", "tbd", "tba", "tbc", "todo", "n/a", "none", "unknown", "..."))


def plain_words(item: ActionItem) -> str:
    """The first line of an action item as a reader sees it: without comments, emphasis, escapes and link targets."""
    first = without_comments(item.text.split("\n", 1)[0])
    return " ".join(without_escapes(_MARKS.sub("", _LINK.sub(r"\1", first))).split())


def quoted(item: ActionItem) -> str:
    """An action item's words as a message quotes them, cut where they are long."""
    words = plain_words(item)
    return f'"{words}"' if len(words) <= _LONGEST else f'"{words[: _LONGEST - 1].rstrip()}…"'


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

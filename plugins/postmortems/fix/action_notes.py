"""The last parenthesis of an action item as it is written, to which a note is added, or put in the place of a state."""

from __future__ import annotations

import re
from dataclasses import dataclass

from postmortems.read.action_notes import read_notes
from postmortems.text.inline import without_escapes, without_last_comment

_STATE = re.compile(r"\bstate\s{0,5}[:=\s]\s{0,5}[\w-]{1,20}", re.IGNORECASE)
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class NoteEdit:
    """One replacement in a text: what is from `begin` to `end` becomes `new`; offsets count from 0."""

    begin: int
    end: int
    new: str


def added_note(text: str, note: str) -> NoteEdit:
    """The edit that adds a note such as `done: 2026-02-03` to an item's text: in place of its `state: …`, at the end
    of its parenthesis, or in a parenthesis of its own. A comment at the end of the text stays there."""
    end = len(without_last_comment(text).rstrip())
    closed = len(text[:end].rstrip(" ."))
    _, notes = read_notes(without_escapes(" ".join(line.strip() for line in text[:closed].split("\n"))))
    if notes is None or text[closed - 1 : closed] != ")":
        return NoteEdit(end, end, f" ({note})")
    begin = max(text.rfind("(", 0, closed), closed - _LONGEST)
    closing = closed - (2 if text[closed - 2 : closed - 1] == "\\" else 1)
    if states := list(_STATE.finditer(text, begin, closing)):
        # `wont-do` takes all that follows it, so it comes last.
        rest = text[states[-1].end() : closing].lstrip(" ,")
        return NoteEdit(states[-1].start(), closing, f"{rest}, {note}" if rest else note)
    return NoteEdit(closing, closing, f", {note}")

"""The last parenthesis of an action item: `(due: 2024-02-20, kind: prevent, ticket: OPS-12)`.

Its keys are due, kind, ticket, done, state and wont-do; the last takes the rest of the parenthesis, commas included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from postmortems.model.action_item import ActionKind, ActionState
from postmortems.model.diagnostic import Problem
from postmortems.model.section import Body
from postmortems.text.spelling import did_you_mean, listed

KEYS = ("due", "kind", "ticket", "done", "state", "wont-do")

_PIECE = re.compile(r"\s{0,20}([A-Za-z-]{3,10})\s{0,20}:\s{0,20}(.{0,500}?)\s*", re.DOTALL)
_WONT_DO = re.compile(r"(?:^|,)\s{0,20}wont-do\s{0,20}(?::|$)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST = 2_000


@dataclass(slots=True)
class Notes:
    """The content of the parenthesis. `wrong` holds key, value and why for each value that cannot be read."""

    due: date | None = None
    done: date | None = None
    kind: ActionKind | None = None
    state: ActionState | None = None
    ticket: str = ""
    dropped_because: str = ""
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def problems(self, body: Body, first: int, last: int) -> Iterator[Problem]:
        """A problem for each wrong value, at the place where it is on the lines of its item."""
        for key, value, help_text in self.wrong:
            place = body.place(first)
            for line in range(last, first - 1, -1):
                raw = body.line(line)
                if (at := raw.rfind(value) if value else raw.rfind(f"{key}:")) >= 0:
                    place = body.place(line, at + 1, len(value) or len(key))
                    break
            yield Problem("invalid-value", place, f'cannot read {key}: "{value}" in an action item', help_text)


def read_notes(text: str) -> tuple[str, Notes | None]:
    """The text of an item without its notes, and the notes; None and the whole text where it has none."""
    end = len(text.rstrip(" ."))
    start = _opening(text, end)
    if start is None:
        return text, None
    notes = _parsed(text[start + 1 : end - 1])
    return (text, None) if notes is None else (text[:start].rstrip(), notes)


def _opening(text: str, end: int) -> int | None:
    """The offset of the parenthesis that ends the text."""
    if text[end - 1 : end] != ")":
        return None
    depth = 0
    for index in range(end - 1, max(-1, end - _LONGEST), -1):
        if text[index] == ")":
            depth += 1
        elif text[index] == "(":
            depth -= 1
            if depth == 0:
                # `[words](target)` is a link, whatever its target looks like.
                return None if text[index - 1 : index] == "]" else index
    return None


def _parsed(inside: str) -> Notes | None:
    """The notes in a parenthesis, or None if one of its pieces is none."""
    pairs: list[tuple[str, str]] = []
    if found := _WONT_DO.search(inside):
        pairs.append(("wont-do", inside[found.end() :].strip()))
        inside = inside[: found.start()]
    elif not inside.strip():
        return None
    for piece in inside.split(",") if inside.strip() else ():
        match = _PIECE.fullmatch(piece)
        if match is None or match[1].lower() not in KEYS:
            return None
        pairs.append((match[1].lower(), match[2]))
    notes = Notes()
    for key, value in pairs:
        _note(notes, key, value)
    return notes


def _note(notes: Notes, key: str, value: str) -> None:
    if key in ("due", "done"):
        day = day_of(value)
        if day is None:
            notes.wrong.append((key, value, "write the day as 2026-11-20"))
        elif key == "due":
            notes.due = day
        else:
            notes.done = day
    elif key == "kind":
        try:
            notes.kind = ActionKind(value.lower())
        except ValueError:
            notes.wrong.append((key, value, _choices("kinds", value, ActionKind)))
    elif key == "state":
        try:
            notes.state = ActionState(value.lower())
        except ValueError:
            notes.wrong.append((key, value, _choices("states", value, ActionState)))
    elif key == "ticket":
        notes.ticket = value
    else:
        notes.state, notes.dropped_because = ActionState.DROPPED, value


def _choices(plural: str, value: str, choices: type[ActionKind] | type[ActionState]) -> str:
    names = [choice.value for choice in choices]
    guess = did_you_mean(value, names)
    return f"{guess} the {plural} are {listed(names)}".strip() if guess else f"the {plural} are {listed(names)}"


def day_of(value: str) -> date | None:
    """The day written as `2024-02-20`."""
    if not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None

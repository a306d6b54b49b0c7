"""The last parenthesis of an action item: `(due: 2024-02-20, kind: prevent, ticket: OPS-12)`.

Its keys are due, kind, ticket, done, state and wont-do; the last takes the rest of the parenthesis, commas included.
A parenthesis with one entry that is a note, or nearly one, holds notes: `(due 2024-02-20)` is read, and what is not
understood beside a note is reported. Other parentheses are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from postmortems.model.action_item import ActionKind, ActionState
from postmortems.model.diagnostic import Problem
from postmortems.model.section import Body
from postmortems.text.inline import without_code
from postmortems.text.spelling import did_you_mean, listed, only_near

KEYS = ("due", "kind", "ticket", "done", "state", "wont-do")

_PIECE = re.compile(r"\s{0,20}([A-Za-z-]{3,10})\s{0,20}:\s{0,20}(.{0,500}?)\s*", re.DOTALL)
_DUE = re.compile(
    r"\s{0,20}(?:due(?:\s{1,5}(?:date|by|on))?|deadline|by(?=\s{1,5}\d{4}-\d\d-\d\d\s*$))\s{0,5}[\s:=]\s{0,20}(?!\s|to\b)"
    r"(?=.{0,60}?(?:\d|day\b|week|month|quarter|sprint|soon|tomorrow|asap|tbd|unknown))(.{1,500}?)\s*",
    re.DOTALL | re.IGNORECASE,
)
_WITHOUT_COLON = re.compile(r"\s{0,20}([A-Za-z]{4,6})\s{0,5}[\s=]\s{0,5}(\S{1,500})\s*")
_WONT_DO = re.compile(r"(?:^|,)\s{0,20}wont-do\s{0,20}(?::|$)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MISPLACED = re.compile(
    r"(?<!\])\((?:(?:due|done)\s{0,20}:\s{0,20}\d|(?:ticket|wont-do)\s{0,20}:|"
    rf"(?:kind|state)\s{{0,20}}:\s{{0,20}}(?:{'|'.join([*ActionKind, *ActionState])})\b)[^()]{{0,300}}\)",
    re.IGNORECASE,
)
_LONGEST = 2_000


@dataclass(slots=True)
class Notes:
    """The content of the parenthesis. `wrong` holds key, value and why for each value that cannot be read; where it
    is not known whose value it is, the key is empty."""

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
            said = f'{key}: "{value}"' if key else f'"{value}"'
            yield Problem("invalid-value", place, f"cannot read {said} in an action item", help_text)


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


def misplaced_notes(text: str) -> Iterator[tuple[str, str, str]]:
    """Key, value and why, as in `Notes.wrong`, of each parenthesis of notes that does not end the text of an item."""
    if "(" in text:
        for found in _MISPLACED.finditer(without_code(text)):
            yield "", found[0], "put all notes into one parenthesis at the end of the item"


def _parsed(inside: str) -> Notes | None:
    """The notes in a parenthesis, or None if none of its pieces is one."""
    dropped_because = None
    if found := _WONT_DO.search(inside):
        dropped_because = inside[found.end() :].strip()
        inside = inside[: found.start()]
    pieces = inside.split(",") if inside.strip() else []
    pairs = [_pair(piece) for piece in pieces]
    if dropped_because is None and not any(pairs) and not any(_misspelt_key(piece) for piece in pieces):
        return None
    notes = Notes()
    seen: set[str] = set()
    for piece, pair in zip(pieces, pairs, strict=True):
        if pair is None:
            notes.wrong.append(("", piece.strip(), _advice(piece)))
        elif pair[0] in seen:
            notes.wrong.append(("", piece.strip(), f"write {pair[0]} once"))
        else:
            seen.add(pair[0])
            _note(notes, *pair)
    if dropped_because is not None:
        _note(notes, "wont-do", dropped_because)
    return notes


def _pair(piece: str) -> tuple[str, str] | None:
    """The key and value of a note: `due: 2024-02-20`, or without its colon if the value leaves no doubt."""
    match = _PIECE.fullmatch(piece)
    if match and match[1].lower() in KEYS:
        return match[1].lower(), match[2]
    if due := _DUE.fullmatch(piece):
        return "due", due[1]
    match = _WITHOUT_COLON.fullmatch(piece)
    return (match[1].lower(), match[2]) if match and _is_value(match[1].lower(), match[2]) else None


def _is_value(key: str, value: str) -> bool:
    if key in ("due", "done"):
        return day_of(value) is not None
    if key == "ticket":
        return any(character.isdigit() for character in value)
    values: dict[str, list[str]] = {"kind": list(ActionKind), "state": list(ActionState)}
    return value.lower() in values.get(key, ())


def _misspelt_key(piece: str) -> str | None:
    """The key that a piece such as `deu: 2024-02-20` means: one that is near, with a value of that key."""
    match = _PIECE.fullmatch(piece)
    meant = only_near(match[1].lower(), KEYS) if match else None
    return meant if match and meant and _is_value(meant, match[2]) else None


def _advice(piece: str) -> str:
    key, colon, value = (part.strip() for part in piece.partition(":"))
    if colon and key.lower() in ("owner", "assignee"):
        return f"write the owner before the text: [{value}]" if value else "write the owner before the text"
    guess = did_you_mean(key.lower(), KEYS) if colon else ""
    return f"{guess} the keys are {listed(KEYS)}".strip()


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

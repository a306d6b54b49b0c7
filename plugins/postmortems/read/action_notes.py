"""The last parenthesis of an action item: `(due: 2024-02-20, kind: prevent, ticket: OPS-12)`.

Its keys are due, kind, ticket, done, state and wont-do; the last takes the rest of the parenthesis, commas included.
A parenthesis holds notes if all its entries are `key: value`, or if one of them is a note beyond doubt, such as
`due 2024-02-20`: what is not understood beside it is reported. Other parentheses are text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from postmortems.model.action_item import ActionKind, ActionState
from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.model.section import Body
from postmortems.text.inline import without_code, without_last_comment
from postmortems.text.spelling import did_you_mean, listed, only_near

KEYS = ("due", "kind", "ticket", "done", "state", "wont-do")

_DUE = re.compile(
    r"(?:due(?:[\s-]?date|\s+by|\s+on)?|deadline|eta|by(?=\s+\d{4}-\d\d-\d\d$))\s{0,5}[\s:=]\s{0,20}(?=\S)",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,4}[./]\d{1,2}[./]\d{1,4}|(?:in\s+)?\d{1,2}\s+(?:days|weeks|months|sprints)"
    r"|(?:(?:next|this|end\s+of|mid|early|late|in|before|\d{1,2}(?:st|nd|rd|th|\.)?)[\s-]+){0,3}"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|week|month|quarter|sprint|year|q[1-4]|h[12]"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|tomorrow|today|soon|asap|tbd)(?:[\s,]+\d{1,4}(?:st|nd|rd|th)?){0,2}",
    re.IGNORECASE,
)
"""Pattern for what is meant as a day, whether it can be read or not."""

_WITHOUT_COLON = re.compile(r"([A-Za-z]{4,6})\s{0,5}[\s=]\s{0,5}(\S+)")
_TICKET = re.compile(r"[A-Za-z][\w-]{0,30}-\d+|#\d+|https?://\S+")
_WONT_DO = re.compile(r"(?:^|,)\s{0,20}wont-do\s{0,20}(?::|$)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MISPLACED = re.compile(
    r"(?<!\])\((?:(?:due|done)\s{0,20}:\s{0,20}\d{1,4}[-./]\d{1,2}[-./]\d|ticket\s{0,20}:\s{0,20}[A-Z]\w{0,20}-\d"
    rf"|(?:kind|state)\s{{0,20}}:\s{{0,20}}(?:{'|'.join([*ActionKind, *ActionState])})\b(?=[^()]{{0,300}}\)\W{{0,5}}$))"
    r"[^()]{0,300}\)",
    re.IGNORECASE,
)
_LONGEST = 2_000
_LONGEST_DAY = 40
_ANOTHER = re.compile(rf"\b(?:{'|'.join(KEYS)})\s{{0,5}}:", re.IGNORECASE)
_SEPARATE = "separate notes by commas"
_OWNER = re.compile(r"(?:owner|assignee)[\s:=]{1,5}(.+)|(@.+)", re.IGNORECASE | re.DOTALL)


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
            said = f'{key}: "{value}"' if key else f'"{value}"'
            place = _place(body, first, last, value or f"{key}:", len(value) or len(key))
            yield Problem("invalid-value", place, f"cannot read {said} in an action item", help_text)


def _place(body: Body, first: int, last: int, written: str, length: int) -> Place:
    """The place of an entry on the lines of an item: as a whole one, as part of one, or else the last parenthesis."""
    whole = re.compile(rf"(?<=[(,:=\s]){re.escape(written)}(?=\s*[,);])")
    lines = [(line, without_last_comment(body.line(line))) for line in range(last, first - 1, -1)]
    for line, raw in lines:
        if found := [*whole.finditer(raw)]:
            return body.place(line, found[-1].start() + 1, length)
    for find in (written, "("):
        for line, raw in lines:
            if (at := raw.rfind(find)) >= 0:
                return body.place(line, at + 1, length if find == written else len(raw) - at)
    return body.place(first)


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
            yield "", found[0], "put all notes into one parenthesis at the end of the item, or write this in backticks"


def _parsed(inside: str) -> Notes | None:
    """The notes in a parenthesis, or None if it is text."""
    dropped_because = None
    if found := _WONT_DO.search(inside):
        dropped_because = inside[found.end() :].strip()
        inside = inside[: found.start()]
    pieces = [piece.strip() for piece in inside.split(",") if piece.strip()]
    pairs = [_pair(piece) for piece in pieces]
    is_sure = any(pair and _is_value(*pair) for pair in pairs) or any(
        _due(piece) or _misspelt_key(piece) for piece in pieces
    )
    # Without one that is sure, notes are those that all have a known key, whose values are then reported.
    if dropped_because is None and not is_sure and (None in pairs or not pairs):
        return None
    return _notes(pieces, pairs, dropped_because)


def _notes(pieces: Sequence[str], pairs: Sequence[tuple[str, str] | None], dropped_because: str | None) -> Notes:
    notes = Notes()
    seen: set[str] = set()
    for piece, written in zip(pieces, pairs, strict=True):
        pair = written or _without_colon(piece)
        if pair is None:
            notes.wrong.append(("", piece, _advice(piece, seen)))
        elif pair[0] in seen:
            notes.wrong.append(("", piece, f"write {pair[0]} once"))
        else:
            seen.add(pair[0])
            _note(notes, *pair)
    if dropped_because is not None:
        _note(notes, "wont-do", dropped_because)
    return notes


def _pair(piece: str) -> tuple[str, str] | None:
    """The key and value of a note: `due: 2024-02-20`, or a day that is due in other words."""
    key, colon, value = piece.partition(":")
    if colon and (known := key.strip().lower()) in KEYS:
        return known, value.strip()
    return _due(piece)


def _due(piece: str) -> tuple[str, str] | None:
    """A day that is due and written in other words: `deadline 2024-02-20`, `due next Friday`."""
    found = _DUE.match(piece)
    value = piece[found.end() :] if found else ""
    return ("due", value) if len(value) <= _LONGEST_DAY and _WHEN.fullmatch(value) else None


def _without_colon(piece: str) -> tuple[str, str] | None:
    """A note beside others whose value leaves no doubt that its colon was forgotten: `kind prevent`."""
    found = _WITHOUT_COLON.fullmatch(piece)
    key, value = (found[1].lower(), found[2]) if found else ("", "")
    return (key, value) if _is_value(key, value) and (key != "ticket" or _TICKET.fullmatch(value)) else None


def _is_value(key: str, value: str) -> bool:
    if key in ("due", "done"):
        return day_of(value) is not None
    if key == "ticket":
        return any(character.isdigit() for character in value)
    values: dict[str, list[str]] = {"kind": list(ActionKind), "state": list(ActionState)}
    return value.lower() in values.get(key, ())


def _misspelt_key(piece: str) -> str | None:
    """The key that a piece such as `knid: prevent` means: one that is near, with a value of that key."""
    key, colon, value = (part.strip() for part in piece.partition(":"))
    if not colon or not 2 < len(key) < 10 or key.lower() in KEYS:
        return None
    meant = "due" if sorted(key.lower()) == sorted("due") else only_near(key.lower(), KEYS)
    return meant if meant and _is_value(meant, value) else None


def _advice(piece: str, seen: Collection[str]) -> str:
    if owner := _OWNER.fullmatch(piece):
        return f"write the owner before the text: [{owner[1] or owner[2]}]"
    if piece.lower() in list(ActionKind):
        return f"write kind: {piece.lower()}"
    if _TICKET.fullmatch(piece):
        return "an item has one ticket" if "ticket" in seen else f"write ticket: {piece}"
    guess = _misspelt_key(piece)
    return f'did you mean "{guess}"?' if guess else f"the keys are {listed(KEYS)}"


def _note(notes: Notes, key: str, value: str) -> None:
    if key in ("due", "done"):
        day = day_of(value)
        if day is None:
            notes.wrong.append((key, value, _SEPARATE if _ANOTHER.search(value) else "write the day as 2026-11-20"))
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
    if _ANOTHER.search(value):
        return _SEPARATE
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

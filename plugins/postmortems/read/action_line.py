"""The text of one action item in a list → its box, its marks and words of state, its owner, its notes, and the rest.

    [x] [orders-team] Set a timeout for reports (kind: prevent, done: 2026-02-03)

What is in a box is never an owner. A box is a bracket with one character or none, without letters, such as
`[1/3]`, or before another bracket that is no box: `[Erledigt] [dana] …`. After a box, a bracket with a letter is an
owner, however short the name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from postmortems.model.action_item import ActionState
from postmortems.read.action_marks import BOXES, MARKS, mark_at
from postmortems.read.action_notes import Notes, misplaced_notes, read_notes
from postmortems.read.action_state import WrittenState, read_state
from postmortems.read.languages import plain_word, words
from postmortems.text.inline import escaped_length, without_escapes

_BRACKET = re.compile(r"\\?\[((?:[^\[\]\\]|\\.(?!\()){0,100}?)\\?\](?![(\[:])(\s*)")
_IN_BOLD = re.compile(r"(?:\*\*|__)(\\?\[[^\[\]\n]{0,100}\])(?:\*\*|__)(?=\s)")
_LABEL = re.compile(r"(?:\*\*|__)?([^*_:\n]{2,40}?)(?:(?:\*\*|__)\s?:|:(?:\*\*|__)?|(?:\*\*|__)|\s[-–—](?=\s))(?=\s)")
_IN_BRACKETS_AT_END = re.compile(r"\\?[(\[]([^()\[\]]{2,100}?)\\?[)\]][\s.]{0,5}")
_CAPITALS = re.compile(r"([A-Z][A-Z' -]{1,30}?):?\s{1,3}(?=\\?\[[^\[\]]{0,100}\](?![(\[:]))")
_IN_BRACKETS_AT_START = re.compile(r"\\?\(([^()\[\]\\]{2,100})\\?\):?\s{1,3}")
_STATUS = re.compile(r"([^\W\d_]{3,20})\s?:\s{0,3}(\S.{0,100})")
_DASH = re.compile(r"\s(?:-{1,2}|[–—])\s")
_ALL_STRUCK = re.compile(r"(?:~~[^~]+~~|<(del|s|strike)>[^<>]+</\1>)[\s.]*", re.IGNORECASE)
_LONGEST_TAIL = 300
_MOST_HEADS = 8
_USUAL = {"": WrittenState(ActionState.OPEN, "[ ]", is_default=True), "x": WrittenState(ActionState.DONE, "[x]")}
"""Contents of nearly all boxes, so that most documents load no word lists."""


@dataclass(slots=True)
class ActionLine:
    """One item taken apart. `column_text` is what its place points at: the text behind its box and marks."""

    text: str
    column_text: str
    owner: str
    notes: Notes
    claims: tuple[WrittenState, ...]


def read_action_line(text: str, own: Mapping[str, ActionState]) -> ActionLine:
    """Take an item's text apart. `own` is the setting `states`."""
    claims: list[WrittenState] = []
    owner = ""
    text = column_text = text.strip()
    for _ in range(_MOST_HEADS):
        rest, claim, name = _head(text, own, after_box=bool(claims))
        if rest is None or (name and owner):
            break
        owner = name or owner
        text = rest
        if claim:
            claims.append(claim)
            column_text = rest if not owner else column_text
    text, notes = _without_notes(text)
    claims += _states_beside_notes(notes, own, is_told=bool(claims))
    notes.wrong.extend(misplaced_notes(text))
    if _ALL_STRUCK.fullmatch(text):
        done = [claim for claim in claims if claim.state and not claim.is_default]
        claims += [] if done else [WrittenState(None, text)]
    for said in (_label(text, own), _tail(text, own)):
        # Behind a box, words for what is open are words: "[x] Delete the queue (blocked)".
        if said and not (claims and said.state is ActionState.OPEN):
            claims.append(said)
    return ActionLine(text, column_text, owner, notes, tuple(claims))


def begins_with_box(text: str) -> bool:
    """True if a list item begins with a box, whatever is in it."""
    found = _BRACKET.match(text)
    return bool(found and _is_box(without_escapes(found[1]).strip(), False) and (found[2] or found.end() == len(text)))


def read_list_state(text: str, own: Mapping[str, ActionState]) -> WrittenState | None:
    """Read what a heading or a label says of all items below it: `Done:`, `Immediate actions (completed)`.

    None where that is nothing, or that they are open, as items are anyway.
    """
    bare = text.strip(" *_").rstrip(": *_")
    found = _IN_BRACKETS_AT_END.fullmatch(bare, start) if (start := bare.rfind("(")) >= 0 else None
    for phrase in (bare, found[1] if found else ""):
        said = read_state(phrase, own) if phrase else None
        if said and said.state and said.state is not ActionState.OPEN and not said.detail:
            return said
    return None


def _head(
    text: str, own: Mapping[str, ActionState], *, after_box: bool
) -> tuple[str | None, WrittenState | None, str | None]:
    """Split what a text begins with into the rest behind it, a state and an owner; all None if it is neither."""
    if found := _IN_BOLD.match(text):
        text = found[1] + text[found.end() :]
    if found := _BRACKET.match(text):
        inner, rest = without_escapes(found[1]).strip(), text[found.end() :]
        if _is_box(inner, after_box) and (found[2] or not rest or inner.casefold() in BOXES):
            said = (None if own else _USUAL.get(inner)) or read_state(f"[{inner}]", own)
            as_written = found[0].rstrip()
            return rest, said if said is None or said.written == as_written else replace(said, written=as_written), None
        if not _is_box(inner, after_box):
            said = read_state(inner, own)
            if said and said.state:
                return rest, said, None
            if not after_box and (not _has_letter(inner) or _begins_with_owner(rest, own)):
                return rest, WrittenState(None, found[0].rstrip()), None
            return rest, None, inner
    elif (mark := mark_at(text)) and (mark[0] in MARKS or text[: mark[1]] in own):
        return text[mark[1] :].lstrip(), read_state(text[: mark[1]], own), None
    elif found := _IN_BRACKETS_AT_START.match(text) or _CAPITALS.match(text):
        said = read_state(found[1], own)
        if said and said.state:
            return text[found.end() :], said, None
    return None, None, None


def _has_letter(inner: str) -> bool:
    return any(character.isalpha() for character in inner)


def _begins_with_owner(text: str, own: Mapping[str, ActionState]) -> bool:
    """True if a text begins with a bracket that can be an owner: with letters, and no state."""
    found = _BRACKET.match(text)
    inner = without_escapes(found[1]).strip() if found else ""
    said = read_state(inner, own) if _has_letter(inner) and not _is_box(inner, False) else None
    return bool(said and not said.state)


def _is_box(inner: str, after_box: bool) -> bool:
    has_word = any(character.isalnum() for character in inner)
    return not has_word or inner in ("x", "X") or (len(inner) == 1 and not after_box)


def _label(text: str, own: Mapping[str, ActionState]) -> WrittenState | None:
    """The state that a text begins with, as a label: `DONE: …`, `**Fixed** …`, `Done - …`."""
    found = _LABEL.match(text)
    said = read_state(found[1], own) if found else None
    return said if said and said.state and not said.detail else None


def _tail(text: str, own: Mapping[str, ActionState]) -> WrittenState | None:
    """The state that a text ends with: `… (done)`, `… - DONE in PR 12`, `… ✅`."""
    end = text[-_LONGEST_TAIL:].rstrip()
    written = None
    if end.endswith((")", "]", ").", "].")) and (start := max(end.rfind("("), end.rfind("["))) > 0:
        found = _IN_BRACKETS_AT_END.fullmatch(end, start - (end[start - 1] == "\\"))
        written = found[1] if found and end[start - 1] != "]" else None
    if written is None and (dashes := list(_DASH.finditer(end))):
        written = end[dashes[-1].end() :]
    if written and (said := _state(written, own)):
        return said
    last = end.rsplit(" ", 1)[-1] if " " in end else ""
    mark = mark_at(last)
    return read_state(last, own) if mark and mark[0] and mark[1] == len(last) else None


def _states_beside_notes(notes: Notes, own: Mapping[str, ActionState], *, is_told: bool) -> list[WrittenState]:
    """The states among what is no note: `(done, due: 2024-02-20)`. They are wrong no longer."""
    said = {value: _state(value, own) for key, value, _ in notes.wrong if not key}
    notes.wrong[:] = [wrong for wrong in notes.wrong if wrong[0] or not said[wrong[1]]]
    return [state for state in said.values() if state and not (is_told and state.state is ActionState.OPEN)]


def _state(written: str, own: Mapping[str, ActionState]) -> WrittenState | None:
    status = _STATUS.fullmatch(written)
    if status and words("action_columns").get(plain_word(status[1])) == "state":
        return read_state(status[2], own, column=True)
    said = read_state(written, own)
    return said if said and said.state else None


def _without_notes(text: str) -> tuple[str, Notes]:
    """The text without the parenthesis of its notes, whose escapes are undone, and the notes."""
    plain = without_escapes(text)
    rest, notes = read_notes(plain)
    if notes is None or plain == text:
        return (text, Notes()) if notes is None else (rest, notes)
    return text[: escaped_length(text, len(rest))].rstrip(), notes

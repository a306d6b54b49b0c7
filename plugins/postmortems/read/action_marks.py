"""Marks that tell the state of an action item: check marks, emoji, short codes, and what is in a task list's box.

They are of no language. A mark that several conventions use differently is not known here; a team can say what it
means in the setting `states`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from postmortems.model.action_item import ActionState

BOXES: Mapping[str, ActionState] = {
    "": ActionState.OPEN,
    "x": ActionState.DONE,
    "✓": ActionState.DONE,
    "✔": ActionState.DONE,
    "✅": ActionState.DONE,
    "☑": ActionState.DONE,
    "√": ActionState.DONE,
    # Begun, in the themes and plugins of Obsidian and its like.
    "/": ActionState.OPEN,
    # Cancelled there, and what `postmortems show` prints for a dropped item.
    "-": ActionState.DROPPED,
    # What `postmortems show` prints where the state is unknown.
    "?": ActionState.UNKNOWN,
}
"""Contents of boxes with the state they mean. Not here: `~`, inapplicable on GitLab and half done elsewhere; `>`, which
moves an item to another day or another list; `!` and `*`, which say that it matters."""

MARKS: Mapping[str, ActionState] = {
    "✅": ActionState.DONE,
    "☑": ActionState.DONE,
    "✔": ActionState.DONE,
    "✓": ActionState.DONE,
    "√": ActionState.DONE,
    "🚧": ActionState.OPEN,
    "🏗": ActionState.OPEN,
    "⏳": ActionState.OPEN,
    "⌛": ActionState.OPEN,
    "🔄": ActionState.OPEN,
    "⬜": ActionState.OPEN,
    "◻": ActionState.OPEN,
    "☐": ActionState.OPEN,
    "🔲": ActionState.OPEN,
    "⏸": ActionState.OPEN,
    "❌": ActionState.OPEN,
    "✗": ActionState.OPEN,
    "✘": ActionState.OPEN,
    "✖": ActionState.OPEN,
    "❓": ActionState.UNKNOWN,
    "❔": ActionState.UNKNOWN,
}
"""State that a mark means in a column of states or at the head of an item. Not here: 🚫 and ⛔ (blocked, or not to be
done), coloured circles and squares."""

_SHORT_CODES: Mapping[str, str] = {
    "white_check_mark": "✅",
    "heavy_check_mark": "✔",
    "ballot_box_with_check": "☑",
    "check_mark": "✔",
    "check_mark_button": "✅",
    "check": "✔",
    "construction": "🚧",
    "building_construction": "🏗",
    "hourglass": "⌛",
    "hourglass_flowing_sand": "⏳",
    "arrows_counterclockwise": "🔄",
    "white_large_square": "⬜",
    "pause_button": "⏸",
    "x": "❌",
    "heavy_multiplication_x": "✖",
    "question": "❓",
    "grey_question": "❔",
}
NO_TICK = frozenset("❌✗✘✖")
"""Marks that tell "not done" where they are alone, and nothing beside a word: `❌ Cancelled`."""

_CODE = re.compile(r":([a-z0-9_+-]{1,60}):")
_ICON_CHECK = re.compile(r"(?:material|octicons|fontawesome)-(?:[a-z0-9]{1,20}-){0,3}check(?:-[a-z0-9-]{1,30})?")
_JOINERS = "\ufe0e\ufe0f\u200d\u20e3"


def mark_at(text: str, start: int = 0) -> tuple[str, int] | None:
    """Return the mark that begins at `start` and where it ends; an empty mark for a sign that tells no state."""
    character = text[start : start + 1]
    if character == ":":
        if not (code := _CODE.match(text, start)):
            return None
        return _SHORT_CODES.get(code[1], "✔" if _ICON_CHECK.fullmatch(code[1]) else ""), code.end()
    if character not in MARKS and (not character or unicodedata.category(character) not in ("So", "Sk")):
        return None
    end = start + 1
    while end < len(text) and (text[end] in _JOINERS or unicodedata.category(text[end]) == "Sk"):
        end += 1
    return (character if character in MARKS else ""), end


def marks_around(text: str) -> tuple[list[str], str]:
    """Return the marks at both ends of a text, and what is between them."""
    found: list[str] = []
    text = text.strip()
    while mark := mark_at(text):
        found.append(mark[0])
        text = text[mark[1] :].lstrip()
    while text and (start := _start_of_last(text)) is not None and (mark := mark_at(text, start)):
        found.append(mark[0])
        text = text[:start].rstrip()
    return found, text


def _start_of_last(text: str) -> int | None:
    """The offset of the sign or short code that ends a text."""
    if text.endswith(":"):
        start = text.rfind(":", 0, len(text) - 1)
        return start if start >= 0 and _CODE.fullmatch(text, start) else None
    bare = text.rstrip(_JOINERS)
    start = len(bare) - 1
    return start if start >= 0 and mark_at(text, start) else None

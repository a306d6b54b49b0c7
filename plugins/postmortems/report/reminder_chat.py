"""Reminder as a message for a chat: plain lines with whole addresses, which every chat makes links of.

It is one short message whatever there is to say: the most urgent items of each owner, and how many more. Signs by
which a chat would call people or hide an address are written otherwise: `<`, `>` and an `@` before a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.analyse.reminders import OwnerReminder
from postmortems.render.words.incident import clipped
from postmortems.report.reminder import Reminder, count_line, incident_words, notes, when_words
from postmortems.text.spelling import count_words
from postmortems.text.terminal import escape_controls

LONGEST = 3_500
"""Chats cut or split messages of more than about 4,000 characters."""

_MOST_OVERDUE, _MOST_ITEMS = 2, 3
_LONGEST_TEXT, _LONGEST_NAME = 120, 60
_ROOM = 400
_CALLS = re.compile(r"([@#!])(?=\w)")
_ANGLES = str.maketrans({"<": "\u2039", ">": "\u203a"})


def reminder_chat(reminder: Reminder) -> str:
    """The message as text that ends with a line break."""
    found = reminder.reminders
    blocks = ["\n".join(_owner(part, reminder)) for part in found.parts]
    text = f"{count_line(found)}."
    shown = 0
    for block in blocks:
        if len(text) + len(block) > LONGEST - _ROOM:
            break
        text, shown = f"{text}\n\n{block}", shown + 1
    if left := found.parts[shown:]:
        items = sum(len(part.overdue) + len(part.due_soon) for part in left)
        owners = count_words(len(left), "more owner")
        text += f"\n\n{owners} with {count_words(items, 'action item')}."
    end = [*notes(found), *([f"All action items: {reminder.overview}"] if reminder.overview else [])]
    return f"{text}{chr(10) * 2 if found.parts else ' '}{' '.join(end)}\n"


def _owner(part: OwnerReminder, reminder: Reminder) -> Iterator[str]:
    items = (*part.overdue[:_MOST_OVERDUE], *part.due_soon, *part.overdue[_MOST_OVERDUE:])
    counts = ((len(part.overdue), "overdue"), (len(part.due_soon), "due soon"))
    told = ", ".join(f"{number} {words}" for number, words in counts if number)
    name = _harmless(part.name, _LONGEST_NAME, reminder.mentions) if part.name else "No owner"
    yield f"{name}: {told}"
    for action in items[:_MOST_ITEMS]:
        words = _harmless(reminder.words(action), _LONGEST_TEXT)
        when = when_words(action, reminder.reminders.today)
        yield f"• {when}: {words} ({_harmless(incident_words(action), _LONGEST_NAME)})"
        yield f"  {reminder.address(action).translate(_ANGLES)}"
    if len(items) > _MOST_ITEMS:
        yield f"• and {len(items) - _MOST_ITEMS} more"


def _harmless(text: str, longest: int, mentions: bool = False) -> str:
    """A text on one line that calls nobody and hides no address."""
    plain = " ".join(escape_controls(clipped(text, longest)).split()).translate(_ANGLES)
    return plain if mentions else _CALLS.sub("\\1\u2060", plain)

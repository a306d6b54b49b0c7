"""Reminder as Markdown for the body of one issue: a heading an owner, that of items without an owner last.

Everything that authors wrote is escaped, since a bot posts it with its own rights. An owner that is written as `@name`
or `@organisation/team` is mentioned only where the caller asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.analyse.reminders import OwnerReminder
from postmortems.model.dated_action import DatedAction
from postmortems.render.words.actions import ticket_words
from postmortems.render.words.incident import clipped
from postmortems.report.reminder import (
    Reminder,
    count_line,
    due_words,
    incident_words,
    is_web_address,
    notes,
    when_words,
)
from postmortems.text.markdown import code, escaped
from postmortems.text.spelling import count_words

MARK = "<!-- postmortems remind -->"
"""The first line, by which a CI job finds the issue that it wrote before."""

LONGEST = 60_000
"""GitHub refuses bodies of more than 65,536 characters."""

_LONGEST_TEXT = 300
_ROOM = 500
"""Room for the last lines, which are always there."""
_MENTION = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:/[A-Za-z0-9._-]{1,100})?")


def reminder_markdown(reminder: Reminder) -> str:
    """The reminder as Markdown that ends with a line break, never longer than an issue may be."""
    found = reminder.reminders
    text = f"{MARK}\n\n**{escaped(count_line(found))}.**\n"
    left = 0
    for part in found.parts:
        head, *rows = _part(part, reminder)
        for row in rows if left == 0 else ():
            block = f"{head}{row}"
            if len(text) + len(block) > LONGEST - _ROOM:
                break
            text, head, rows = text + block, "", rows[1:]
        left += len(rows)
    if left:
        text += f"\n{count_words(left, 'more action item')} did not fit here.\n"
    if found.parts:
        text += (
            "\nClosed one? Tick its box in the postmortem: `[x]`, with `done: <date>`. "
            "Will not be done? End it with `(wont-do: <reason>)`.\n"
        )
    where = f" [All action items](<{reminder.overview}>)" if is_web_address(reminder.overview) else ""
    return f"{text}\n{' '.join(map(escaped, notes(found)))}{where}\n"


def _part(part: OwnerReminder, reminder: Reminder) -> Iterator[str]:
    """The heading of an owner with its counts, then a block for each item."""
    counts = ((len(part.overdue), "overdue"), (len(part.due_soon), "due soon"))
    told = ", ".join(f"{number} {words}" for number, words in counts if number)
    mentioned = reminder.mentions and _MENTION.fullmatch(part.name)
    name = part.name if mentioned else escaped(part.name) if part.name else "No owner"
    yield f"\n### {name}\n\n{told}\n\n"
    for action in (*part.overdue, *part.due_soon):
        yield _item(action, reminder)


def _item(action: DatedAction, reminder: Reminder) -> str:
    words = escaped(clipped(reminder.words(action), _LONGEST_TEXT))
    address = reminder.address(action)
    has_page = is_web_address(address)
    facts = [due_words(action), action.item.kind or ""]
    told = [escaped(fact) for fact in facts if fact]
    if action.item.ticket:
        ticket, ticket_address = ticket_words(action.item)
        shown = escaped(clipped(ticket, _LONGEST_TEXT))
        told.append(f"[{shown}](<{ticket_address}>)" if is_web_address(ticket_address) else shown)
    title = escaped(clipped(incident_words(action), _LONGEST_TEXT))
    told.append(title if has_page else f"{title}, {code(address)}")
    text = f"[{words}](<{address}>)" if has_page else words
    return f"- **{when_words(action, reminder.reminders.today)}**: {text}  \n  {' · '.join(told)}\n"

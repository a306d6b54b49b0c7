"""`/actions.ics`: the open action items that have a due date, as events of a whole day (RFC 5545).

Events and no to-dos, since the calendars that most people have show nothing else. They leave the day free.

Maintainers: the lines are written here, since the library that could do it takes 0.4 ms an event, three times what all
files of a postmortem may cost together; the tests read them back with it and with another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID, uuid5

from postmortems.model.action_item import ActionState
from postmortems.render.data.action_record import ActionRecord
from postmortems.render.data.data_context import DataContext

FILE = "actions.ics"

_UIDS = UUID("5f0c5a8e-7d0b-5b8e-9a53-0e7f2c1d6b41")
"""The space of names in which an item's id becomes its UID; whoever changes it doubles everybody's events."""

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_LONGEST = 75
"""The most bytes of a line, by RFC 5545, section 3.1."""


def actions_ics(data_context: DataContext) -> str:
    """The text of the file: lines of at most 75 bytes that end with CR LF."""
    return "".join(f"{_folded(line)}\r\n" for line in _lines(data_context))


def _lines(data_context: DataContext) -> Iterator[str]:
    # The stamp is the day's, not the clock's, so that two builds of a day are equal.
    stamp = f"DTSTAMP:{data_context.pages.analysis.today:%Y%m%d}T000000Z"
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mkdocs-postmortems//actions//EN", "CALSCALE:GREGORIAN")
    name = _text(f"Action items: {data_context.site_name}" if data_context.site_name else "Action items")
    yield from (f"NAME:{name}", f"X-WR-CALNAME:{name}")
    for action in data_context.actions:
        if action["due"] and action["state"] == ActionState.OPEN:
            yield from _event(action, stamp, data_context)
    yield "END:VCALENDAR"


def _event(action: ActionRecord, stamp: str, data_context: DataContext) -> Iterator[str]:
    day = (action["due"] or "").replace("-", "")
    yield "BEGIN:VEVENT"
    # Two sites may have an item of one id, and somebody who subscribes to both.
    name = f"{data_context.site_id}/{action['id']}"
    yield f"UID:{uuid5(_UIDS, name)}"
    yield stamp
    yield f"DTSTART;VALUE=DATE:{day}"  # without an end it is that whole day
    owner = f"{action['owner']}: " if action["owner"] else ""
    yield f"SUMMARY:{_text(owner + action['text'])}"
    facts = [data_context.pages.corpus.by_id[action["postmortem"]].title]
    if action["due_is_derived"]:
        facts.append(f"No date is given: the day follows from its heading, {action['horizon']}")
    if action["ticket"]:
        facts.append(f"Ticket: {action['ticket']}")
    if data_context.site_url:
        facts.append(action["url"])
        yield f"URL:{action['url']}"
    yield f"DESCRIPTION:{_text(chr(10).join(facts))}"
    if names := [name for name in (action["severity"], action["kind"]) if name]:
        yield f"CATEGORIES:{','.join(map(_text, names))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """A text as a value, by RFC 5545, section 3.3.11."""
    return _ILLEGAL.sub("", words).translate(_ESCAPES)


def _folded(line: str) -> str:
    """A line that is too long in pieces, of which each but the first begins with a blank; no letter is cut."""
    if len(line) <= _LONGEST and line.isascii():
        return line
    data = line.encode("utf-8", "replace")
    pieces: list[bytes] = []
    while len(data) > _LONGEST - bool(pieces):
        end = _LONGEST - bool(pieces)
        while data[end] & 0xC0 == 0x80:  # inside a letter of several bytes
            end -= 1
        pieces.append(data[:end])
        data = data[end:]
    return b"\r\n ".join([*pieces, data]).decode()

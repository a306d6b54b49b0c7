"""Lines of an iCalendar file (RFC 5545): values escaped, long lines folded, each with its end.

Maintainers: the lines are written here, since the library that could do it takes 0.4 ms an event, three times what all
files of a postmortem may cost together; the tests read them back with it and with another.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from postmortems.text.controls import visible_controls

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_LONGEST = 75
"""The most bytes of a line, by RFC 5545, section 3.1."""


def calendar_text(product: str, properties: Iterable[str], events: Iterable[str]) -> str:
    """A calendar with the lines of its events: lines of at most 75 bytes that end with CR LF."""
    begin = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//mkdocs-postmortems//{product}//EN", "CALSCALE:GREGORIAN")
    return "".join(f"{_folded(line)}\r\n" for line in (*begin, *properties, *events, "END:VCALENDAR"))


def stamp(today: date) -> str:
    """The line that says when an event was made: the day, not the clock, so that two builds of a day are equal."""
    return f"DTSTAMP:{today:%Y%m%d}T000000Z"


def text_value(words: str) -> str:
    """A text as a value, by RFC 5545, section 3.3.11, with signs in place of controls, as on pages."""
    return visible_controls(words).translate(_ESCAPES)


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

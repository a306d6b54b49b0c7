"""Bytes → text, within bounds.

A line ends with `\\n`, `\\r\\n` or `\\r`, as in editors and in Markdown, and with nothing else: U+2028, U+0085 or a
form feed are within a line. So text has `\\n` alone once it is read, and nothing splits it with `splitlines`.
"""

from __future__ import annotations

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.model.source import Source

LARGEST = 2 * 1024 * 1024
"""The largest Markdown or JSON file that is read, in bytes. A long postmortem has a fiftieth of it."""


def read_text(path: str, data: bytes) -> tuple[Source, Problem | None]:
    """The text of a file with `\\n` as line end and without a byte order mark, or why it is no text."""
    if len(data) > LARGEST:
        return Source(path, ""), too_large(path, len(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Source(path, ""), Problem("unreadable-file", *no_utf8(path, data, error), "save the file as UTF-8")
    if "\0" in text:
        return Source(path, ""), Problem(
            "unreadable-file",
            _place_of_byte(path, data, data.index(b"\0")),
            "the file has a NUL byte, so it is not text",
            "save the file as UTF-8 text; binary files belong in artifacts/ beside the postmortem",
        )
    return Source(path, with_line_feeds(text)), None


def with_line_feeds(text: str) -> str:
    """The text with `\\n` as its only line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unreadable(path: str, message: str, help: str) -> Problem:  # noqa: A002 - the word of DESIGN
    """The problem of a file that cannot be read at all."""
    return Problem("unreadable-file", Place.at(path), message, help)


LOGS_ASIDE = "move logs and dumps to artifacts/ beside the postmortem and link to them"


def too_large(path: str, size: int, advice: str = LOGS_ASIDE) -> Problem:
    """The problem of a file that is larger than is read."""
    return unreadable(path, f"the file is {size:,} bytes; only {LARGEST:,} are read", advice)


def no_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> tuple[Place, str]:
    """The place at which a file is no UTF-8, and the message."""
    # The error counts from behind a byte order mark.
    position = error.start + len(data) - len(error.object)
    message = f"the file is not UTF-8 text: byte 0x{data[position]:02x} at position {position}"
    return _place_of_byte(path, data, position), message


def _place_of_byte(path: str, data: bytes, position: int) -> Place:
    """The place of a byte in the file at `path`."""
    before = with_line_feeds(data[:position].decode("utf-8-sig", "replace"))
    return Source(path, before).place_at(len(before))

"""Bytes → text, within bounds."""

from __future__ import annotations

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place

LARGEST = 2 * 1024 * 1024
"""The largest Markdown or JSON file that is read, in bytes. A long postmortem has a fiftieth of it."""


def read_text(path: str, data: bytes) -> tuple[str, Problem | None]:
    """The text of a file with `\\n` as line end and without a byte order mark, or why it is no text."""
    if len(data) > LARGEST:
        return "", too_large(path, len(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", Problem(
            "unreadable-file",
            _place_of_byte(path, data, error.start),
            f"the file is not UTF-8 text: byte 0x{data[error.start]:02x} at position {error.start}",
            "save the file as UTF-8",
        )
    if "\0" in text:
        return "", Problem(
            "unreadable-file",
            _place_of_byte(path, data, data.index(b"\0")),
            "the file holds a NUL byte, so it is not text",
            "save the file as UTF-8 text; binary files belong into artifacts/ beside the postmortem",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), None


def unreadable(path: str, message: str, help: str) -> Problem:  # noqa: A002 - the word of DESIGN
    """The problem of a file that cannot be read at all."""
    return Problem("unreadable-file", Place.at(path), message, help)


LOGS_ASIDE = "move logs and dumps into artifacts/ beside the postmortem and link to them"


def too_large(path: str, size: int, advice: str = LOGS_ASIDE) -> Problem:
    """The problem of a file that is larger than is read."""
    return unreadable(path, f"the file has {size:,} bytes, more than the {LARGEST:,} that are read", advice)


def _place_of_byte(path: str, data: bytes, position: int) -> Place:
    before = data[:position]
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8", "replace")) + 1
    return Place.at(path, before.count(b"\n") + 1, column)

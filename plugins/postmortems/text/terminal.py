"""Text that a terminal and the log of a CI job can be trusted with.

Nothing in it moves the cursor, changes colours or turns letters round, and no line of it is a command. CI systems obey
what a job prints: GitHub Actions `::error …::…` where a line begins and `##[error]…` at any place of it, Azure
Pipelines `##vso[…]`, TeamCity `##teamcity[…]`.
Source: actions/runner, src/Runner.Common/ActionCommand.cs.
"""

from __future__ import annotations

import re
import unicodedata

from postmortems.text.controls import escaped_character

TAB = 4

_COMMAND_ANYWHERE = re.compile(r"##(?=[A-Za-z]{0,20}\[)")
_COMMAND_AT_START = re.compile(r"(?<!\S)::(?=[A-Za-z][A-Za-z-]{0,40}(?:\s[^\n]*?)?::)")
"""A text may be wrapped, so that any word may begin a line."""


def escape_controls(text: str) -> str:
    """`text` with every control, format and surrogate character written as an escape, and no command in it."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(escaped_character, text))
    return without_commands(text)


JSON_ESCAPE = "\\u{:04x}"
"""Form in which JSON writes a character that it need not write so: its readers get the same text."""


def without_commands(text: str, escape: str = "\\x{:02x}") -> str:
    """`text` in which no line is a command to CI; `escape` is how the format that it is in writes a character."""
    if "##" in text:
        text = _COMMAND_ANYWHERE.sub(lambda _: f"#{escape.format(ord('#'))}", text)
    return _COMMAND_AT_START.sub(lambda _: f"{escape.format(ord(':'))}:", text) if "::" in text else text


def escaped_line(line: str) -> list[str]:
    """A source line as a piece of output for each of its characters; a tab becomes the blanks up to its stop."""
    pieces: list[str] = []
    column = 0
    commands = {found.end() - 1 for found in _COMMAND_ANYWHERE.finditer(line)} if "##" in line else ()
    for place, character in enumerate(line):
        if place in commands:
            pieces.append("\\x23")
            column += len(pieces[-1])
            continue
        piece = " " * (TAB - column % TAB) if character == "\t" else escaped_character(character)
        pieces.append(piece)
        column += width(piece)
    return pieces


def width(text: str) -> int:
    """The number of terminal cells that `text` takes: two for a wide letter, none for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )

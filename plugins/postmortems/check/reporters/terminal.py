"""Text that a terminal can be trusted with: nothing in it moves the cursor, changes colours or turns letters round."""

from __future__ import annotations

import unicodedata

TAB = 4

_SPOKEN = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def harmless(text: str) -> str:
    """`text` with every control, format and surrogate character written as an escape."""
    return text if text.isascii() and text.isprintable() else "".join(map(_harmless, text))


def harmless_line(line: str) -> list[str]:
    """A source line as a piece of output for each of its characters; a tab becomes the blanks up to its stop."""
    pieces: list[str] = []
    column = 0
    for character in line:
        piece = " " * (TAB - column % TAB) if character == "\t" else _harmless(character)
        pieces.append(piece)
        column += width(piece)
    return pieces


def width(text: str) -> int:
    """How many cells of a terminal `text` takes: two for a wide letter, none for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _harmless(character: str) -> str:
    if character.isprintable():
        return character
    if spoken := _SPOKEN.get(character):
        return spoken
    # Blanks of other scripts are not "printable" and do no harm.
    if unicodedata.category(character) == "Zs":
        return " "
    return (
        character.encode("ascii", "backslashreplace").decode("ascii")
        if not character.isascii()
        else (f"\\x{ord(character):02x}")
    )

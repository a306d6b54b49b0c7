"""Places in a text as editors count them: lines and columns from 0, columns in code units of the agreed encoding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from lsprotocol.types import Position, PositionEncodingKind, Range

from postmortems.model.place import Place
from postmortems.read.text import with_line_feeds

BOM = "\ufeff"

_LENGTH: Mapping[str, Callable[[str], int]] = {
    PositionEncodingKind.Utf8.value: lambda text: len(text.encode("utf-8", "surrogatepass")),
    PositionEncodingKind.Utf16.value: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    PositionEncodingKind.Utf32.value: len,
}


@dataclass(frozen=True)
class Text:
    """The text of a file in an editor. Most editors leave out a byte order mark; one that is there is a character to
    them and none to us."""

    text: str
    encoding: str = PositionEncodingKind.Utf16.value

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines as they are read: without their ends, and without a byte order mark."""
        return tuple(with_line_feeds(self.text.removeprefix(BOM)).split("\n"))

    @cached_property
    def data(self) -> bytes:
        """The bytes of the file, were it saved. Half a surrogate pair, which no file can hold, makes it no UTF-8."""
        return self.text.encode("utf-8", "surrogatepass")

    @property
    def line_end(self) -> str:
        """The end of the first line."""
        head = self.text.partition("\n")
        return "\r\n" if head[1] and head[0].endswith("\r") else "\r" if not head[1] and "\r" in head[0] else "\n"

    def range_of(self, place: Place) -> Range:
        """A place as a range, within the text."""
        return Range(
            self.position_of(place.line - 1, place.column - 1),
            self.position_of(place.end_line - 1, place.end_column - 1),
        )

    def position_of(self, row: int, column: int) -> Position:
        """A row and a column, in characters from 0, as a position."""
        if row >= len(self.lines):
            row, column = len(self.lines) - 1, len(self.lines[-1])
        head = self.lines[row][: max(0, column)]
        length = len(head) if head.isascii() else _LENGTH[self.encoding](head)
        return Position(row, length + self._before(row))

    def column_of(self, position: Position) -> int:
        """The column of a position in characters from 0, within its line."""
        line = self.line(position.line)
        wanted = position.character - self._before(position.line)
        if line.isascii():
            return max(0, min(wanted, len(line)))
        length, column = _LENGTH[self.encoding], 0
        for character in line:
            if (wanted := wanted - length(character)) < 0:
                break
            column += 1
        return column

    def line(self, row: int) -> str:
        """A line by its number from 0; empty where there is none."""
        return self.lines[row] if 0 <= row < len(self.lines) else ""

    def _before(self, row: int) -> int:
        return _LENGTH[self.encoding](BOM) if row == 0 and self.text.startswith(BOM) else 0

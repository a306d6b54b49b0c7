"""The text of a file, and the places of what is in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from postmortems.model.place import Place


@dataclass(frozen=True)
class Source:
    r"""The text of a file, or a part of it that begins at `first` and `column`.

    `path` is relative to the docs folder. `text` has `\n` as its only line end. Offsets count its characters from 0,
    lines and columns those of the file from 1.
    """

    path: str
    text: str
    first: int = 1
    column: int = 1

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text, without their ends."""
        return tuple(self.text.split("\n"))

    def place(self, line: int, column: int = 1, length: int = 0) -> Place:
        """The place of `length` characters on one line."""
        return Place.at(self.path, line, column, length)

    def place_at(self, offset: int, length: int = 0) -> Place:
        """The place of `length` characters from an offset on, all on one line."""
        return self.place(*self._point(offset), length)

    def stretch(self, start: int, end: int) -> Place:
        """The place of the text between two offsets, which may go on over several lines."""
        return Place(self.path, *self._point(start), *self._point(end))

    def line_of(self, offset: int) -> int:
        """The line on which an offset is."""
        return self.first + bisect_right(self._starts, offset) - 1

    def offset_of(self, line: int) -> int:
        """The offset at which a line begins; for a line below the text the one behind it."""
        index = line - self.first
        return self._starts[index] if index < len(self._starts) else len(self.text) + 1

    def _point(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._starts, offset) - 1
        return self.first + index, offset - self._starts[index] + (1 if index else self.column)

    @cached_property
    def _starts(self) -> list[int]:
        """The offset at which each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

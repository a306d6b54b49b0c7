"""Places in files."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A stretch of text in one file.

    `path` is relative to the docs folder, with `/`. Lines and columns count characters from 1, as editors do;
    the end is exclusive, so a place that is a mere point ends where it begins. A postmortem has some fifty of them:
    tuples are made, kept and unpickled in a third of the time that frozen dataclasses take.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def at(cls, path: str, line: int = 1, column: int = 1, length: int = 0) -> Place:
        """The place of `length` characters on one line."""
        return cls(path, line, column, line, column + length)

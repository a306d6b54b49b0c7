"""A file after its fixes: what it was, what it is to be, and how many findings that answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postmortems.fix.rewrite import Lines, bytes_of
from postmortems.fix.unified_diff import Show, as_it_is, unified_diff


@dataclass(frozen=True, slots=True)
class FixedFile:
    """`path` is below the docs folder, `before` are the bytes that were read, `lines` those that are to be written.

    `answered` is the number of findings that the edits put right; edits of mere form answer none.
    """

    path: str
    before: bytes
    lines: Lines
    answered: int = 0

    @property
    def after(self) -> bytes:
        """The bytes that are to be written."""
        return bytes_of(self.lines)

    def diff(self, name: str, show: Show = as_it_is) -> Iterator[str]:
        """The change as a unified diff, line by line; `name` is what the file is called from where the diff is read."""
        return unified_diff(self.before, self.lines, name, show)

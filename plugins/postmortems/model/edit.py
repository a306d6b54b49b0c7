"""A change to a file's text, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from postmortems.model.place import Place


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One replacement: what is at `place` becomes `text`.

    Lines and columns are those of the text as it is read, without a byte order mark, and lines end with `\\n` in
    `text`; whoever writes the file keeps its own line ends.
    """

    place: Place
    text: str

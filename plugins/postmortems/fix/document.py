"""One file as fixes look at it: its bytes, and what reading makes of them, each part made when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.source import Source
from postmortems.read import pattern
from postmortems.read.front_matter import ReadFrontMatter, split_front_matter
from postmortems.read.postmortem import read_postmortem
from postmortems.read.text import read_text
from postmortems.settings import Settings


@dataclass(frozen=True)
class Document:
    """A postmortem's or a pattern's Markdown file; `path` is below the docs folder."""

    path: str
    data: bytes
    settings: Settings

    @property
    def is_pattern(self) -> bool:
        """True if it is the page of a pattern."""
        return self.path.startswith(f"{pattern.FOLDER}/")

    @cached_property
    def unreadable(self) -> str:
        """Reason why it is no text, which is then left alone; empty if it is."""
        problem = read_text(self.path, self.data)[1]
        return problem.message if problem else ""

    @cached_property
    def source(self) -> Source:
        """Its text as it is read; empty where it is none."""
        return read_text(self.path, self.data)[0]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of its text, without their ends."""
        return self.source.lines

    @cached_property
    def front(self) -> ReadFrontMatter:
        """Its front matter, every value with its place."""
        return split_front_matter(self.source)

    @cached_property
    def postmortem(self) -> Postmortem:
        """The postmortem that it is, with the timeline that is written in it, whatever a timeline.json says."""
        return read_postmortem(self.path, self.data, self.settings)

    def text_at(self, place: Place) -> str | None:
        """Text at a place that lies on one line; None for a longer one."""
        if place.line != place.end_line or not 0 < place.line <= len(self.lines):
            return None
        return self.lines[place.line - 1][place.column - 1 : place.end_column - 1]

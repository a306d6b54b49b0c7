"""The generated parts of one page, as rendering hands them over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from postmortems.render.base.placeholders import Fragments
from postmortems.render.base.svg_colours import painted

PHASES = "pm-phases"
"""The id of the narrow phase bar of a page, which is drawn again beside a long timeline."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a generated part, for the table of contents: its anchor, its words (plain text) and its level."""

    id: str
    title: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Body:
    """A page that exists without an author, below its title. `lede` and `description` are plain text."""

    lede: str
    html: str
    headings: tuple[Heading, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Page:
    """The generated parts of one page, as safe HTML.

    `before` is above the authored text, `after` below it (or where the author put the mark for it). `headings`
    are those of `after`. `title` and `description` are plain text, not yet escaped. `parts` are drawn within the
    authored text, by their keys.
    """

    title: str
    before: str = ""
    after: str = ""
    headings: tuple[Heading, ...] = ()
    description: str = ""
    parts: Mapping[str, Fragments] = field(default_factory=dict)

    def painted(self) -> Page:
        """The same for readers without a style sheet: with the colours of pictures as attributes, too."""
        parts = {key: tuple(map(painted, pieces)) for key, pieces in self.parts.items()}
        return replace(self, before=painted(self.before), after=painted(self.after), parts=parts)

"""The mark of a family of patterns: a shape and a colour that the settings fix, never a rank."""

from __future__ import annotations

from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.settings import Settings

MARKS = ("database", "deployment", "configuration", "network", "capacity", "dependency", "monitoring", "security")
"""The shapes of parts/sprite.html, named after the families that have them by default."""

NO_MARK = ""
"""The mark of a family outside the settings; pictures draw `NEUTRAL` then."""

NEUTRAL = "none"


def mark_of(family: str, settings: Settings) -> str:
    """The mark of a family, which is the one at its place in the settings' list."""
    return MARKS[settings.families.index(family)] if family in settings.families else NO_MARK


def marks_of(postmortem: Postmortem, context: PageContext) -> list[str]:
    """The marks of the patterns of a postmortem that have a page, in its own order."""
    pages = (context.corpus.pattern_by_id.get(occurrence.pattern) for occurrence in postmortem.front_matter.patterns)
    return [mark_of(page.family, context.settings) for page in pages if page]


def leading_mark(postmortem: Postmortem, context: PageContext) -> str:
    """The mark of an incident in a picture: that of the first of its patterns that has a page."""
    return next(iter(marks_of(postmortem, context)), NEUTRAL) or NEUTRAL

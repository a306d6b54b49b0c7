"""The mark of a family of patterns: a shape and a colour that the settings fix, never a rank."""

from __future__ import annotations

from markupsafe import Markup

from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.settings import Settings

NO_MARK = ""
"""The mark of a family outside the settings; pictures draw `NEUTRAL` then."""

NEUTRAL = "none"

SHAPES = {
    "database": "M-4.6 0A4.6 4.6 0 1 1 4.6 0 4.6 4.6 0 1 1-4.6 0Z",
    "deployment": "M0-5.4 5.2 4.2H-5.2Z",
    "configuration": "M0-5.7 5.7 0 0 5.7-5.7 0Z",
    "network": "M-4.3-4.3H4.3V4.3H-4.3Z",
    "capacity": "M0 5.4 5.2-4.2H-5.2Z",
    "dependency": "M-1.8-5.2H1.8V-1.8H5.2V1.8H1.8V5.2H-1.8V1.8H-5.2V-1.8H-1.8Z",
    "monitoring": "M0-5.2A5.2 5.2 0 1 1 0 5.2 5.2 5.2 0 1 1 0-5.2ZM0-2.1A2.1 2.1 0 1 0 0 2.1 2.1 2.1 0 1 0 0-2.1Z",
    "security": "M-3.6-5.2 0-1.6 3.6-5.2 5.2-3.6 1.6 0 5.2 3.6 3.6 5.2 0 1.6-3.6 5.2-5.2 3.6-1.6 0-5.2-3.6Z",
    NEUTRAL: "M-4.6-1.7H4.6V1.7H-4.6Z",
}
"""Each mark as the data of a path around 0, 0. Drawn where it stands: Backstage's reader drops `<use>`."""

MARKS = tuple(mark for mark in SHAPES if mark != NEUTRAL)
"""The marks, named after the families that have them by default, in the order of the settings' list."""


def glyph(mark: str) -> Markup:
    """The mark of a family beside words; `mark` names its shape, or is empty for none."""
    return _GLYPHS[mark] if mark else Markup("")


_GLYPH = Markup('<svg class="pm-glyph pm-f-{}" viewBox="-6.5 -6.5 13 13" aria-hidden="true"><path d="{}"/></svg>')
_GLYPHS = {mark: _GLYPH.format(mark, shape) for mark, shape in SHAPES.items()}


def mark_of(family: str, settings: Settings) -> str:
    """The mark of a family, which is the one at its place in the settings' list."""
    return MARKS[settings.families.index(family)] if family in settings.families else NO_MARK


def leading_mark(postmortem: Postmortem, context: PageContext) -> str:
    """The mark of an incident in a picture: that of the first of its patterns that has a page."""
    for occurrence in postmortem.front_matter.patterns:
        if page := context.corpus.pattern_by_id.get(occurrence.pattern):
            return mark_of(page.family, context.settings) or NEUTRAL
    return NEUTRAL

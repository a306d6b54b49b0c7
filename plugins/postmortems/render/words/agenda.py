"""Words of an agenda: titles of its parts, and of each point the fact, the question and the passage that is quoted.

The one place for the questions of a review: the command, the pages, the calendar and a change's report take them here.
"""

from __future__ import annotations

from collections.abc import Mapping

from postmortems.analyse.agenda.meeting import Agenda, Point, Stage
from postmortems.render.words.agenda_incident import INCIDENT_WORDS
from postmortems.render.words.agenda_month import MONTH_WORDS
from postmortems.render.words.agenda_point import PointWords
from postmortems.render.words.formats import long_month_words

_WORDS = {**INCIDENT_WORDS, **MONTH_WORDS}

STAGES: Mapping[Stage, tuple[str, str]] = {
    Stage.OPENING: ("Opening", "Set the tone and agree on the agenda."),
    Stage.TIMELINE: ("Timeline", "Go through what happened in order, as it looked at the time."),
    Stage.CAUSES: ("Causes", "Follow each cause to a condition that can be changed."),
    Stage.INCIDENTS: ("Incidents", "See what happened this month and what is still unknown."),
    Stage.RECURRENCE: ("Repeats and patterns", "See what has happened before and whether its fixes held."),
    Stage.ACTIONS: ("Action items", "Decide what to change, who owns it, and by when."),
    Stage.CLOSING: ("Closing", "Sum up what was learned and who should hear it."),
}
"""Title and purpose of each part of a meeting."""


def agenda_title(agenda: Agenda) -> str:
    """Title of a meeting: `Review: Checkout was down`, `Review of November 2026`."""
    if agenda.postmortem:
        return f"Review: {agenda.postmortem.title}"
    return f"Review of {long_month_words(agenda.month)}" if agenda.month else "Review"


def point_words(point: Point, agenda: Agenda) -> PointWords:
    """The words of one point of an agenda."""
    return _WORDS[point.topic](point, agenda)

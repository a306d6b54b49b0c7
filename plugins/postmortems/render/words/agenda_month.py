"""Words of the points of a month's review: the fact, and what to ask about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from postmortems.analyse.agenda.meeting import Agenda, Point, Topic
from postmortems.model.front_matter import IncidentKind
from postmortems.render.words.agenda_point import PointWords
from postmortems.render.words.formats import count_words
from postmortems.text.spelling import listed

_KINDS = (
    (IncidentKind.INCIDENT, "incident", "incidents"),
    (IncidentKind.NEAR_MISS, "near miss", "near misses"),
    (IncidentKind.DRILL, "drill", "drills"),
)


def _happened(point: Point, _: Agenda) -> PointWords:
    numbers = Counter(postmortem.front_matter.kind for postmortem in point.incidents)
    kinds = (count_words(numbers[kind], words, plural) for kind, words, plural in _KINDS if numbers[kind])
    which = "it" if len(point.incidents) == 1 else "each"
    return PointWords(f"{listed(kinds)}.", f"What did {which} show, and who else should hear it?")


def _repeated(point: Point, _: Agenda) -> PointWords:
    number = len(point.incidents)
    return PointWords(
        f"{count_words(number, 'repeat of an earlier incident', 'repeats of earlier incidents')}.",
        f"Which earlier action would have prevented {'this' if number == 1 else 'each'}?",
    )


def _suspected(point: Point, _: Agenda) -> PointWords:
    number = len(point.incidents)
    question = "Is it a repeat?" if number == 1 else "Are they repeats?"
    return PointWords(
        f"{count_words(number, 'suspected repeat')}.",
        f"{question} Record the answer in {'its' if number == 1 else 'their'} front matter.",
    )


def _anniversary(point: Point, _: Agenda) -> PointWords:
    if point.years == (1,):
        when = "This month last year"
    else:
        when = f"This month {point.years[0]} years ago" if len(point.years) == 1 else "This month in earlier years"
    return PointWords(f"{when}: {count_words(len(point.incidents), 'incident')}.", "Are those fixes still in place?")


MONTH_WORDS: Mapping[Topic, Callable[[Point, Agenda], PointWords]] = {
    Topic.HAPPENED: _happened,
    Topic.UNPUBLISHED: lambda point, _: PointWords(
        f"{count_words(len(point.incidents), 'postmortem')} not published yet.",
        "What is missing, and who can supply it?",
    ),
    Topic.NOTICED_LATE: lambda point, _: PointWords(
        f"{count_words(len(point.incidents), 'incident')} detected late.",
        "Which signal came first, and what would have surfaced it?",
    ),
    Topic.NOTICED_UNKNOWN: lambda point, _: PointWords(
        f"{count_words(len(point.incidents), 'incident')} with detection time unknown.",
        "Can logs, chat or tickets still show it?",
    ),
    Topic.REPEATED: _repeated,
    Topic.SUSPECTED: _suspected,
    Topic.SEEN_AGAIN: lambda point, _: PointWords(
        f"{count_words(len(point.again), 'recurring pattern')}.",
        "What changed after the earlier incidents, and did it hold?",
    ),
    Topic.OVERDUE: lambda point, _: PointWords(
        f"{count_words(point.number, 'action item')} overdue.", "Which still matter, and which can be dropped?"
    ),
    Topic.OWNERLESS: lambda point, _: PointWords(
        f"{count_words(point.number, 'open action item')} from this month without an owner.", "Who will own each one?"
    ),
    Topic.ANNIVERSARY: _anniversary,
}
"""The words of each topic of a month's review."""

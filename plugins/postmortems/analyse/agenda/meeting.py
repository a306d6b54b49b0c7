"""Agenda of a review meeting: parts with their minutes, and in each the points in the order that deserves the time.

Each point is a suggestion, with the facts that it uses; `render/words/agenda.py` has its words and questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from postmortems.analyse.reviews import Month, RecurringPattern
from postmortems.model.dated_action import DatedAction
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import Suspicion
from postmortems.model.timeline import Event


class Topic(StrEnum):
    """Topic of a point, in the order of the meetings."""

    # Of both
    TONE = "tone"

    # Of one incident
    RESPONDERS = "responders"
    SERVICE_OWNERS = "service-owners"
    STAKEHOLDERS = "stakeholders"
    ENTRIES = "entries"
    ENTRIES_WITHOUT_TIME = "entries-without-time"
    MOMENTS_UNKNOWN = "moments-unknown"
    DETECTED_LATE = "detected-late"
    DETECTED_OUTSIDE = "detected-outside"
    SILENCE = "silence"
    LONG_PHASE = "long-phase"
    SAVED = "saved"
    SURPRISE = "surprise"
    DETECTION_GAP = "detection-gap"
    FIVE_WHYS = "five-whys"
    TRIGGER = "trigger"
    PRIMARY_CAUSE = "primary-cause"
    CAUSE_UNKNOWN = "cause-unknown"
    FACTORS = "factors"
    FACTOR = "factor"
    REPEATS = "repeats"
    MAY_REPEAT = "may-repeat"
    PATTERN = "pattern"
    NOT_UNDERSTOOD = "not-understood"
    OPEN_OF_REPEATED = "open-of-repeated"
    OPEN_WITH_PATTERN = "open-with-pattern"
    NO_ACTIONS = "no-actions"
    OWN_ACTIONS = "own-actions"
    NO_PREVENTION = "no-prevention"
    WITHOUT_OWNER = "without-owner"
    WITHOUT_DATE = "without-date"
    PAST_DUE = "past-due"
    STATUS_UNKNOWN = "status-unknown"
    HARD = "hard"
    RUNBOOK = "runbook"
    LESSON = "lesson"
    NO_LESSONS = "no-lessons"
    SHARE = "share"
    PUBLISH = "publish"
    EXERCISE = "exercise"

    # Of a month
    HAPPENED = "happened"
    UNPUBLISHED = "unpublished"
    NOTICED_LATE = "noticed-late"
    NOTICED_UNKNOWN = "noticed-unknown"
    REPEATED = "repeated"
    SUSPECTED = "suspected"
    SEEN_AGAIN = "seen-again"
    OVERDUE = "overdue"
    OWNERLESS = "ownerless"
    ANNIVERSARY = "anniversary"


class Stage(StrEnum):
    """Part of a meeting."""

    OPENING = "opening"
    TIMELINE = "timeline"
    CAUSES = "causes"
    INCIDENTS = "incidents"
    RECURRENCE = "recurrence"
    ACTIONS = "actions"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Quote:
    """An author's words, as Markdown, and their line in the file of the postmortem; `section` is a canonical name."""

    text: str
    line: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A length beside those of other incidents: it is longer than `shorter` of `others`, whose lengths are known."""

    name: str
    length: timedelta
    shorter: int
    others: int


@dataclass(frozen=True, slots=True)
class Point:
    """One point of an agenda, with its evidence; which fields are filled depends on the topic.

    `incidents` are other postmortems that it is about, or those of a month; `again` the patterns of a month, and
    `pattern` that of an incident. `number` counts action items, entries, factors or earlier incidents, of which
    `actions`, `events` and `incidents` may be the first; beside `quotes` it counts those that are left out. `names` are
    roles, teams, keys or titles, and `unowned` services without an owner. `years` are the number of years since each
    anniversary.
    """

    topic: Topic
    incidents: tuple[Postmortem, ...] = ()
    again: tuple[RecurringPattern, ...] = ()
    pattern: str = ""
    number: int = 0
    overdue: int = 0
    years: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    unowned: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    length: timedelta | None = None
    over_target: timedelta | None = None
    comparison: Comparison | None = None
    suspicion: Suspicion | None = None
    quotes: tuple[Quote, ...] = ()
    actions: tuple[DatedAction, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a meeting: it begins so many minutes after the meeting, and takes `minutes`."""

    stage: Stage
    begins: int
    minutes: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """Agenda of the review of one postmortem, or of a month; the other is None."""

    postmortem: Postmortem | None
    month: Month | None
    parts: tuple[Part, ...]

    @property
    def subject(self) -> Postmortem | Month:
        """Subject of the review."""
        if self.postmortem:
            return self.postmortem
        assert self.month
        return self.month

    @property
    def minutes(self) -> int:
        """Length of the meeting."""
        return sum(part.minutes for part in self.parts)

    @property
    def points(self) -> tuple[Point, ...]:
        """The points of all parts."""
        return tuple(point for part in self.parts for point in part.points)


SHORTEST, LONGEST, STEP = 60, 90, 5
"""Length of a meeting in minutes, and what its parts are multiples of."""


def divided(minutes: int, shares: tuple[int, ...]) -> tuple[int, ...]:
    """`minutes` divided in proportion to some shares, in steps of five minutes; none gets fewer than five.

    One step after the other goes to the part that is furthest below its share.
    """
    exact = [share * minutes / (sum(shares) * STEP) for share in shares]
    steps = [1] * len(shares)
    for _ in range(minutes // STEP - len(steps)):
        place = max(range(len(steps)), key=lambda place: exact[place] - steps[place])
        steps[place] += 1
    return tuple(step * STEP for step in steps)


def arranged(plan: dict[Stage, int], points: dict[Stage, tuple[Point, ...]], minutes: int | None) -> tuple[Part, ...]:
    """The parts of a meeting: `plan` has the usual minutes of each, and `minutes` is the meeting's length."""
    lengths = divided(minutes or sum(plan.values()), tuple(plan.values()))
    parts, begins = [], 0
    for stage, length in zip(plan, lengths, strict=True):
        parts.append(Part(stage, begins, length, points.get(stage, ())))
        begins += length
    return tuple(parts)

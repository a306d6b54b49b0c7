"""Statements that hold for many incidents of the corpus, from fixed questions in a fixed order.

A headline counts and compares with nothing, unlike the findings of `analyse/findings`: it may tell of a sample, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.claims import OFTEN_LATE
from postmortems.analyse.findings.finding import SHARED_BY_ALL
from postmortems.analyse.metrics import metrics_of
from postmortems.analyse.statistics import INTERVAL_FROM
from postmortems.analyse.tallies import root_causes
from postmortems.model.front_matter import DetectedBy
from postmortems.model.pattern import Role
from postmortems.model.postmortem import Postmortem

FEW = 10
"""Number of known answers below which a headline would tell of single incidents."""

_PATTERN = 1 / 2
_OUTSIDE = 1 / 5
_TRIGGER = 1 / 4
_SHARED = 1 / 3
_OUTSIDERS = (DetectedBy.CUSTOMER, DetectedBy.THIRD_PARTY)


class Topic(Enum):
    """Question that a headline answers."""

    PATTERN = auto()
    DETECTED_OUTSIDE = auto()
    DETECTED_LATE = auto()
    TRIGGER = auto()
    SHARED_CAUSE = auto()


@dataclass(frozen=True, slots=True)
class Headline:
    """A statement that holds for the `matching` ones of the incidents whose answer is `known`.

    `subject` is the id of a pattern, a severity, or the most frequent shared root cause; `next_count` is how often the
    next one holds: of patterns, the second most frequent one, and of a cause, how many share it.
    """

    topic: Topic
    matching: tuple[Postmortem, ...]
    known: int
    missing: int = 0
    subject: str = ""
    next_count: int = 0


def headlines(analysis: Analysis) -> tuple[Headline, ...]:
    """All headlines of the corpus; none of fewer than ten incidents, and none that holds for nearly all."""
    if len(analysis.incidents) < FEW:
        return ()
    return tuple(found for found in _found(analysis) if len(found.matching) < SHARED_BY_ALL * found.known)


def _found(analysis: Analysis) -> Iterator[Headline]:
    yield from _widespread_pattern(analysis)
    yield from _detected_outside(analysis)
    yield from _detected_late(analysis)
    yield from _frequent_trigger(analysis)
    yield from _shared_cause(analysis)


def _widespread_pattern(analysis: Analysis) -> Iterator[Headline]:
    """The pattern of half of the incidents or more."""
    counts = {
        name: tuple(occurrence.postmortem for occurrence in found.counted)
        for name, found in analysis.occurrences.items()
    }
    yield from _most_frequent(Topic.PATTERN, counts, len(analysis.incidents), _PATTERN)


def _frequent_trigger(analysis: Analysis) -> Iterator[Headline]:
    """The pattern that triggered a quarter of the incidents or more."""
    counts = {
        name: tuple(occurrence.postmortem for occurrence in found.counted if occurrence.role is Role.TRIGGER)
        for name, found in analysis.occurrences.items()
    }
    yield from _most_frequent(Topic.TRIGGER, counts, len(analysis.incidents), _TRIGGER)


def _most_frequent(
    topic: Topic, counts: dict[str, tuple[Postmortem, ...]], of: int, share: float
) -> Iterator[Headline]:
    ranked = sorted(counts.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    if ranked and len(ranked[0][1]) >= share * of:
        (name, members), second = ranked[0], ranked[1][1] if len(ranked) > 1 else ()
        yield Headline(topic, members, of, subject=name, next_count=len(second))


def _detected_outside(analysis: Analysis) -> Iterator[Headline]:
    """The incidents that customers or third parties detected first, if they are a fifth or more."""
    known = [incident for incident in analysis.incidents if incident.front_matter.detected_by]
    found = tuple(incident for incident in known if incident.front_matter.detected_by in _OUTSIDERS)
    if len(known) >= FEW and len(found) >= _OUTSIDE * len(known):
        yield Headline(Topic.DETECTED_OUTSIDE, found, len(known), len(analysis.incidents) - len(known))


def _detected_late(analysis: Analysis) -> Iterator[Headline]:
    """The worst severity of which a third or more was detected late."""
    for figures in analysis.once(metrics_of).detection.severities:
        against = figures.against_target
        if figures.severity and against.n >= INTERVAL_FROM and len(against.late) >= OFTEN_LATE * against.n:
            yield Headline(Topic.DETECTED_LATE, against.late, against.n, against.unknown, figures.severity)
            return


def _shared_cause(analysis: Analysis) -> Iterator[Headline]:
    """The incidents that share their root cause with another one, if they are a third or more."""
    causes = root_causes(analysis.incidents)
    shared = [cause for cause in causes.items if cause.count > 1]
    paths = {member.path for cause in shared for member in cause.members}
    found = tuple(incident for incident in analysis.incidents if incident.path in paths)
    if causes.n >= FEW and len(found) >= _SHARED * causes.n:
        most = shared[0]
        yield Headline(Topic.SHARED_CAUSE, found, causes.n, len(analysis.incidents) - causes.n, most.label, most.count)

"""Choice of what to read and to practise first of a group of incidents, by rules that a page can state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.exercise import Exercise, Length, NoExercise, exercise_of
from postmortems.analyse.measures import Measure
from postmortems.analyse.passages import points_made
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem

MIN_TO_CHOOSE = 4
"""Published incidents from which a choice helps; fewer are read in no time."""


@dataclass(frozen=True, slots=True, repr=False)
class Exercises:
    """All exercises by the path of their postmortem, oldest incident first, and how many postmortems make none.

    It has no text of its own, so that an incremental build compares only the exercises that a page asks for.
    """

    by_path: Mapping[str, Exercise]
    without: Mapping[NoExercise, int]


def exercises(analysis: Analysis) -> Exercises:
    """The exercises of a corpus; ask for them by `analysis.once(exercises)`."""
    made = {postmortem.path: exercise_of(postmortem) for postmortem in analysis.postmortems}
    return Exercises(
        {path: exercise for path, exercise in made.items() if isinstance(exercise, Exercise)},
        Counter(reason for reason in made.values() if isinstance(reason, NoExercise)),
    )


def exercise_for(postmortem: Postmortem, analysis: Analysis) -> Exercise | None:
    """The exercise of one postmortem; None where it makes none."""
    return analysis.once(exercises).by_path.get(postmortem.path)


class Why(StrEnum):
    """Reason to read a postmortem before the others of its group, in the order in which they are asked."""

    WORST = "worst"
    NEWEST = "newest"
    FULLEST = "fullest"


@dataclass(frozen=True, slots=True)
class Reading:
    """A postmortem to read first, with its reasons. `longest_of` is how many of the group have its severity and a known
    time to resolve; `points` is the number of points that it makes."""

    postmortem: Postmortem
    reasons: tuple[Why, ...]
    longest_of: int
    points: int


def read_first(postmortems: Iterable[Postmortem], analysis: Analysis) -> tuple[Reading, ...]:
    """At most three published incidents of a group, oldest first given: the worst, the newest, the fullest account.

    The worst has the worst severity and, of several, took longest to resolve; the fullest makes most points. Ties go to
    the newer one. Empty where there are too few to choose from.
    """
    incidents = [
        postmortem
        for postmortem in postmortems
        if postmortem.is_incident and postmortem.front_matter.status is Status.PUBLISHED
    ]
    if len(incidents) < MIN_TO_CHOOSE:
        return ()
    scale = analysis.settings.severities
    weight = {name: place for place, name in enumerate(scale)}
    severities = [weight.get(incident.front_matter.severity or "", len(scale)) for incident in incidents]
    worst = [
        incident
        for incident, severity in zip(incidents, severities, strict=True)
        if severity == min(severities) < len(scale)
    ]
    chosen: dict[str, list[Why]] = {}
    lengths = [analysis.length(incident, Measure.RECOVER) for incident in worst]
    if worst:
        longest = _best(worst, [length or timedelta() for length in lengths])
        chosen.setdefault(longest.path, []).append(Why.WORST)
    if dated := [incident for incident in incidents if incident.day]:
        chosen.setdefault(dated[-1].path, []).append(Why.NEWEST)
    points = [points_made(incident) for incident in incidents]
    if max(points):
        chosen.setdefault(_best(incidents, points).path, []).append(Why.FULLEST)
    by_path = analysis.corpus.by_path
    return tuple(
        Reading(
            by_path[path],
            tuple(reasons),
            sum(length is not None for length in lengths),
            points_made(by_path[path]),
        )
        for path, reasons in chosen.items()
    )


def practise_first(postmortems: Iterable[Postmortem], analysis: Analysis) -> tuple[Exercise, ...]:
    """The newest exercise of each length, the short one first; the postmortems are given oldest first."""
    of_length: dict[Length, Exercise] = {}
    for postmortem in postmortems:
        if exercise := exercise_for(postmortem, analysis):
            of_length[exercise.length] = exercise
    return tuple(of_length[length] for length in Length if length in of_length)


def _best(incidents: Sequence[Postmortem], values: Sequence[timedelta] | Sequence[int]) -> Postmortem:
    """The incident with the greatest value, of equal ones the last."""
    return max(zip(values, range(len(incidents)), incidents, strict=True), key=lambda found: found[:2])[2]

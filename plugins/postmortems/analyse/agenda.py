"""Agenda of a review meeting, its points in the order in which they deserve the time.

Each point is a suggestion, with what it rests on; which words and questions it gets is for a page to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from postmortems.analyse.reviews import RecurringPattern, Review
from postmortems.model.dated_action import DatedAction
from postmortems.model.durations import Durations
from postmortems.model.front_matter import Status
from postmortems.model.postmortem import Postmortem


class Topic(StrEnum):
    """Topic of a point, in the order of the meeting."""

    UNPUBLISHED = "unpublished"
    REPEATED = "repeated"
    SUSPECTED = "suspected"
    SEEN_AGAIN = "seen-again"
    NOTICED_LATE = "noticed-late"
    NOTICED_UNKNOWN = "noticed-unknown"
    OVERDUE = "overdue"
    OWNERLESS = "ownerless"
    ANNIVERSARY = "anniversary"


@dataclass(frozen=True, slots=True)
class Point:
    """One point: the incidents that it is about; the patterns; or how many action items.

    `years` belongs to anniversaries: the number of years since each.
    """

    topic: Topic
    incidents: tuple[Postmortem, ...] = ()
    again: tuple[RecurringPattern, ...] = ()
    items: int = 0
    years: tuple[int, ...] = ()


def agenda(
    review: Review,
    durations: Callable[[Postmortem], Durations],
    actions_of: Callable[[Postmortem], tuple[DatedAction, ...]],
    overdue: int,
) -> tuple[Point, ...]:
    """The agenda of a month. `overdue` counts the items of all incidents that are overdue today; it is a point of the
    newest month alone, and the caller gives 0 for the others."""
    return (
        *_documents(review),
        *_recurrence(review),
        *_detection(review, durations),
        *_actions(review, actions_of, overdue),
        *_anniversaries(review),
    )


def _documents(review: Review) -> Iterator[Point]:
    if open_ones := tuple(
        incident for incident in review.incidents if incident.front_matter.status is not Status.PUBLISHED
    ):
        yield Point(Topic.UNPUBLISHED, open_ones)


def _recurrence(review: Review) -> Iterator[Point]:
    if review.repeats:
        yield Point(Topic.REPEATED, tuple(repeat.postmortem for repeat in review.repeats))
    if review.suspected:
        # An incident may look like several earlier ones.
        suspected = {pair.postmortem.path: pair.postmortem for pair in review.suspected}
        yield Point(Topic.SUSPECTED, tuple(suspected.values()))
    if review.again:
        yield Point(Topic.SEEN_AGAIN, again=review.again)


def _anniversaries(review: Review) -> Iterator[Point]:
    if review.anniversaries:
        incidents = tuple(incident for anniversary in review.anniversaries for incident in anniversary.incidents)
        yield Point(Topic.ANNIVERSARY, incidents, years=tuple(each.years for each in review.anniversaries))


def _detection(review: Review, durations: Callable[[Postmortem], Durations]) -> Iterator[Point]:
    if late := tuple(incident for incident in review.incidents if durations(incident).over_target is not None):
        yield Point(Topic.NOTICED_LATE, late)
    if unknown := tuple(incident for incident in review.incidents if durations(incident).to_detect is None):
        yield Point(Topic.NOTICED_UNKNOWN, unknown)


def _actions(
    review: Review, actions_of: Callable[[Postmortem], tuple[DatedAction, ...]], overdue: int
) -> Iterator[Point]:
    if overdue:
        yield Point(Topic.OVERDUE, items=overdue)
    ownerless = {
        incident.path: sum(action.is_open and not action.item.owner for action in actions_of(incident))
        for incident in review.incidents
    }
    if members := tuple(incident for incident in review.incidents if ownerless[incident.path]):
        yield Point(Topic.OWNERLESS, members, items=sum(ownerless.values()))

"""Agenda of a month's review."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.agenda.meeting import Agenda, Point, Stage, Topic, arranged
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.reviews import Month, Review
from postmortems.model.dated_action import ActionStatus
from postmortems.model.front_matter import Status

PLAN = {Stage.OPENING: 5, Stage.INCIDENTS: 15, Stage.RECURRENCE: 20, Stage.ACTIONS: 15, Stage.CLOSING: 5}
"""Usual minutes of each part: most for what recurs, since that is what only this meeting sees."""


def month_agenda(month: Month, analysis: Analysis, minutes: int | None = None) -> Agenda:
    """The agenda of one of `analysis.reviews.months`. Only the newest asks about what is overdue today."""
    review = analysis.reviews.review(month)
    overdue = analysis.board.count(ActionStatus.OVERDUE) if month == analysis.reviews.months[-1] else 0
    points = {
        Stage.OPENING: (Point(Topic.TONE),),
        Stage.INCIDENTS: (
            Point(Topic.HAPPENED, review.postmortems),
            *_documents(review),
            *_detection(review, analysis),
        ),
        Stage.RECURRENCE: tuple(_recurrence(review)),
        Stage.ACTIONS: tuple(_actions(review, analysis, overdue)),
        Stage.CLOSING: tuple(_anniversaries(review)),
    }
    return Agenda(None, month, arranged(PLAN, points, minutes))


def _documents(review: Review) -> Iterator[Point]:
    unpublished = [incident for incident in review.incidents if incident.front_matter.status is not Status.PUBLISHED]
    if unpublished:
        yield Point(Topic.UNPUBLISHED, tuple(unpublished))


def _detection(review: Review, analysis: Analysis) -> Iterator[Point]:
    lengths = {incident.path: analysis.durations_of(incident) for incident in review.incidents}
    if late := tuple(incident for incident in review.incidents if lengths[incident.path].over_target is not None):
        yield Point(Topic.NOTICED_LATE, late)
    if unknown := tuple(incident for incident in review.incidents if lengths[incident.path].to_detect is None):
        yield Point(Topic.NOTICED_UNKNOWN, unknown)


def _recurrence(review: Review) -> Iterator[Point]:
    if review.repeats:
        yield Point(Topic.REPEATED, tuple(repeat.postmortem for repeat in review.repeats))
    if review.suspected:
        # An incident may look like several earlier ones.
        suspected = {pair.postmortem.path: pair.postmortem for pair in review.suspected}
        yield Point(Topic.SUSPECTED, tuple(suspected.values()))
    if review.again:
        yield Point(Topic.SEEN_AGAIN, again=review.again)


def _actions(review: Review, analysis: Analysis, overdue: int) -> Iterator[Point]:
    if overdue:
        yield Point(Topic.OVERDUE, number=overdue)
    ownerless = {
        incident.path: sum(action.is_open and not action.item.owner for action in analysis.actions_of(incident))
        for incident in review.incidents
    }
    if members := tuple(incident for incident in review.incidents if ownerless[incident.path]):
        yield Point(Topic.OWNERLESS, members, number=sum(ownerless.values()))


def _anniversaries(review: Review) -> Iterator[Point]:
    if review.anniversaries:
        incidents = tuple(incident for anniversary in review.anniversaries for incident in anniversary.incidents)
        yield Point(Topic.ANNIVERSARY, incidents, years=tuple(each.years for each in review.anniversaries))

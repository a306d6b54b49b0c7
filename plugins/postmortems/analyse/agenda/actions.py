"""Points on action items: what earlier incidents left open, and what the incident's own items lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from postmortems.analyse.action_board import board
from postmortems.analyse.agenda.causes import earlier_with
from postmortems.analyse.agenda.meeting import Point, Topic
from postmortems.analyse.agenda.quotes import quoted
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.occurrences import involvements
from postmortems.model.action_item import ActionKind, ActionState
from postmortems.model.dated_action import DatedAction
from postmortems.model.postmortem import Postmortem

_LISTED = 5
_MOST_QUOTES = 3
_MOST_PATTERNS = 2


def action_points(postmortem: Postmortem, analysis: Analysis) -> Iterator[Point]:
    """The points for the planning of action items."""
    own = [action for action in analysis.actions_of(postmortem) if action.item.state is not ActionState.DROPPED]
    points = (*_earlier(postmortem, analysis), *_lacking(own))
    yield from points
    if not points:
        yield _listed(Topic.OWN_ACTIONS, own)
    corpus = analysis.corpus
    yield from quoted(Topic.HARD, "What Made It Hard", postmortem, corpus, _MOST_QUOTES)
    yield from quoted(Topic.RUNBOOK, "Runbook Changes", postmortem, corpus, _MOST_QUOTES)


def _lacking(own: Sequence[DatedAction]) -> Iterator[Point]:
    """Points on the incident's own items: that there are none, or what they lack."""
    if not own:
        yield Point(Topic.NO_ACTIONS)
    elif not any(action.item.kind in (ActionKind.PREVENT, ActionKind.DETECT) for action in own):
        yield Point(Topic.NO_PREVENTION, number=sum(action.item.kind is None for action in own))
    still = [action for action in own if action.is_open]
    for topic, actions in (
        (Topic.WITHOUT_OWNER, [action for action in still if not action.item.owner]),
        # A horizon's heading gives a date once the postmortem is published.
        (Topic.WITHOUT_DATE, [action for action in still if action.due is None and action.item.horizon is None]),
        (Topic.PAST_DUE, [action for action in still if action.is_overdue]),
        (Topic.STATUS_UNKNOWN, [action for action in own if action.item.state is ActionState.UNKNOWN]),
    ):
        if actions:
            yield _listed(topic, actions)


def _earlier(postmortem: Postmortem, analysis: Analysis) -> Iterator[Point]:
    """The open items of incidents that it repeats, or may repeat, and of earlier ones with its patterns."""
    recurrence = analysis.recurrence_of(postmortem)
    repeated = {
        earlier.path: earlier
        for earlier in (*recurrence.declared, *(suspicion.earlier for suspicion in recurrence.suspected))
    }
    if still := _open(repeated.values(), analysis):
        yield _listed(Topic.OPEN_OF_REPEATED, still)
    shown, points = set(repeated), 0
    for name in involvements(postmortem):
        if name not in analysis.corpus.pattern_by_id or points == _MOST_PATTERNS:
            continue
        others = [earlier for earlier in earlier_with(name, postmortem, analysis) if earlier.path not in shown]
        if still := _open(others, analysis):
            points += 1
            shown.update(other.path for other in others)
            yield replace(_listed(Topic.OPEN_WITH_PATTERN, still), pattern=name, names=(analysis.pattern_name(name),))


def _open(postmortems: Iterable[Postmortem], analysis: Analysis) -> tuple[DatedAction, ...]:
    """The open items of some incidents, the most urgent first."""
    oldest_first = sorted(postmortems, key=lambda postmortem: postmortem.chronology)
    actions = (action for postmortem in oldest_first for action in analysis.actions_of(postmortem))
    return board(action for action in actions if action.is_open).open


def _listed(topic: Topic, actions: Iterable[DatedAction]) -> Point:
    found = tuple(actions)
    overdue = sum(action.is_overdue for action in found)
    return Point(topic, number=len(found), overdue=overdue, actions=found[:_LISTED])

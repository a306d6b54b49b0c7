"""Effect of merging a change on what the corpus says: one changed postmortem beside all others.

Counts are of incidents up to and including the one asked about, so that they stay true when it is looked at later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from postmortems.analyse.agenda.incident import incident_agenda
from postmortems.analyse.agenda.meeting import Agenda
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.exercise import Exercise, exercise_of
from postmortems.analyse.services import Service, services
from postmortems.model.action_item import ActionState
from postmortems.model.dated_action import DatedAction
from postmortems.model.durations import Durations
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import Recurrence, Related
from postmortems.text.slug import slug


@dataclass(frozen=True, slots=True)
class OpenActions:
    """The open action items of some incidents. `overdue_days` is by how much the one due first is late, 0 for none."""

    number: int = 0
    overdue: int = 0
    overdue_days: int = 0


@dataclass(frozen=True, slots=True)
class SeriesPosition:
    """A pattern or a service as merging would leave it.

    `place` is this incident's place among those within the window before it, itself included: 3 is the third. None
    where its day is unknown. `actions` are those of all its other incidents.
    """

    name: str
    place: int | None
    actions: OpenActions


@dataclass(frozen=True, slots=True)
class Addition:
    """One postmortem, and what it would add. `earlier` are the incidents before it that it resembles most,
    `agenda` is that of its review, and `exercise` None where it makes none."""

    postmortem: Postmortem
    durations: Durations
    dated_actions: tuple[DatedAction, ...]
    patterns: tuple[SeriesPosition, ...]
    services: tuple[SeriesPosition, ...]
    earlier: tuple[Related, ...]
    recurrence: Recurrence
    agenda: Agenda
    exercise: Exercise | None


def additions(postmortems: Iterable[Postmortem], analysis: Analysis) -> tuple[Addition, ...]:
    """The effect of each of some postmortems; a drill or a near miss adds nothing but itself."""
    by_service = services(analysis.corpus.postmortems)
    return tuple(_addition(postmortem, by_service, analysis) for postmortem in postmortems)


def _addition(postmortem: Postmortem, by_service: Mapping[str, Service], analysis: Analysis) -> Addition:
    matter, exercise = postmortem.front_matter, exercise_of(postmortem)
    return Addition(
        postmortem=postmortem,
        durations=analysis.durations_of(postmortem),
        dated_actions=analysis.actions_of(postmortem),
        patterns=tuple(
            _position(name, postmortem, analysis.corpus.occurrences.get(name, ()), analysis)
            for name in dict.fromkeys(occurrence.pattern for occurrence in matter.patterns)
            if name in analysis.corpus.pattern_by_id  # of one without a page there is nothing to say but the finding
        ),
        services=tuple(
            _position(by_service[key].name, postmortem, by_service[key].postmortems, analysis)
            for key in dict.fromkeys(map(slug, matter.services))
        ),
        earlier=analysis.related.earlier(postmortem, 3),
        recurrence=analysis.recurrence_of(postmortem),
        agenda=incident_agenda(postmortem, analysis),
        exercise=exercise if isinstance(exercise, Exercise) else None,
    )


def open_actions(dated_actions: Iterable[DatedAction], today: date) -> OpenActions:
    """The open ones among some action items."""
    still = [action for action in dated_actions if action.item.state is ActionState.OPEN]
    late = [(today - action.due).days for action in still if action.is_overdue and action.due]
    return OpenActions(len(still), len(late), max(late, default=0))


def _position(name: str, postmortem: Postmortem, members: Sequence[Postmortem], analysis: Analysis) -> SeriesPosition:
    counted = [member for member in members if member.is_incident]
    others = [incident for incident in counted if incident.path != postmortem.path]
    dated_actions = [action for other in others for action in analysis.actions_of(other)]
    place = _place(postmortem, counted, analysis.settings.repeat_window)
    return SeriesPosition(name, place, open_actions(dated_actions, analysis.today))


def _place(postmortem: Postmortem, counted: Sequence[Postmortem], window: timedelta) -> int | None:
    day = postmortem.day
    if day is None or not postmortem.is_incident:
        return None
    within = [incident for incident in counted if incident.day and timedelta(0) <= day - incident.day <= window]
    return sum(incident.chronology <= postmortem.chronology for incident in within)

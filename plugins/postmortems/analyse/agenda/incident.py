"""Agenda of the review of one postmortem, as its own text and the knowledge base fill it."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.agenda.actions import action_points
from postmortems.analyse.agenda.causes import cause_points
from postmortems.analyse.agenda.meeting import Agenda, Point, Stage, Topic, arranged
from postmortems.analyse.agenda.quotes import quoted, quotes
from postmortems.analyse.agenda.roles import roles_of, roles_told
from postmortems.analyse.agenda.timeline import timeline_points, written_events
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.reading_list import exercise_for
from postmortems.model.front_matter import DetectedBy, Status
from postmortems.model.postmortem import Postmortem
from postmortems.model.template import is_left_over
from postmortems.model.timeline import Phase
from postmortems.text.slug import slug

PLAN = {Stage.OPENING: 5, Stage.TIMELINE: 20, Stage.CAUSES: 25, Stage.ACTIONS: 20, Stage.CLOSING: 10}
"""Usual minutes of each part."""

_MOST_LESSONS = 3
_MOST_TEAMS = 6


def incident_agenda(postmortem: Postmortem, analysis: Analysis, minutes: int | None = None) -> Agenda:
    """The agenda of a review that takes `minutes` (80 where they are None); costs what the postmortem holds and what
    its patterns have."""
    points = {
        Stage.OPENING: tuple(_opening(postmortem, analysis)),
        Stage.TIMELINE: tuple(timeline_points(postmortem, analysis)),
        Stage.CAUSES: tuple(cause_points(postmortem, analysis)),
        Stage.ACTIONS: tuple(action_points(postmortem, analysis)),
        Stage.CLOSING: tuple(_closing(postmortem, analysis)),
    }
    return Agenda(postmortem, None, arranged(PLAN, points, minutes))


def _opening(postmortem: Postmortem, analysis: Analysis) -> Iterator[Point]:
    yield Point(Topic.TONE)
    events = written_events(postmortem, analysis)
    roles, unknown = roles_of((event.actor for event in events), analysis.once(team_names))
    told = roles_told(text for event in events for text in (event.text, event.action))
    yield Point(Topic.RESPONDERS, names=tuple(dict.fromkeys((*roles, *told))), number=unknown)
    yield _service_owners(postmortem, analysis)
    yield _stakeholders(postmortem, analysis)


def team_names(analysis: Analysis) -> frozenset[str]:
    """The owners of postmortems and catalogued services; those of action items may be people, and are left out."""
    catalogue = analysis.corpus.catalogue
    return frozenset(
        name
        for name in (
            *(postmortem.front_matter.owner for postmortem in analysis.postmortems),
            *(service.owner for service in (catalogue.services if catalogue else ())),
        )
        if name
    )


def _service_owners(postmortem: Postmortem, analysis: Analysis) -> Point:
    """The owners of the affected services, by the catalogue: `names` are pairs of an owner and a service."""
    catalogue, matter = analysis.corpus.catalogue, postmortem.front_matter
    services = [name for name in dict.fromkeys(matter.services) if not is_left_over(name, analysis.corpus)]
    names, unowned = [], []
    for service in services:
        key = slug(service)
        known = (catalogue.by_slug.get(key) or catalogue.by_alias.get(key)) if catalogue else None
        if known and known.owner:
            names.append(f"{known.owner} ({service})")
        elif catalogue:
            unowned.append(service)
    if matter.owner and not names and not is_left_over(matter.owner, analysis.corpus):
        names.append(f"{matter.owner} (owner of the postmortem)")
    return Point(Topic.SERVICE_OWNERS, names=tuple(names), unowned=tuple(unowned))


def _stakeholders(postmortem: Postmortem, analysis: Analysis) -> Point:
    """Reasons in the file to invite people beside responders and owners."""
    detected_by = postmortem.front_matter.detected_by
    told = tuple(event for event in postmortem.timeline.events if event.phase is Phase.COMMUNICATION)
    impact = quotes("Business Impact", postmortem, analysis.corpus)
    reasons = {
        "customers": detected_by is DetectedBy.CUSTOMER,
        "third-party": detected_by is DetectedBy.THIRD_PARTY,
        "communication": bool(told),
        "business": bool(impact),
    }
    names = tuple(name for name, holds in reasons.items() if holds)
    return Point(Topic.STAKEHOLDERS, names=names, events=told[:1], quotes=impact[:1])


def _closing(postmortem: Postmortem, analysis: Analysis) -> Iterator[Point]:
    lessons = tuple(quoted(Topic.LESSON, "Lessons Learned", postmortem, analysis.corpus, _MOST_LESSONS))
    yield from lessons
    if not lessons and not postmortem.is_near_miss:
        yield Point(Topic.NO_LESSONS)
    similar = _of_other_teams(postmortem, analysis)
    yield Point(Topic.SHARE, tuple(similar.values()), names=tuple(similar))
    if postmortem.front_matter.status is not Status.PUBLISHED:
        yield Point(Topic.PUBLISH, day=analysis.publication_due(postmortem))
    if exercise_for(postmortem, analysis):
        yield Point(Topic.EXERCISE)


def _of_other_teams(postmortem: Postmortem, analysis: Analysis) -> dict[str, Postmortem]:
    """The incidents that resemble this one most, the most alike first: one of each owner that is not its own."""
    seen = {slug(postmortem.front_matter.owner or "")}
    found: dict[str, Postmortem] = {}
    for related in analysis.related.worth_reading(postmortem, set()):
        name = analysis.owner_name(related.postmortem)
        if name and slug(name) not in seen and len(found) < _MOST_TEAMS:
            seen.add(slug(name))
            found[name] = related.postmortem
    return found

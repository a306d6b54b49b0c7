"""Evidence of an agenda's points, as links: the passages, entries, keys, incidents and items that each uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postmortems.analyse.agenda.meeting import Agenda, Point, Topic
from postmortems.analyse.reading_list import exercise_for
from postmortems.analyse.reviews import RecurringPattern
from postmortems.model.dated_action import DatedAction
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.action_ids import action_href
from postmortems.render.base.context import PageContext
from postmortems.render.words.exercise import exercise_name
from postmortems.render.words.formats import day_words
from postmortems.render.words.incident import clipped, short_name
from postmortems.render.words.plain import plain_words

_LONGEST = 90
_KEYS = {
    Topic.SERVICE_OWNERS: "services",
    Topic.DETECTED_LATE: "detected_at",
    Topic.DETECTED_OUTSIDE: "detected_by",
    Topic.CAUSE_UNKNOWN: "root_cause",
    Topic.REPEATS: "repeat_of",
    Topic.PUBLISH: "status",
}
"""The key of the front matter that a point uses."""

_SECTIONS = {
    Topic.RESPONDERS: "Timeline",
    Topic.ENTRIES: "Timeline",
    Topic.FACTORS: "Contributing Factors",
    Topic.NO_ACTIONS: "Action Items",
    Topic.NO_PREVENTION: "Action Items",
    Topic.NO_LESSONS: "Lessons Learned",
}
"""The section of the text that a point uses as a whole."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A link to what a point uses. `place` is its line in a file below the docs folder, where it has one."""

    words: str
    address: str
    place: Place | None = None


def evidence_of(point: Point, agenda: Agenda, context: PageContext) -> tuple[Evidence, ...]:
    """The evidence of a point, in the order of its words."""
    own = tuple(_own(point, agenda.postmortem, context)) if agenda.postmortem else ()
    others = (
        *(_recurring(each, context) for each in point.again),
        *(_pattern(point.pattern, context) if point.pattern else ()),
        *(_incident(each, context) for each in point.incidents),
        *(_action(each, context, agenda.postmortem) for each in point.actions),
    )
    if point.topic is Topic.OVERDUE:
        others = (Evidence("All overdue action items", f"{context.addresses.actions()}#overdue"),)
    return (*own, *others)


def _own(point: Point, postmortem: Postmortem, context: PageContext) -> Iterator[Evidence]:
    """The places in the reviewed postmortem itself."""
    page = context.addresses.postmortem(postmortem)
    for key in _keys(point):
        place = postmortem.place_of(key)
        yield Evidence(f"{key}, line {place.line}", page, place)
    for quote in point.quotes:
        section_name = quote.section or "trigger"
        address = context.addresses.section(postmortem, quote.section) if quote.section else page
        yield Evidence(f"{section_name}, line {quote.line}", address, Place.at(postmortem.path, quote.line))
    for event in point.events:
        file = "" if event.place.path == postmortem.path else f"{event.place.path.rpartition('/')[2]}, "
        timeline = context.addresses.section(postmortem, "Timeline")
        yield Evidence(f"{file or 'Timeline, '}line {event.place.line}", timeline, event.place)
    if (name := _SECTIONS.get(point.topic)) and not point.events and (section := postmortem.body.find(name)):
        place = Place.at(postmortem.path, section.line)
        yield Evidence(f"{name}, line {section.line}", context.addresses.section(postmortem, name), place)
    if point.topic is Topic.EXERCISE and (exercise := exercise_for(postmortem, context.analysis)):
        yield Evidence(exercise_name(exercise), context.addresses.exercise(postmortem))


def _keys(point: Point) -> Sequence[str]:
    """The keys of the front matter that a point uses."""
    if point.topic in (Topic.MOMENTS_UNKNOWN, Topic.LONG_PHASE):
        return point.names
    if point.topic is Topic.STAKEHOLDERS:
        return ("detected_by",) if {"customers", "third-party"}.intersection(point.names) else ()
    return (_KEYS[point.topic],) if point.topic in _KEYS else ()


def _incident(postmortem: Postmortem, context: PageContext) -> Evidence:
    return Evidence(short_name(postmortem, _LONGEST), context.addresses.postmortem(postmortem))


def _pattern(name: str, context: PageContext) -> Iterator[Evidence]:
    if page := context.corpus.pattern_by_id.get(name):
        yield Evidence(clipped(page.title, _LONGEST), context.addresses.pattern(page.id))


def _recurring(recurring: RecurringPattern, context: PageContext) -> Evidence:
    """A pattern's page; of one without a page, the incident in which it was last."""
    page = context.corpus.pattern_by_id.get(recurring.pattern)
    address = context.addresses.pattern(page.id) if page else context.addresses.postmortem(recurring.last)
    return Evidence(clipped(page.title if page else recurring.pattern, _LONGEST), address)


def _action(action: DatedAction, context: PageContext, own: Postmortem | None) -> Evidence:
    """An action item with its due date, and the day of its incident where that is another one."""
    due = f", due {day_words(action.due)}" if action.due else ""
    late = ", overdue" if action.is_overdue else ""
    other = "" if own and action.postmortem.path == own.path else f" ({short_name(action.postmortem)})"
    return Evidence(
        f"{clipped(plain_words(action.item.text), _LONGEST)}{due}{late}{other}",
        action_href(action.postmortem, action.item, context.addresses),
        action.item.place,
    )

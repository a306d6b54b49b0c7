"""The points of a review meeting in words: what to look at, a question to ask, and the links that lead there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from postmortems.analyse.agenda import Point, Topic
from postmortems.analyse.reviews import RecurringPattern
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.words.formats import count_words
from postmortems.render.words.incident import clipped

_LINKS = 6
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One point: its sentence, a question, the incidents or pages it is about, and how many of these are not shown."""

    sentence: str
    question: str
    links: tuple[tuple[str, str], ...]
    more: int = 0


def agenda_lines(points: Iterable[Point], context: PageContext) -> list[AgendaLine]:
    """The points in their order."""
    return [_line(one, context) for one in points]


def _line(point: Point, context: PageContext) -> AgendaLine:
    sentence, question = _words(point, context)
    links = [_link(one, context) for one in (*point.incidents, *point.earlier)]
    if point.topic is Topic.SEEN_AGAIN:
        links = [_pattern_link(one, context) for one in point.again]
    if point.topic is Topic.OVERDUE:
        links = [("All overdue actions", f"{context.addresses.actions()}#overdue")]
    return AgendaLine(sentence, question, tuple(links[:_LINKS]), max(0, len(links) - _LINKS))


def _words(point: Point, context: PageContext) -> tuple[str, str]:
    many = len(point.incidents)
    incidents = count_words(many, "incident")
    if point.topic is Topic.UNPUBLISHED:
        return f"{count_words(many, 'postmortem')} not published yet", "What is missing, and who can supply it?"
    if point.topic is Topic.REPEATED:
        return "An incident that repeats an earlier one", "Which action of then would have stopped this one?"
    if point.topic is Topic.SUSPECTED:
        return "An incident that looks like an earlier one", "Is it a repeat? Its front matter can say so, or deny it."
    if point.topic is Topic.SEEN_AGAIN:
        patterns = count_words(len(point.again), "pattern")
        return f"{patterns} that earlier incidents had, too", "What was changed after those, and did it hold?"
    if point.topic is Topic.NOTICED_LATE:
        return f"{incidents} noticed after the target", "Which signal was there first, and what would have shown it?"
    if point.topic is Topic.NOTICED_UNKNOWN:
        noticed = "it was noticed" if many == 1 else "they were noticed"
        return f"Of {incidents} {context.unsaid} when {noticed}", "Can a log, a chat or a ticket still tell?"
    if point.topic is Topic.OVERDUE:
        return f"{count_words(point.items, 'action item')} overdue", "Which still matter, and which can be dropped?"
    if point.topic is Topic.OWNERLESS:
        return (
            f"{count_words(point.items, 'open action item')} of this month without an owner",
            "Who can be asked about each?",
        )
    ago = count_words(point.years, "year")
    return f"{ago} ago in this month: {incidents}", "Are the actions of then still in place?"


def _pattern_link(one: RecurringPattern, context: PageContext) -> tuple[str, str]:
    """A pattern's title and its page; of one without a page, the incident in which it was last."""
    if pattern := context.corpus.pattern_by_id.get(one.pattern):
        return clipped(pattern.title, _LONGEST), context.addresses.pattern(pattern.id)
    return clipped(one.pattern, _LONGEST), context.addresses.postmortem(one.last)


def _link(one: Postmortem, context: PageContext) -> tuple[str, str]:
    return clipped(one.title, _LONGEST), context.addresses.postmortem(one)

"""Answers that rest on earlier incidents: repeats, and work that was open when this one began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.response.answer import MOST_EVIDENCE, Answer, Basis, Evidence, Question, key_evidence
from postmortems.model.action_item import ActionItem, ActionKind, ActionState
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import ReasonKind

_ALIKE = (ReasonKind.PATTERN, ReasonKind.ROOT_CAUSE)
_WOULD_HELP = (ActionKind.PREVENT, ActionKind.MITIGATE)


def no_repeat(postmortem: Postmortem, analysis: Analysis) -> Answer:
    """The author's own word on repeats; a suspicion is no answer."""
    question, recurrence = Question.NO_REPEAT, analysis.recurrence_of(postmortem)
    if recurrence.declared:
        found = [
            Evidence(postmortem.place_of("repeat_of"), earlier.title, postmortem=earlier)
            for earlier in recurrence.declared
        ]
        return Answer(question, False, Basis.REPEAT_DECLARED, tuple(found[:MOST_EVIDENCE]))
    if recurrence.suspected:
        found = [
            Evidence(suspicion.earlier.place_of("title"), suspicion.earlier.title, postmortem=suspicion.earlier)
            for suspicion in recurrence.suspected
        ]
        return Answer(question, None, Basis.REPEAT_SUSPECTED, tuple(found[:MOST_EVIDENCE]))
    denied = [
        key_evidence(postmortem, "not_repeat_of", f"{other.id}: {other.reason}", "not_repeat_of", index)
        for index, other in enumerate(postmortem.front_matter.not_repeat_of)
    ]
    if denied and not postmortem.front_matter.repeat_of:
        return Answer(question, True, Basis.REPEAT_DENIED, tuple(denied[:MOST_EVIDENCE]))
    return Answer(question)


def no_open_prevention(postmortem: Postmortem, analysis: Analysis) -> Answer:
    """Preventing and mitigating work that an earlier incident had promised, and that was open when this one began.

    It answers the question where the author says that this incident repeats the other; else it is a question to ask.
    """
    question, day = Question.NO_OPEN_PREVENTION, postmortem.day
    if day is None:
        return Answer(question)
    recurrence = analysis.recurrence_of(postmortem)
    if found := [evidence for earlier in recurrence.declared for evidence in _open_on(day, earlier)]:
        return Answer(question, False, Basis.OPEN_AT_START, tuple(found[:MOST_EVIDENCE]))
    alike = [suspicion.earlier for suspicion in recurrence.suspected]
    alike += [
        related.postmortem
        for related in analysis.worth_reading(postmortem)
        if any(reason.kind in _ALIKE for reason in related.reasons)
    ]
    once = {other.path: other for other in alike if not other.is_drill and other.day and other.day < day}
    found = [evidence for other in once.values() for evidence in _open_on(day, other)]
    return Answer(question, None, Basis.OPEN_ELSEWHERE if found else None, tuple(found[:MOST_EVIDENCE]))


def _open_on(day: date, earlier: Postmortem) -> Iterator[Evidence]:
    """The items that would have helped and that are known to have been open on a day."""
    published = earlier.front_matter.published_on
    if published and published < day:
        for item in earlier.actions.written:
            if item.kind in _WOULD_HELP and _was_open(item, day):
                yield Evidence(item.place, item.text, item=item, postmortem=earlier)


def _was_open(item: ActionItem, day: date) -> bool:
    return item.state is ActionState.OPEN or bool(item.state is ActionState.DONE and item.done and item.done > day)

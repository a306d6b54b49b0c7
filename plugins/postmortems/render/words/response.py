"""Card of the response in words: its questions, and what an answer rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from postmortems.analyse.response.answer import Answer, Area, Basis, Question
from postmortems.render.words.formats import count_words

AREAS: Mapping[Area, str] = {Area.PEOPLE: "People", Area.PROCESS: "Process", Area.TOOLING: "Tooling"}

QUESTIONS: Mapping[Question, str] = {
    Question.OTHER_RESPONDERS: "Did other people respond than to the last five incidents?",
    Question.PREPARED: "Were the responders prepared well enough to help?",
    Question.FEW_PAGED: "Were fewer than five people paged?",
    Question.RIGHT_TEAM: "Did the pages go to the right team?",
    Question.WORKING_HOURS: "Did the pages reach people in their working hours?",
    Question.STATUS_KEPT: "Was a summary of the current state kept up to date during the incident?",
    Question.PUBLIC_STATUS: "Was there an entry on the public status page?",
    Question.TICKET: "Does the incident have a ticket?",
    Question.ACTIONS_OWNED: "Do all action items have an owner?",
    Question.NO_REPEAT: "Is it different enough from earlier incidents to be no repeat?",
    Question.NO_OPEN_PREVENTION: "Was all work done that would have prevented or eased it?",
    Question.COULD_COMMUNICATE: "Did the tools let the responders communicate well?",
    Question.MONITORING_ALERTED: "Did existing monitoring alert the first responders?",
    Question.TOOLS_WORKED: "Were the tools that the responders needed available?",
    Question.RUNBOOK_GUIDED: "Did an existing runbook guide the mitigation?",
}

_BASES: Mapping[Basis, str] = {
    Basis.STATUS_ENTRY: "the sources link to the owner's status page",
    Basis.STATUS_EVENT: "from the timeline",
    Basis.STATUS_LINK: "a status page is mentioned, but not whose it is or who posted there",
    Basis.INCIDENT_LINK: "the sources link to it",
    Basis.NONE_TO_DO: "all action items are done or dropped",
    Basis.NO_ITEMS: "no action item is listed",
    Basis.REPEAT_DECLARED: "its author names what it repeats",
    Basis.REPEAT_DENIED: "its author gives the difference",
    Basis.REPEAT_SUSPECTED: "it resembles earlier incidents of the same owner",
    Basis.OPEN_AT_START: "promised after an incident that it repeats, and still open when it started",
    Basis.OPEN_ELSEWHERE: "promised after a similar incident, and still open when this one started",
    Basis.DETECTED_BY: "from the front matter",
    Basis.ALERTS_TOO: "the timeline also mentions alerts",
    Basis.RUNBOOK_FOLLOWED: "stated in the text",
    Basis.RUNBOOK_LINKED: "the timeline links to one before the mitigation",
    Basis.RUNBOOK_LACKING: "the text states that there was none",
    Basis.RUNBOOK_NAMED: "a runbook is mentioned, but not whether it guided the mitigation",
}


def response_words(answer: Answer) -> str:
    """Origin of an answer, or what is known about a question without one; empty if nothing is."""
    if answer.basis in (Basis.OWNERS, Basis.OWNERS_TO_DO):
        but = ", done ones excluded" if answer.basis is Basis.OWNERS_TO_DO else ""
        if not answer.says:
            return f"{answer.total - answer.number} of {count_words(answer.total, 'action item')} without an owner{but}"
        return f"all {answer.total}{but}" if answer.total > 1 else f"the only one{but}"
    return _BASES[answer.basis] if answer.basis else ""


def by_area(card: Sequence[Answer]) -> Iterator[tuple[str, list[Answer]]]:
    """The questions of each part of the card, under its name."""
    for area, answers in groupby(card, key=lambda answer: answer.question.area):
        yield AREAS[area], list(answers)

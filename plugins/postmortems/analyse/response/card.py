"""All fifteen questions of one incident, with the answers that its files hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.response.answer import MOST_EVIDENCE, Answer, Basis, Evidence, Question, key_evidence
from postmortems.analyse.response.earlier import no_open_prevention, no_repeat
from postmortems.analyse.response.public_status import public_status, ticket
from postmortems.analyse.response.runbook import runbook
from postmortems.model.action_item import ActionState
from postmortems.model.front_matter import DetectedBy
from postmortems.model.postmortem import Postmortem

_ALERT = re.compile(r"\b(?:alarm|alert|monitor|page[ds]?\b|pager|paging)", re.IGNORECASE)


def response_card(postmortem: Postmortem, analysis: Analysis) -> tuple[Answer, ...]:
    """Every question in its order; none of a near miss, which nobody had to respond to."""
    if postmortem.is_near_miss:
        return ()
    answered: Mapping[Question, Callable[[], Answer]] = {
        Question.PUBLIC_STATUS: lambda: public_status(postmortem),
        Question.TICKET: lambda: ticket(postmortem),
        Question.ACTIONS_OWNED: lambda: _actions_owned(postmortem),
        Question.NO_REPEAT: lambda: no_repeat(postmortem, analysis),
        Question.NO_OPEN_PREVENTION: lambda: no_open_prevention(postmortem, analysis),
        Question.MONITORING_ALERTED: lambda: _monitoring_alerted(postmortem),
        Question.RUNBOOK_GUIDED: lambda: runbook(postmortem),
    }
    return tuple(answered[question]() if question in answered else Answer(question) for question in Question)


def _actions_owned(postmortem: Postmortem) -> Answer:
    """Owners of the action items. One that is dropped needs none, and one that is done has had one."""
    asked = [item for item in postmortem.actions.written if item.state is not ActionState.DROPPED]
    without = [item for item in asked if not item.owner and item.state is not ActionState.DONE]
    if not asked:
        return Answer(Question.ACTIONS_OWNED, None, Basis.NO_ITEMS)
    return Answer(
        Question.ACTIONS_OWNED,
        not without,
        Basis.OWNERS,
        tuple(Evidence(item.place, item.text, item=item) for item in without[:MOST_EVIDENCE]),
        len(asked) - len(without),
        len(asked),
    )


def _monitoring_alerted(postmortem: Postmortem) -> Answer:
    """The word of `detected_by`, unless it names somebody and the timeline speaks of alerts, too."""
    question, by = Question.MONITORING_ALERTED, postmortem.front_matter.detected_by
    if by is None or postmortem.is_unsure("detected_by"):
        return Answer(question)
    said = key_evidence(postmortem, "detected_by", by.value)
    if by is DetectedBy.ALERT:
        return Answer(question, True, Basis.DETECTED_BY, (said,))
    alerts = [
        Evidence(event.place, text, index)
        for index, event in enumerate(postmortem.timeline.events)
        for text in (event.text, event.action)
        if _ALERT.search(text)
    ]
    if alerts:
        return Answer(question, None, Basis.ALERTS_TOO, (said, *alerts[: MOST_EVIDENCE - 1]))
    return Answer(question, False, Basis.DETECTED_BY, (said,))

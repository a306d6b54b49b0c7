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

_ALERT = re.compile(
    r"alarm|alert|monitor|\bpaged\b|pager|paging|(?<!home )(?<!status )(?<!web )\bpages?\b(?! (?:fault|load|siz|view))"
    r"|datadog|grafana|health ?checks?|nagios|opsgenie|pingdom|probe"
    r"|prometheus|sentry|synthetic|uptime|watchdog|zabbix"
    r"|allarm|larm|varsel|varsling|überwach|overvåk|övervak|bereitschaft|surveillance|supervis|vigilancia|bewaking"
    r"|アラート|監視|警報|警报|告警|报警|监控|监测|경보|알림|모니터링",
    re.IGNORECASE,
)
"""Signs of monitoring in the languages that are read: one too many leaves the question open, one too few answers it."""


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
    """Owners of the action items, or of those that are still to be done if one that is done has none.

    One that is dropped needs none, and one that is done may have had one whose name is gone.
    """
    question, basis = Question.ACTIONS_OWNED, Basis.OWNERS
    asked = [item for item in postmortem.actions.written if item.state is not ActionState.DROPPED]
    if any(item.state is ActionState.DONE and not item.owner for item in asked):
        asked, basis = [item for item in asked if item.state is not ActionState.DONE], Basis.OWNERS_TO_DO
    if not asked:
        return Answer(question, None, Basis.NONE_TO_DO if postmortem.actions.written else Basis.NO_ITEMS)
    without = [item for item in asked if not item.owner]
    return Answer(
        question,
        not without,
        basis,
        tuple(Evidence(item.place, item.text, item=item) for item in without[:MOST_EVIDENCE]),
        len(asked) - len(without),
        len(asked),
    )


def _monitoring_alerted(postmortem: Postmortem) -> Answer:
    """The word of `detected_by`, unless it names people and the timeline has signs of monitoring, or no entry."""
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
    if not postmortem.timeline.events:
        return Answer(question, None, Basis.DETECTED_BY, (said,))
    if alerts:
        return Answer(question, None, Basis.ALERTS_TOO, (said, *alerts[: MOST_EVIDENCE - 1]))
    return Answer(question, False, Basis.DETECTED_BY, (said,))

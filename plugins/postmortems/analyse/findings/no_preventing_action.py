"""Incidents after which nothing was planned that prevents the next one, by pattern and service."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.findings.finding import Claim, Finding, Question, ask, compared, groups
from postmortems.analyse.findings.whole_list import lacks
from postmortems.model.action_item import ActionKind

NAME = "no-preventing-action"


def _find(analysis: Analysis) -> Iterator[Finding]:
    answers = ask(analysis.incidents, lambda incident: lacks(ActionKind.PREVENT, incident, analysis))
    for subject, group in groups(analysis):
        yield from compared(NAME, [subject], Claim.NO_PREVENT_ACTION, group, answers)


QUESTION = Question(NAME, "Do incidents with a pattern or on a service have no action item of kind prevent?", _find)

"""Incidents that were noticed late and have no action item that would let the next one be noticed sooner."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.detection import is_late
from postmortems.analyse.findings.finding import Claim, Finding, Question, ask, compared
from postmortems.analyse.findings.whole_list import lacks
from postmortems.model.action_item import ActionKind

NAME = "late-without-detect-action"


def _find(analysis: Analysis) -> Iterator[Finding]:
    judged = [incident for incident in analysis.incidents if is_late(incident, analysis) is not None]
    late = [incident for incident in judged if is_late(incident, analysis)]
    answers = ask(judged, lambda incident: lacks(ActionKind.DETECT, incident, analysis))
    yield from compared(NAME, [], Claim.NO_DETECT_ACTION, late, answers)


QUESTION = Question(NAME, "Do incidents detected late more often have no action item of kind detect?", _find)

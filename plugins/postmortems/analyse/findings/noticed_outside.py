"""Incidents that customers or third parties notice before we do, by pattern and service."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.findings.finding import Claim, Finding, Question, ask, compared, groups
from postmortems.model.front_matter import DetectedBy
from postmortems.model.postmortem import Postmortem

NAME = "noticed-outside"


def _find(analysis: Analysis) -> Iterator[Finding]:
    answers = ask(analysis.incidents, _is_from_outside)
    for subject, group in groups(analysis):
        yield from compared(NAME, [subject], Claim.NOTICED_OUTSIDE, group, answers)


def _is_from_outside(postmortem: Postmortem) -> bool | None:
    by = postmortem.front_matter.detected_by
    return None if by is None else by in (DetectedBy.CUSTOMER, DetectedBy.THIRD_PARTY)


QUESTION = Question(
    NAME, "Are incidents with a pattern or on a service first detected by customers or third parties?", _find
)

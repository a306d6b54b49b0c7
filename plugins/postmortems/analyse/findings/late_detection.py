"""Patterns and services that are noticed later than their target more often than the others."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.detection import is_late
from postmortems.analyse.findings.finding import Claim, Finding, Question, ask, compared, groups

NAME = "late-detection"


def _find(analysis: Analysis) -> Iterator[Finding]:
    answers = ask(analysis.incidents, lambda incident: is_late(incident, analysis))
    for subject, group in groups(analysis):
        yield from compared(NAME, [subject], Claim.NOTICED_LATE, group, answers)


QUESTION = Question(NAME, "Are incidents with a pattern or on a service detected late more often?", _find)

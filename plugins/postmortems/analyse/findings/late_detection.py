"""Which patterns and services are noticed later than their target more often than the others."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.detection import is_late
from postmortems.analyse.findings.finding import Finding, Question, ask, compared

NAME = "late-detection"


def _find(analysis: Analysis) -> Iterator[Finding]:
    answers = ask(analysis.incidents, lambda one: is_late(one, analysis))
    for subject, group in analysis.groups():
        yield from compared(NAME, [subject], "were noticed later than their target", group, answers)


MAKER = Question(NAME, "Are incidents of a pattern, or of a service, noticed later than their target?", _find)

"""Patterns and services that take long to recover from: longer than the median of all incidents."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.findings.finding import Claim, Finding, Question, compared, groups
from postmortems.analyse.findings.slow import slower_than_median
from postmortems.analyse.measures import Measure

NAME = "slow-recovery"


def _find(analysis: Analysis) -> Iterator[Finding]:
    answers = slower_than_median(Measure.RECOVER, analysis.incidents, analysis)
    for subject, group in groups(analysis):
        yield from compared(NAME, [subject], Claim.SLOW_RECOVERY, group, answers)


QUESTION = Question(NAME, "Do incidents with a pattern or on a service take longer to resolve than the median?", _find)

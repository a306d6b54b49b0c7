"""Which patterns and services take long to recover from: longer than the middle of all incidents."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.findings.finding import Finding, Question, ask, compared
from postmortems.analyse.measures import Measure
from postmortems.model.postmortem import Postmortem

NAME = "slow-recovery"


def _find(analysis: Analysis) -> Iterator[Finding]:
    middle = analysis.median_of(Measure.RECOVER, analysis.incidents)
    if middle is None:
        return

    def is_slow(one: Postmortem) -> bool | None:
        return analysis.is_longer(one, Measure.RECOVER, middle)

    answers = ask(analysis.incidents, is_slow)
    for subject, group in analysis.groups():
        claim = "took longer to recover than the median of all incidents"
        yield from compared(NAME, [subject], claim, group, answers)


MAKER = Question(
    NAME, "Do incidents of a pattern, or of a service, take longer to recover than the median of all?", _find
)

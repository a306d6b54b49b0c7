"""Which patterns and services take long to recover from: longer than the middle of all incidents."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.evidence import Clock, Evidence
from postmortems.analyse.findings.finding import Finding, Maker, ask, compared
from postmortems.model.postmortem import Postmortem

NAME = "slow-recovery"


def _find(evidence: Evidence) -> Iterator[Finding]:
    middle = evidence.median_of(Clock.RECOVER, evidence.incidents)
    if middle is None:
        return

    def is_slow(one: Postmortem) -> bool | None:
        return evidence.is_longer(one, Clock.RECOVER, middle)

    answers = ask(evidence.incidents, is_slow)
    for subject, group in evidence.groups():
        claim = "took longer to recover than the median of all incidents"
        yield from compared(NAME, [subject], claim, group, answers)


MAKER = Maker(NAME, "Do incidents of a pattern, or of a service, take longer to recover than the median of all?", _find)

"""Which patterns and services are noticed later than their target more often than the others."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.detection import is_late
from postmortems.analyse.evidence import Evidence
from postmortems.analyse.findings.finding import Finding, Maker, ask, compared

NAME = "late-detection"


def _find(evidence: Evidence) -> Iterator[Finding]:
    answers = ask(evidence.incidents, lambda one: is_late(one, evidence))
    for subject, group in evidence.groups():
        yield from compared(NAME, [subject], "were noticed later than their target", group, answers)


MAKER = Maker(NAME, "Are incidents of a pattern, or of a service, noticed later than their target?", _find)

"""Which patterns and services take long to recover from: longer than the middle of all incidents."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.evidence import Clock, Evidence
from postmortems.analyse.findings.finding import Finding, Maker, ask, compared
from postmortems.analyse.statistics import median
from postmortems.model.postmortem import Postmortem

NAME = "slow-recovery"


def _find(evidence: Evidence) -> Iterator[Finding]:
    lengths = {one.path: evidence.length(one, Clock.RECOVER) for one in evidence.incidents}
    known = sorted(length for length in lengths.values() if length is not None)
    if not known:
        return
    middle = median(known)

    def is_slow(one: Postmortem) -> bool | None:
        length = lengths[one.path]
        return None if length is None else length > middle

    answers = ask(evidence.incidents, is_slow)
    for subject, group in evidence.groups():
        claim = "took longer to recover than the median of all incidents"
        yield from compared(NAME, [subject], claim, group, answers)


MAKER = Maker(NAME, "Do incidents of a pattern, or of a service, take longer to recover than the median of all?", _find)

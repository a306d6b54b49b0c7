"""Whether what is noticed late also takes long once it has been noticed."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.detection import is_late
from postmortems.analyse.evidence import Clock, Evidence
from postmortems.analyse.findings.finding import Finding, Maker, ask, compared
from postmortems.analyse.statistics import median
from postmortems.model.postmortem import Postmortem

NAME = "slow-after-late"


def _find(evidence: Evidence) -> Iterator[Finding]:
    lengths = {
        one.path: evidence.length(one, Clock.RESPONSE)
        for one in evidence.incidents
        if is_late(one, evidence) is not None
    }
    known = sorted(length for length in lengths.values() if length is not None)
    if not known:
        return
    middle = median(known)

    def is_slow(one: Postmortem) -> bool | None:
        length = lengths.get(one.path)
        return None if length is None else length > middle

    late = [one for one in evidence.incidents if is_late(one, evidence)]
    claim = "that were noticed late took longer than the median from detection to resolution"
    yield from compared(NAME, [], claim, late, ask(evidence.incidents, is_slow))


MAKER = Maker(NAME, "Do incidents that are noticed late also take longer from detection to resolution?", _find)

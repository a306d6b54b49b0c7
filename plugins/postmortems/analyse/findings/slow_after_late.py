"""Whether what is noticed late also takes long once it has been noticed."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.detection import is_late
from postmortems.analyse.evidence import Clock, Evidence
from postmortems.analyse.findings.finding import Finding, Maker, ask, compared
from postmortems.model.postmortem import Postmortem

NAME = "slow-after-late"


def _find(evidence: Evidence) -> Iterator[Finding]:
    judged = [one for one in evidence.incidents if is_late(one, evidence) is not None]
    middle = evidence.median_of(Clock.RESPONSE, judged)
    if middle is None:
        return
    paths = {one.path for one in judged}

    def is_slow(one: Postmortem) -> bool | None:
        return evidence.is_longer(one, Clock.RESPONSE, middle) if one.path in paths else None

    late = [one for one in evidence.incidents if is_late(one, evidence)]
    claim = "that were noticed late took longer than the median from detection to resolution"
    yield from compared(NAME, [], claim, late, ask(evidence.incidents, is_slow))


MAKER = Maker(NAME, "Do incidents that are noticed late also take longer from detection to resolution?", _find)

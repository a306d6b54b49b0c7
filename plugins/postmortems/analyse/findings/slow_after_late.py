"""Whether what is noticed late also takes long once it has been noticed."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.detection import is_late
from postmortems.analyse.findings.finding import Finding, Question, ask, compared
from postmortems.analyse.measures import Measure
from postmortems.model.postmortem import Postmortem

NAME = "slow-after-late"


def _find(analysis: Analysis) -> Iterator[Finding]:
    judged = [one for one in analysis.incidents if is_late(one, analysis) is not None]
    middle = analysis.median_of(Measure.RESPONSE, judged)
    if middle is None:
        return
    paths = {one.path for one in judged}

    def is_slow(one: Postmortem) -> bool | None:
        return analysis.is_longer(one, Measure.RESPONSE, middle) if one.path in paths else None

    late = [one for one in analysis.incidents if is_late(one, analysis)]
    claim = "that were noticed late took longer than the median from detection to resolution"
    yield from compared(NAME, [], claim, late, ask(analysis.incidents, is_slow))


MAKER = Question(NAME, "Do incidents that are noticed late also take longer from detection to resolution?", _find)

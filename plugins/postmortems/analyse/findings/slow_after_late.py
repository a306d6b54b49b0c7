"""Incidents that are noticed late, and whether they also take long once they have been noticed."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.detection import is_late
from postmortems.analyse.findings.finding import Claim, Finding, Question, compared
from postmortems.analyse.findings.slow import slower_than_median
from postmortems.analyse.measures import Measure

NAME = "slow-after-late"


def _find(analysis: Analysis) -> Iterator[Finding]:
    judged = [incident for incident in analysis.incidents if is_late(incident, analysis) is not None]
    late = [incident for incident in judged if is_late(incident, analysis)]
    yield from compared(NAME, [], Claim.SLOW_AFTER_LATE, late, slower_than_median(Measure.RESPONSE, judged, analysis))


QUESTION = Question(NAME, "Do incidents detected late also have longer response times?", _find)

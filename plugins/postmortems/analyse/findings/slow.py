"""Incidents that take longer than the median, for the questions on slow ones."""

from __future__ import annotations

from collections.abc import Sequence

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.findings.finding import Answers, ask
from postmortems.analyse.measures import Measure
from postmortems.model.postmortem import Postmortem


def slower_than_median(measure: Measure, incidents: Sequence[Postmortem], analysis: Analysis) -> Answers:
    """Answers whether each incident took longer than the median of all; none where there is no median.

    An incident of unknown length is slow if it is known to have lasted longer at least.
    """
    median = analysis.summary(incidents, measure).median
    if median is None:
        return Answers()

    def is_slow(incident: Postmortem) -> bool | None:
        length = analysis.length(incident, measure)
        if length is not None:
            return length > median
        bound = analysis.at_least(incident, measure)
        return True if bound is not None and bound > median else None

    return ask(incidents, is_slow)

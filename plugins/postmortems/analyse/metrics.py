"""All figures of a corpus on a day, computed once: the page and the data file say the same because both ask here.

Drills are left out of everything; drafts count like all others, save where completion is counted. Unknown is never
zero: each figure says how many values it rests on and how many are missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from postmortems.analyse.clocks import ClockFigures, clock_figures
from postmortems.analyse.closure import ActionFigures, action_figures
from postmortems.analyse.completion import Completion
from postmortems.analyse.detection import DetectionFigures, detection_figures
from postmortems.analyse.evidence import Clock, Evidence
from postmortems.analyse.findings.registry import Findings, findings
from postmortems.analyse.frequency import Frequency, frequency
from postmortems.analyse.quality import Lack, data_quality
from postmortems.analyse.recurrence_figures import RecurrenceFigures, recurrence_figures
from postmortems.analyse.tallies import LabelFigures, label_figures
from postmortems.model.related import Recurrence
from postmortems.settings import Completeness


@dataclass(frozen=True, slots=True)
class Metrics:
    """Every figure, with what it rests on.

    Of a sample (`corpus: sample`) `frequency` and `completion` are None, and the recurrence has no rate: how often
    something is collected says nothing about how often it happens. `completion` is also None without a register.
    """

    today: date
    is_sample: bool
    incidents: int
    drafts: int
    clocks: tuple[ClockFigures, ...]
    frequency: Frequency | None
    recurrence: RecurrenceFigures
    completion: Completion | None
    actions: ActionFigures
    detection: DetectionFigures
    labels: LabelFigures
    findings: Findings
    quality: tuple[Lack, ...]

    def clock(self, clock: Clock) -> ClockFigures:
        """The figures of one clock."""
        return next(one for one in self.clocks if one.clock is clock)


def metrics_of(evidence: Evidence, completion: Completion | None, recurrences: Mapping[str, Recurrence]) -> Metrics:
    """All figures; linear in the number of incidents. `recurrences` are told by path."""
    is_sample = evidence.settings.corpus is Completeness.SAMPLE
    return Metrics(
        today=evidence.today,
        is_sample=is_sample,
        incidents=len(evidence.incidents),
        drafts=sum(one.is_draft for one in evidence.incidents),
        clocks=clock_figures(evidence),
        frequency=None if is_sample else frequency(evidence),
        recurrence=recurrence_figures(evidence, recurrences),
        completion=None if is_sample else completion,
        actions=action_figures(evidence),
        detection=detection_figures(evidence),
        labels=label_figures(evidence),
        findings=findings(evidence),
        quality=data_quality(evidence),
    )

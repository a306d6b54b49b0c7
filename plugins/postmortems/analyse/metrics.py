"""All figures of a corpus on a day, computed once: the page and the data file say the same because both ask here.

Drills are left out of everything; drafts count like all others, save where completion is counted. Unknown is never
zero: each figure says how many values it rests on and how many are missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.clocks import ClockFigures, clock_figures
from postmortems.analyse.closure import ActionFigures, action_figures
from postmortems.analyse.completion import Completion
from postmortems.analyse.detection import DetectionFigures, detection_figures
from postmortems.analyse.findings.registry import Findings, findings
from postmortems.analyse.frequency import Frequency, frequency
from postmortems.analyse.history_figures import HistoryFigures, history_figures
from postmortems.analyse.measures import Measure
from postmortems.analyse.quality import MissingValue, data_quality
from postmortems.analyse.recurrence_figures import RecurrenceFigures, recurrence_figures
from postmortems.analyse.tallies import LabelFigures, label_figures
from postmortems.model.published import figure, form
from postmortems.settings import Completeness


@dataclass(frozen=True, slots=True)
class Metrics:
    """Every figure of the metrics page.

    Of a sample (`corpus: sample`) `frequency` and `completion` are None, and the recurrence has no rate: how often
    something is collected says nothing about how often it happens. `completion` is also None without a register.
    """

    today: date
    corpus: Completeness
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
    quality: tuple[MissingValue, ...]
    history: HistoryFigures

    published: ClassVar = form(
        "MetricsFile",
        figure("version", "Version of this format"),
        figure("today", "The day that the figures are of, in UTC"),
        figure("corpus", "`sample`: counts in this collection do not show how often incidents happen"),
        figure("incidents", "How many incidents are counted: drills and near misses are not"),
        figure("drafts", "How many of these are drafts"),
        figure("clocks", "How long things took"),
        figure("frequency", "How often incidents happen; null of a sample"),
        figure("recurrence", "How many repeat an earlier one"),
        figure("completion", "How many postmortems are published in time; null of a sample, and without a register"),
        figure("actions", "How many action items get done"),
        figure("detection", "Detection compared with targets"),
        figure("labels", "What incidents are named with"),
        figure("findings", "What the incidents say together"),
        figure("quality", "Which postmortems lack which value"),
        figure("history", "How long postmortems took, from their dates and from git's history"),
    )

    @property
    def version(self) -> Literal[2]:
        """Version of the published form: a program that reads one version can read no other."""
        return 2

    @property
    def is_sample(self) -> bool:
        """True if how often something happens means nothing."""
        return self.corpus is Completeness.SAMPLE

    def clock(self, clock: Measure) -> ClockFigures:
        """The figures of one clock."""
        return next(figures for figures in self.clocks if figures.clock is clock)


def metrics_of(analysis: Analysis) -> Metrics:
    """All figures; linear in the number of incidents."""
    is_sample = analysis.settings.corpus is Completeness.SAMPLE
    return Metrics(
        today=analysis.today,
        corpus=analysis.settings.corpus,
        incidents=len(analysis.incidents),
        drafts=sum(incident.is_draft for incident in analysis.incidents),
        clocks=clock_figures(analysis),
        frequency=None if is_sample else frequency(analysis),
        recurrence=recurrence_figures(analysis),
        completion=None if is_sample else analysis.completion,
        actions=action_figures(analysis),
        detection=detection_figures(analysis),
        labels=label_figures(analysis),
        findings=findings(analysis),
        quality=data_quality(analysis),
        history=history_figures(analysis),
    )

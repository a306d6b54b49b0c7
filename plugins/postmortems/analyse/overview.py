"""The five figures that a lead reads first, by quarter and against the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from postmortems.analyse.actions import NO_ACTIONS, ActionCounts
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.clocks import by_severity
from postmortems.analyse.measures import Measure
from postmortems.analyse.metrics import Metrics, metrics_of
from postmortems.analyse.statistics import Share, Summary
from postmortems.analyse.year_change import YearChange, count_change, length_change, share_change, two_years
from postmortems.model.postmortem import Postmortem
from postmortems.model.quarter import Quarter, quarter_at, quarter_of

MOST_QUARTERS = 16
"""Number of quarters that are drawn, the running one among them."""


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    """The incidents of one quarter, and the action items that fell due in it."""

    quarter: Quarter
    is_over: bool
    incidents: int
    severities: Mapping[str | None, int]
    repeats: int
    detect: Summary
    recover: Summary
    due: ActionCounts


@dataclass(frozen=True, slots=True)
class Overview:
    """The quarters up to the running one, at most sixteen, and the last four whole ones against the four before.

    `incidents` is None unless eight quarters are over. The share of overdue items is that of the done and overdue ones.
    """

    quarters: tuple[QuarterFigures, ...]
    detect: YearChange[Summary]
    recover: YearChange[Summary]
    repeats: YearChange[Share]
    overdue: YearChange[Share]
    incidents: YearChange[int] | None

    @property
    def due_quarters(self) -> tuple[QuarterFigures, ...]:
        """The quarters from the first one in which an action item fell due."""
        first = next((place for place, quarter in enumerate(self.quarters) if quarter.due.total), len(self.quarters))
        return self.quarters[first:]


def overview_of(analysis: Analysis) -> Overview | None:
    """The overview of a complete collection; None of a sample."""
    metrics = analysis.once(metrics_of)
    if metrics.frequency is None:
        return None
    quarters = _Quarters(analysis, metrics)
    latest, before = two_years(quarters.this)

    def lengths(clock: Measure) -> YearChange[Summary]:
        return length_change(
            analysis.summary(quarters.members(latest), clock), analysis.summary(quarters.members(before), clock)
        )

    def shares(of: Callable[[Sequence[int]], Share]) -> YearChange[Share]:
        return share_change(of(latest), of(before))

    return Overview(
        quarters=quarters.newest(),
        detect=lengths(Measure.DETECT),
        recover=lengths(Measure.RECOVER),
        repeats=shares(quarters.repeats),
        overdue=shares(quarters.overdue),
        incidents=count_change(metrics.frequency),
    )


class _Quarters:
    """Incidents and due action items by the ordinal of their quarter."""

    def __init__(self, analysis: Analysis, metrics: Metrics) -> None:
        self.this = quarter_of(analysis.today)
        self._analysis = analysis
        self._incidents: defaultdict[int, list[Postmortem]] = defaultdict(list)
        for incident in analysis.incidents:
            if incident.day:
                self._incidents[quarter_of(incident.day).ordinal].append(incident)
        self._repeats = {repeat.postmortem.path for repeat in metrics.recurrence.declared}
        self._due = {due.quarter.ordinal: due.counts for due in metrics.actions.due}

    def members(self, ordinals: Sequence[int]) -> list[Postmortem]:
        """The incidents of some quarters."""
        return [incident for ordinal in ordinals for incident in self._incidents.get(ordinal, ())]

    def repeats(self, ordinals: Sequence[int]) -> Share:
        """The declared repeats among them."""
        members = self.members(ordinals)
        return Share(sum(incident.path in self._repeats for incident in members), len(members))

    def overdue(self, ordinals: Sequence[int]) -> Share:
        """The overdue items among those that fell due and are done or overdue; none where no rate is told."""
        counts = sum((self._due.get(ordinal, NO_ACTIONS) for ordinal in ordinals), NO_ACTIONS)
        return Share(counts.overdue, counts.n) if counts.tells_a_rate else Share(0, 0)

    def newest(self) -> tuple[QuarterFigures, ...]:
        """The newest quarters, oldest first, from the first one that has an incident or a due item."""
        this = self.this.ordinal
        first = min((ordinal for ordinal in (*self._incidents, *self._due) if ordinal <= this), default=this)
        return tuple(self._of(ordinal) for ordinal in range(max(first, this - MOST_QUARTERS + 1), this + 1))

    def _of(self, ordinal: int) -> QuarterFigures:
        members = self._incidents.get(ordinal, [])
        groups = by_severity(members, tuple(self._analysis.settings.severities))
        return QuarterFigures(
            quarter=quarter_at(ordinal),
            is_over=ordinal < self.this.ordinal,
            incidents=len(members),
            severities={name: len(found) for name, found in groups},
            repeats=self.repeats([ordinal]).part,
            detect=self._analysis.summary(members, Measure.DETECT),
            recover=self._analysis.summary(members, Measure.RECOVER),
            due=self._due.get(ordinal, NO_ACTIONS),
        )

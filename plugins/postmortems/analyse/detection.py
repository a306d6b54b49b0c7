"""How soon incidents were noticed, held against what was aimed at, and who noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.clocks import by_severity
from postmortems.analyse.statistics import Interval, wilson_interval
from postmortems.model.durations import TargetSource
from postmortems.model.front_matter import DetectedBy
from postmortems.model.postmortem import Postmortem


@dataclass(frozen=True, slots=True)
class AgainstTarget:
    """Incidents whose time to detect and target are known: those noticed in time, and the `late` ones.

    `unknown` counts those with a target and no known time, `without_target` those that have none.
    """

    in_time: tuple[Postmortem, ...]
    late: tuple[Postmortem, ...]
    unknown: int
    without_target: int

    @property
    def n(self) -> int:
        """How many incidents could be held against a target."""
        return len(self.in_time) + len(self.late)

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the share that was late; None below n = 6."""
        return wilson_interval(len(self.late), self.n)


@dataclass(frozen=True, slots=True)
class DetectionFigures:
    """All incidents against their targets, and by severity, worst first.

    `from_settings` counts the targets, among those that could be held against, that are the severity's default in the
    settings, and not the postmortem's own. `detected_by` counts who noticed first; None stands for nobody knows.
    """

    all: AgainstTarget
    severities: tuple[tuple[str | None, AgainstTarget], ...]
    from_settings: int
    detected_by: Mapping[DetectedBy | None, int]


def detection_figures(analysis: Analysis) -> DetectionFigures:
    """The times to detect of all counted incidents against their targets."""
    figures = _against(analysis.incidents, analysis)
    scale = tuple(analysis.settings.severities)
    return DetectionFigures(
        all=figures,
        severities=tuple((name, _against(found, analysis)) for name, found in by_severity(analysis.incidents, scale)),
        from_settings=sum(
            analysis.durations[one.path].target_source is TargetSource.SETTINGS
            for one in (*figures.in_time, *figures.late)
        ),
        detected_by=Counter(one.front_matter.detected_by for one in analysis.incidents),
    )


def is_late(postmortem: Postmortem, analysis: Analysis) -> bool | None:
    """Whether an incident was noticed later than its target; None where the time or the target is unknown."""
    lengths = analysis.durations[postmortem.path]
    if lengths.to_detect is None or lengths.target is None:
        return None
    return lengths.over_target is not None


def _against(members: tuple[Postmortem, ...], analysis: Analysis) -> AgainstTarget:
    answers = [(one, is_late(one, analysis)) for one in members]
    without = sum(analysis.durations[one.path].target is None for one in members)
    return AgainstTarget(
        in_time=tuple(one for one, late in answers if late is False),
        late=tuple(one for one, late in answers if late),
        unknown=sum(late is None for _, late in answers) - without,
        without_target=without,
    )

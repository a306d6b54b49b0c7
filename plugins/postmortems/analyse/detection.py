"""Times to detect against their targets, and who noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.clocks import by_severity
from postmortems.analyse.statistics import Interval, wilson_interval
from postmortems.model.durations import TargetSource
from postmortems.model.front_matter import DetectedBy
from postmortems.model.postmortem import Postmortem
from postmortems.model.published import figure, form, number, rate_interval


@dataclass(frozen=True, slots=True)
class AgainstTarget:
    """Incidents held against their detection targets."""

    in_time: tuple[Postmortem, ...]
    late: tuple[Postmortem, ...]
    unknown: int
    without_target: int

    published: ClassVar = form(
        "AgainstTargetForm",
        figure("n", "How many have a known time and a target"),
        number("in_time", "Number detected within target"),
        number("late", "How many were not"),
        *rate_interval("The 95 % interval of the share that was late; null below six"),
        figure("unknown", "How many have a target and no known time"),
        figure("without_target", "How many have no target"),
        figure("late_postmortems", "The ids of the late ones", "late"),
    )

    @property
    def n(self) -> int:
        """Number of incidents with a known time and a target."""
        return len(self.in_time) + len(self.late)

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the share that was late; None below n = 6."""
        return wilson_interval(len(self.late), self.n)


@dataclass(frozen=True, slots=True)
class SeverityTarget:
    """The same of one severity."""

    severity: str | None
    against_target: AgainstTarget

    published: ClassVar = form(
        "SeverityTargetForm",
        figure("severity", "The severity; null for incidents without one"),
        figure("against_target", "These incidents"),
    )


@dataclass(frozen=True, slots=True)
class Noticer:
    """Number of incidents that one kind of detector noticed first."""

    detected_by: DetectedBy | None
    count: int

    published: ClassVar = form(
        "NoticerForm", figure("detected_by", "Who; null is unknown"), figure("count", "How many incidents")
    )


@dataclass(frozen=True, slots=True)
class DetectionFigures:
    """Detection against targets."""

    all: AgainstTarget
    severities: tuple[SeverityTarget, ...]
    from_settings: int
    detected_by: Mapping[DetectedBy | None, int]

    published: ClassVar = form(
        "DetectionForm",
        figure("all", "All incidents"),
        figure("severities", "By severity, worst first"),
        figure("from_settings", "How many of the targets are the settings', not the postmortem's own"),
        figure("detected_by", "What detected incidents first", "noticers"),
    )

    @property
    def noticers(self) -> tuple[Noticer, ...]:
        """Number of incidents by who or what noticed first."""
        return tuple(Noticer(who, count) for who, count in self.detected_by.items())

    @property
    def unknown_noticers(self) -> int:
        """Number of incidents of which nobody says who noticed first."""
        return self.detected_by.get(None, 0)

    @property
    def known_noticers(self) -> int:
        """Number of incidents of which it is known who noticed first."""
        return sum(self.detected_by.values()) - self.unknown_noticers


def detection_figures(analysis: Analysis) -> DetectionFigures:
    """The times to detect of all counted incidents against their targets."""
    figures = against_targets(analysis.incidents, analysis)
    scale = tuple(analysis.settings.severities)
    return DetectionFigures(
        all=figures,
        severities=tuple(
            SeverityTarget(name, against_targets(found, analysis))
            for name, found in by_severity(analysis.incidents, scale)
        ),
        from_settings=sum(
            analysis.durations_of(incident).target_source is TargetSource.SETTINGS
            for incident in (*figures.in_time, *figures.late)
        ),
        detected_by=Counter(incident.front_matter.detected_by for incident in analysis.incidents),
    )


def is_late(postmortem: Postmortem, analysis: Analysis) -> bool | None:
    """True if an incident was noticed later than its target; None where the time or the target is unknown."""
    lengths = analysis.durations_of(postmortem)
    if lengths.to_detect is None or lengths.target is None:
        return None
    return lengths.over_target is not None


def furthest_over_first(late: tuple[Postmortem, ...], analysis: Analysis) -> list[Postmortem]:
    """Incidents that were noticed late, the one furthest over its target first."""
    return sorted(late, key=lambda incident: analysis.durations_of(incident).over_target or timedelta(), reverse=True)


def against_targets(members: tuple[Postmortem, ...], analysis: Analysis) -> AgainstTarget:
    """Some incidents held against their detection targets."""
    answers = [(incident, is_late(incident, analysis)) for incident in members]
    without = sum(analysis.durations_of(incident).target is None for incident in members)
    return AgainstTarget(
        in_time=tuple(incident for incident, late in answers if late is False),
        late=tuple(incident for incident, late in answers if late),
        unknown=sum(late is None for _, late in answers) - without,
        without_target=without,
    )

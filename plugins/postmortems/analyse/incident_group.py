"""The postmortems of a pattern, a service, an owner or a year in figures, beside all others of the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from postmortems.analyse.actions import NO_ACTIONS, ActionCounts
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.facets import Facet
from postmortems.analyse.measures import Measure
from postmortems.analyse.profile import Profile, profile
from postmortems.analyse.statistics import Summary, summarise
from postmortems.model.dated_action import DatedAction
from postmortems.model.postmortem import Postmortem

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TargetFigures:
    """Number of incidents that were noticed within their target, of the `judged` ones, of which that is known.

    `to_detect` is the summary of these; of the `missing` the target or the time is unknown.
    """

    met: int
    judged: int
    missing: int
    to_detect: Summary


@dataclass(frozen=True, slots=True)
class DetectionSummary:
    """The times to detect of some incidents, and how many were noticed within a minute."""

    within_a_minute: int
    summary: Summary


@dataclass(frozen=True)
class IncidentGroup:
    """Some postmortems, oldest first; its figures count the incidents among them, and cost no more than these.

    `facet` is what the index finds all of them by; None if there is none.
    """

    postmortems: Sequence[Postmortem]
    analysis: Analysis
    facet: Facet | None = None

    @property
    def is_several(self) -> bool:
        """True if there is more than one."""
        return len(self.postmortems) > 1

    @cached_property
    def incidents(self) -> tuple[Postmortem, ...]:
        """The ones that figures count."""
        return tuple(postmortem for postmortem in self.postmortems if postmortem.is_incident)

    @cached_property
    def apart(self) -> tuple[Postmortem, ...]:
        """The near misses and drills, which are in no figure."""
        return tuple(postmortem for postmortem in self.postmortems if not postmortem.is_incident)

    @property
    def last_day(self) -> date | None:
        """The day of the latest incident whose day is known."""
        return next((incident.day for incident in reversed(self.incidents) if incident.day), None)

    @property
    def by_severity(self) -> Mapping[str | None, int]:
        """Number of incidents of each severity; of one that none has it is 0."""
        return Counter(incident.front_matter.severity for incident in self.incidents)

    @cached_property
    def profile(self) -> Profile:
        """The names that the incidents have in common."""
        return profile(self.incidents)

    @cached_property
    def recovery(self) -> Summary:
        """The times to recover."""
        return self.analysis.summary(self.incidents, Measure.RECOVER)

    @property
    def recovery_of_others(self) -> Summary:
        """The times to recover of all other incidents."""
        return self.analysis.recovery.without(self.incidents)[1]

    @cached_property
    def detection(self) -> DetectionSummary:
        """The times to detect."""
        lengths = [self.analysis.length(incident, Measure.DETECT) for incident in self.incidents]
        soon = sum(length is not None and length <= _MINUTE for length in lengths)
        return DetectionSummary(soon, self.analysis.summary(self.incidents, Measure.DETECT))

    @cached_property
    def detection_of_others(self) -> DetectionSummary:
        """The times to detect of all other incidents."""
        rest, summary = self.analysis.detection.without(self.incidents)
        return DetectionSummary(rest.up_to(_MINUTE), summary)

    @cached_property
    def targets(self) -> TargetFigures:
        """The detection targets, and whether they were met."""
        lengths = [self.analysis.durations_of(incident) for incident in self.incidents]
        judged = [each for each in lengths if each.to_detect is not None and each.target is not None]
        to_detect = sorted(each.to_detect for each in judged if each.to_detect is not None)
        met = sum(each.over_target is None for each in judged)
        return TargetFigures(met, len(judged), len(lengths) - len(judged), summarise(to_detect, 0))

    @cached_property
    def action_counts(self) -> ActionCounts:
        """The action items of the incidents by state."""
        return sum(map(self.analysis.action_counts_of, self.incidents), NO_ACTIONS)

    @cached_property
    def open_actions(self) -> tuple[DatedAction, ...]:
        """The action items that are still to do, those of the newest incident first."""
        newest_first = reversed(self.incidents)
        return tuple(
            action for incident in newest_first for action in self.analysis.actions_of(incident) if action.is_open
        )

    @property
    def with_open_actions(self) -> int:
        """Number of incidents with an open action item."""
        return sum(self.analysis.action_counts_of(incident).open > 0 for incident in self.incidents)

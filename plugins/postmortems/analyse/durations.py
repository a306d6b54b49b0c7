"""How long things took in one incident.

Times to detect, mitigate and recover are counted from `started_at`; response time from `detected_at` to
`resolved_at`. A negative length can only come from moments out of order, which a rule reports; it is unknown here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings


class TargetSource(StrEnum):
    """Who set the detection target: the postmortem itself, or the severity's default in the settings."""

    POSTMORTEM = "postmortem"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Durations:
    """The lengths of one incident; None is unknown. `over_target` is how much detection exceeded its target."""

    to_detect: timedelta | None
    to_mitigate: timedelta | None
    to_recover: timedelta | None
    response: timedelta | None
    target: timedelta | None
    target_source: TargetSource | None

    @property
    def over_target(self) -> timedelta | None:
        """How much longer than its target detection took; None where it met it or either is unknown."""
        if self.to_detect is None or self.target is None or self.to_detect <= self.target:
            return None
        return self.to_detect - self.target


def durations(postmortem: Postmortem, settings: Settings) -> Durations:
    """The lengths of one incident, with the detection target that holds for it."""
    matter = postmortem.front_matter
    target, source = matter.detection_target, TargetSource.POSTMORTEM
    if target is None:
        target, source = settings.detection_targets.get(matter.severity or ""), TargetSource.SETTINGS
    return Durations(
        to_detect=_between(matter.started_at, matter.detected_at),
        to_mitigate=_between(matter.started_at, matter.mitigated_at),
        to_recover=_between(matter.started_at, matter.resolved_at),
        response=_between(matter.detected_at, matter.resolved_at),
        target=target,
        target_source=source if target is not None else None,
    )


def _between(begin: datetime | None, end: datetime | None) -> timedelta | None:
    if begin is None or end is None or end < begin:
        return None
    return end - begin

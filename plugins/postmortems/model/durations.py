"""Durations of one incident, as a value; `analyse` computes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class TargetSource(StrEnum):
    """Source of the detection target: the postmortem itself, or the severity's default in the settings."""

    POSTMORTEM = "postmortem"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Durations:
    """The lengths of one incident; None is unknown. `over_target` is how much detection exceeded its target.

    Where the resolution is unknown and the mitigation known, `to_recover_at_least` and `response_at_least` say how long
    it took at least, since nothing is over before the harm has stopped.
    """

    to_detect: timedelta | None
    to_mitigate: timedelta | None
    to_recover: timedelta | None
    response: timedelta | None
    target: timedelta | None
    target_source: TargetSource | None
    to_recover_at_least: timedelta | None = None
    response_at_least: timedelta | None = None

    @property
    def over_target(self) -> timedelta | None:
        """Time by which detection took longer than its target; None if it met it or either is unknown."""
        if self.to_detect is None or self.target is None or self.to_detect <= self.target:
            return None
        return self.to_detect - self.target

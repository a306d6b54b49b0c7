"""Lengths that are measured in every incident, and what a group of incidents may share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

from postmortems.model.durations import Durations
from postmortems.model.published import figure, form


class Measure(StrEnum):
    """A length that is measured in every incident."""

    DETECT = "time to detect"
    MITIGATE = "time to mitigate"
    RECOVER = "time to recover"
    RESPONSE = "response time"

    @property
    def begin(self) -> str:
        """The key of the moment at which it begins."""
        return "detected_at" if self is Measure.RESPONSE else "started_at"

    @property
    def end(self) -> str:
        """The key of the moment at which it ends."""
        return _ENDS[self]


_ENDS = {
    Measure.DETECT: "detected_at",
    Measure.MITIGATE: "mitigated_at",
    Measure.RECOVER: "resolved_at",
    Measure.RESPONSE: "resolved_at",
}


LENGTHS: Mapping[Measure, Callable[[Durations], timedelta | None]] = {
    Measure.DETECT: lambda lengths: lengths.to_detect,
    Measure.MITIGATE: lambda lengths: lengths.to_mitigate,
    Measure.RECOVER: lambda lengths: lengths.to_recover,
    Measure.RESPONSE: lambda lengths: lengths.response,
}


AT_LEAST: Mapping[Measure, Callable[[Durations], timedelta | None]] = {
    Measure.RECOVER: lambda lengths: lengths.to_recover_at_least,
    Measure.RESPONSE: lambda lengths: lengths.response_at_least,
}
"""Lower bound of an unknown length, for the clocks that have one."""


def at_least(clock: Measure, lengths: Durations) -> timedelta | None:
    """Lower bound of the length of one incident; None where the length is known, or no bound is."""
    bound = AT_LEAST.get(clock)
    return bound(lengths) if bound and LENGTHS[clock](lengths) is None else None


class SubjectKind(StrEnum):
    """Kind of what a group of incidents shares."""

    PATTERN = "pattern"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Subject:
    """A label that the incidents of a finding share."""

    kind: SubjectKind
    key: str
    name: str

    published: ClassVar = form(
        "SubjectForm",
        figure("kind", "A pattern or a service"),
        figure("key", "The pattern's id, or the service's slug"),
        figure("name", "What pages call it"),
    )

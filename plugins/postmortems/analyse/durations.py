"""Lengths of one incident.

Times to detect, mitigate and recover are counted from `started_at`; response time from `detected_at` to
`resolved_at`. A negative length can only come from moments out of order, which a rule reports; it is unknown here.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from postmortems.model.durations import Durations, TargetSource
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings


def durations(postmortem: Postmortem, settings: Settings) -> Durations:
    """The lengths of one incident, with the detection target that holds for it."""
    matter = postmortem.front_matter
    target, source = matter.detection_target, TargetSource.POSTMORTEM
    if target is None:
        target, source = settings.detection_targets.get(matter.severity or ""), TargetSource.SETTINGS
    is_open_ended = matter.resolved_at is None
    return Durations(
        to_detect=_between(matter.started_at, matter.detected_at),
        to_mitigate=_between(matter.started_at, matter.mitigated_at),
        to_recover=_between(matter.started_at, matter.resolved_at),
        response=_between(matter.detected_at, matter.resolved_at),
        target=target,
        target_source=source if target is not None else None,
        to_recover_at_least=_between(matter.started_at, matter.mitigated_at) if is_open_ended else None,
        response_at_least=_between(matter.detected_at, matter.mitigated_at) if is_open_ended else None,
    )


def _between(begin: datetime | None, end: datetime | None) -> timedelta | None:
    if begin is None or end is None or end < begin:
        return None
    return end - begin

"""The phase of every event: what the author gave, else what follows from the moments."""

from __future__ import annotations

from datetime import datetime

from postmortems.model.front_matter import FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Phase, same_minute


def phases(postmortem: Postmortem) -> tuple[Phase, ...]:
    """The phase of each event, in the order of the timeline. An event without a time takes that of the one before."""
    found: list[Phase] = []
    for event in postmortem.timeline.events:
        derived = event.phase or _derived(event.at, postmortem.front_matter)
        found.append(derived or (found[-1] if found else Phase.INVESTIGATION))
    return tuple(found)


def _derived(at: datetime | None, matter: FrontMatter) -> Phase | None:
    """Phase of a time by the moments: the minute of a moment belongs to it, then the latest that has passed counts.

    Nothing before an unknown detection is called detection: that would claim that nobody knew. Between detection and
    mitigation only the author can tell investigation from the rest.
    """
    if at is None:
        return None
    for moment, phase in (
        (matter.resolved_at, Phase.RESOLUTION),
        (matter.mitigated_at, Phase.MITIGATION),
        (matter.detected_at, Phase.DETECTION),
    ):
        if moment and same_minute(at, moment):
            return phase
    for moment, after in ((matter.resolved_at, Phase.FOLLOW_UP), (matter.mitigated_at, Phase.RESOLUTION)):
        if moment and at > moment:
            return after
    return Phase.DETECTION if matter.detected_at and at < matter.detected_at else Phase.INVESTIGATION

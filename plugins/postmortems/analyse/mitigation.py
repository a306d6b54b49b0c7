"""The entry of a timeline that ended the impact."""

from __future__ import annotations

from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Phase, same_minute


def mitigating_event(postmortem: Postmortem) -> Event | None:
    """The entry at `mitigated_at`: of several one of the phase mitigation, else one that says what was done.

    None where the moment is unknown, or no entry has its minute.
    """
    mitigated = postmortem.front_matter.mitigated_at
    if mitigated is None:
        return None
    found = [
        event
        for event in postmortem.timeline.events
        if event.at and not event.day_only and same_minute(event.at, mitigated)
    ]
    return min(found, key=lambda event: (event.phase is not Phase.MITIGATION, not event.action.strip()), default=None)

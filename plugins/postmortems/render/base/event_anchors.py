"""Addresses of the entries of one postmortem's timeline within its page, and of what an answer rests on."""

from __future__ import annotations

from collections.abc import Sequence

from postmortems.analyse.response.answer import Evidence
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event
from postmortems.render.base.action_ids import action_anchors


def event_anchors(events: Sequence[Event]) -> list[str]:
    """The address of each entry: its time, with a number where several have one."""
    several_days = len({event.at.date() for event in events if event.at}) > 1
    taken: dict[str, int] = {}
    return [_anchor(event, taken, several_days=several_days) for event in events]


def evidence_anchor(evidence: Evidence, postmortem: Postmortem) -> str:
    """The address of a piece of evidence within the page of its postmortem; empty where no address is certain."""
    if evidence.event is not None:
        return event_anchors(postmortem.timeline.events)[evidence.event]
    return action_anchors(postmortem)[evidence.item] if evidence.item and evidence.postmortem is None else ""


def _anchor(event: Event, taken: dict[str, int], *, several_days: bool) -> str:
    """The address of one entry; `taken` counts, for each address that is given, how many others begin with it."""
    # By hand: `strftime` takes three times as long, and every link to an entry asks for all of its timeline.
    if event.at is None:
        base = "t-unknown"
    elif event.day_only:
        base = f"t-{event.at.month:02}{event.at.day:02}"
    else:
        clock = f"{event.at.hour:02}{event.at.minute:02}"
        base = f"t-{event.at.month:02}{event.at.day:02}-{clock}" if several_days else f"t-{clock}"
    anchor, count = base, taken.get(base, 1)
    while anchor in taken:
        count += 1
        anchor = f"{base}-{count}"
    taken[base] = count
    taken.setdefault(anchor, 1)
    return anchor

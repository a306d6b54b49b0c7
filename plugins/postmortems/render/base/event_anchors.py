"""Addresses of the entries of one postmortem's timeline within its page."""

from __future__ import annotations

from collections.abc import Sequence

from postmortems.model.timeline import Event


def event_anchors(events: Sequence[Event]) -> list[str]:
    """The address of each entry: its time, with a number where several have one."""
    several_days = len({event.at.date() for event in events if event.at}) > 1
    taken: dict[str, int] = {}
    return [_anchor(event, taken, several_days=several_days) for event in events]


def _anchor(event: Event, taken: dict[str, int], *, several_days: bool) -> str:
    """The address of one entry; `taken` counts, for each address that is given, how many others begin with it."""
    if event.at is None:
        base = "t-unknown"
    elif event.day_only:
        base = f"t-{event.at:%m%d}"
    else:
        base = f"t-{event.at:%m%d-%H%M}" if several_days else f"t-{event.at:%H%M}"
    anchor, count = base, taken.get(base, 1)
    while anchor in taken:
        count += 1
        anchor = f"{base}-{count}"
    taken[base] = count
    taken.setdefault(anchor, 1)
    return anchor

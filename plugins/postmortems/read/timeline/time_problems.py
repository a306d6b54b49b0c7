"""The findings about single times of a timeline, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.read.timeline.clock import TimeOfDay
from postmortems.read.timeline.raw_entry import RawEntry

_QUOTED = 60


def unreadable(place: Place, draft: RawEntry, why: str) -> Problem:
    """The finding of a time that cannot be read."""
    written = draft.written or (draft.stamp.written if draft.stamp else "")
    return Problem(
        "unreadable-time",
        place,
        f'the time "{shortened(written)}" cannot be read: {why}',
        "write it as 2024-02-06 14:23 UTC or 14:23, `~14:23` if approximate, or `unknown`",
    )


def goes_back(place: Place, written: str, before: str) -> Problem:
    """The finding of a time that lies before the entry above it."""
    return Problem(
        "timeline-goes-back",
        place,
        f'"{shortened(written)}" is listed after "{shortened(before)}" but is earlier',
        "sort the events, add the day if it changed, or mark an approximate time with ~",
    )


def clocks_changed(place: Place, written: str, day: date, clock: TimeOfDay, zone: tzinfo) -> Problem:
    """The finding of a local time that was twice, or never, because the clocks were changed."""
    first = datetime.combine(day, time(clock.hour % 24, clock.minute, clock.second), zone)
    offsets = first.utcoffset() or timedelta(), first.replace(fold=1).utcoffset() or timedelta()
    twice = offsets[0] > offsets[1]
    names = f"{first.tzname()} (UTC{_sign(offsets[0])}) or {first.replace(fold=1).tzname()} (UTC{_sign(offsets[1])})"
    if not twice:
        moment = datetime.combine(day, time(clock.hour % 24, clock.minute), UTC) - offsets[0]
        shown = f"{moment.astimezone(zone):%H:%M}"
        return Problem(
            "ambiguous-time",
            place,
            f'"{shortened(written)}" did not exist on {day:%-d %B %Y} in {zone}: the clocks went forward',
            f"correct it, or write it in UTC; did you mean {shown}?",
        )
    return Problem(
        "ambiguous-time",
        place,
        f'"{shortened(written)}" occurred twice on {day:%-d %B %Y} in {zone}: the clocks went back',
        f"say which one is meant: {names}",
    )


def _sign(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def shortened(text: str) -> str:
    """A quotation that fits into a message."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1].rstrip() + "…"

"""Timelines with little around them, for the tests of the times that people write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from postmortems.model.diagnostic import Problem
from postmortems.model.source import Source
from postmortems.model.timeline import Event, Timeline
from postmortems.read.body import read_body
from postmortems.read.timeline import read_timeline
from postmortems.read.timeline.incident_times import IncidentTimes
from postmortems.settings import Settings

START = datetime(2026, 6, 9, 14, 20, tzinfo=UTC)


def read(
    section: str,
    *,
    heading: str = "## Timeline",
    start: datetime | None = START,
    moments: tuple[datetime, ...] = (),
    offsets: tuple[float, ...] = (),
    time_zone: str = "UTC",
) -> tuple[Timeline, list[Problem]]:
    """The timeline of a postmortem that holds nothing else."""
    known = (start, *moments) if start else moments
    times = IncidentTimes(
        start.date() if start else None, start, known, frozenset(timedelta(hours=offset) for offset in offsets)
    )
    return read_timeline(
        read_body(Source("x.md", f"{heading}\n\n{section}\n"), {}), times, Settings(time_zone=time_zone)
    )


def table(*cells: str, header: str = "Time (UTC)") -> str:
    """A timeline as a table, with these times."""
    return f"| {header} | Event |\n|---|---|\n" + "".join(f"| {cell} | it |\n" for cell in cells)


def shown(event: Event) -> str:
    """An event's time in a few words."""
    if event.at is None:
        return f"as written: {event.written}"
    about = f"{event.qualifier or 'about'} " if event.approximate else ""
    until = f" to {event.until:%d %H:%M}" if event.until else ""
    return about + (f"{event.at:%d}" if event.day_only else f"{event.at:%d %H:%M}") + until

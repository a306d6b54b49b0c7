"""The times of an incident that the front matter knows, which helps to read those of its timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from postmortems.model.front_matter import MOMENTS, FrontMatter
from postmortems.model.postmortem import KeyPath
from postmortems.model.timeline import Event, same_minute


@dataclass(frozen=True, slots=True)
class IncidentTimes:
    """The incident's day in UTC, its start, all known moments, and the offsets from UTC in which they are written."""

    day: date | None = None
    started_at: datetime | None = None
    moments: tuple[datetime, ...] = ()
    offsets: frozenset[timedelta] = frozenset()

    def named_by(self, events: Iterable[Event | None]) -> int:
        """The number of different moments with an event at their minute."""
        times = [event.at for event in events if event and event.at and not event.day_only]
        return sum(any(same_minute(at, moment) for at in times) for moment in dict.fromkeys(self.moments))


def incident_times(matter: FrontMatter, spelling: Mapping[KeyPath, str]) -> IncidentTimes:
    """The times of a front matter; `spelling` has its values as they are written."""
    moments = [moment for name in MOMENTS if (moment := getattr(matter, name)) is not None]
    written = (spelling.get((name,), "") for name in MOMENTS)
    return IncidentTimes(
        matter.started_at.date() if matter.started_at else matter.date,
        matter.started_at,
        tuple(moments),
        frozenset(offset for text in written if (offset := _offset(text)) is not None),
    )


def _offset(text: str) -> timedelta | None:
    try:
        return datetime.fromisoformat(text.strip()).utcoffset()
    except ValueError:
        return None

"""The events of an incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from postmortems.model.place import Place
from postmortems.model.quick_pickle import quickly_pickled


class Phase(StrEnum):
    """The part of an incident's course that an event belongs to."""

    DETECTION = "detection"
    IMPACT_ASSESSMENT = "impact assessment"
    INVESTIGATION = "investigation"
    COMMUNICATION = "communication"
    MITIGATION = "mitigation"
    RESOLUTION = "resolution"
    FOLLOW_UP = "follow-up"


class Shape(StrEnum):
    """Form in which a timeline is written."""

    TABLE = "table"
    BULLETS = "bullets"
    HEADINGS = "headings"
    LINES = "lines"
    JSON = "timeline.json"


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a timeline.

    `at` is in UTC, or None where the time is unknown; `written` is the time as the author wrote it. A range ends
    at `until`. `approximate` is a time marked as such (`~14:30`), with a `qualifier` where the author's word says more
    than "about" (`shortly after`, `by`); `day_only` one of which only the day is known
    (`at` is then that day's first minute). `text` and `action` are Markdown; `phase` is only what the author gave.
    """

    place: Place
    text: str
    at: datetime | None
    written: str = ""
    until: datetime | None = None
    approximate: bool = False
    qualifier: str = ""
    day_only: bool = False
    action: str = ""
    actor: str = ""
    link: str = ""
    phase: Phase | None = None


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of one postmortem, in the order in which they are written.

    `spans` are the stretches of lines (first and last, both included) that the events were read from, so that a
    page can show the events in their stead. `zone_stated` is False where times rest on the setting's zone, or on
    one that another row names: `zone_carried` is that zone, and that row's line.
    """

    events: tuple[Event, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    shape: Shape | None = None
    zone_stated: bool = True
    zone_carried: tuple[str, int] | None = None

    @property
    def timed(self) -> tuple[Event, ...]:
        """The events whose time is known."""
        return tuple(event for event in self.events if event.at is not None)


def same_minute(one: datetime, other: datetime) -> bool:
    """True if two times read alike: timelines are written to the minute, front matter often to the second.

    Both are in UTC, as all times of the model are.
    """
    return one.minute == other.minute and one.hour == other.hour and one.date() == other.date()

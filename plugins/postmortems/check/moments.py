"""The moments of one incident, against each other and against the present: which of them can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from postmortems.check.rule import Context
from postmortems.model.front_matter import FrontMatter

_DAY = timedelta(days=1)


def contradictions(matter: FrontMatter) -> Iterator[tuple[str, str]]:
    """The keys of two moments of which the second lies before the first, and cannot."""
    # Mitigation stands between start and resolution; where it is unknown, those two are compared themselves.
    before_resolved = "mitigated_at" if matter.mitigated_at else "started_at"
    for earlier, later in (
        ("started_at", "detected_at"),
        ("started_at", "mitigated_at"),
        (before_resolved, "resolved_at"),
    ):
        first, second = getattr(matter, earlier), getattr(matter, later)
        if first and second and second < first:
            yield earlier, later


def present(context: Context) -> datetime:
    """The later of the clock and the day that the run is for."""
    return max(context.now, datetime.combine(context.today, time(), UTC))


def latest(context: Context) -> datetime:
    """The last moment that may have happened: a day after the present, within the calendar."""
    return min(present(context), datetime.max.replace(tzinfo=UTC) - _DAY) + _DAY

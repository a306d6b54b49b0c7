"""The moments of one incident, against each other and against the present: which of them can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from postmortems.check.rule import Context
from postmortems.model.front_matter import MOMENTS, FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, same_minute

_DAY = timedelta(days=1)
_ABOUT = timedelta(minutes=30)
_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)
"""Distance of the earliest and the latest clocks on Earth from UTC: a day begins and ends somewhere by them."""
_STEP = timedelta(minutes=15)
"""Zones differ by quarters of an hour."""
_READ_BADLY = ("unreadable-time", "unknown-zone", "ambiguous-time", "invalid-timeline-json")


def contradictions(matter: FrontMatter) -> Iterator[tuple[str, str]]:
    """The keys of two moments of which the second lies before the first, and cannot."""
    # Mitigation is between start and resolution; where it is unknown, those two are compared themselves.
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


def is_read_badly(postmortem: Postmortem) -> bool:
    """True if some times of the timeline could not be read, so that a moment without an event may be one of those."""
    return any(problem.rule in _READ_BADLY for problem in postmortem.problems)


def names_moment(event: Event, moment: datetime) -> bool:
    """True if an event may be the one that a moment means."""
    if event.at is None:
        return False
    begin, end = event.at, event.until or event.at
    # Differences, since a moment that is moved may leave the calendar.
    since, over = moment - begin, moment - end
    if event.day_only:
        return since >= -_EAST and over <= _DAY + _WEST
    around = _ABOUT if event.approximate else timedelta(0)
    return (since >= -around and over <= around) or same_minute(begin, moment) or same_minute(end, moment)


def shift_of(postmortem: Postmortem) -> timedelta | None:
    """The one length by which the timeline lies after all known moments (negative: before them), or None.

    Two different moments at least must agree, and no event may name a moment where it stands.
    """
    matter, timed = postmortem.front_matter, postmortem.timeline.timed
    known = [moment for key in MOMENTS if (moment := getattr(matter, key)) is not None]
    if is_read_badly(postmortem) or any(names_moment(event, moment) for event in timed for moment in known):
        return None
    moments = sorted({moment.replace(second=0, microsecond=0) for moment in known})
    exact = [event.at for event in timed if event.at and not (event.day_only or event.approximate or event.until)]
    minutes = {at.replace(second=0, microsecond=0) for at in exact}
    if len(moments) < 2:
        return None
    shifts = (at - moments[0] for at in minutes)
    fitting = [
        shift
        for shift in shifts
        if (shift % _DAY == timedelta(0) or (shift % _STEP == timedelta(0) and abs(shift) <= _EAST))
        and all(_is_in(minutes, moment, shift) for moment in moments)
    ]
    return min(fitting, key=abs, default=None)


def _is_in(minutes: set[datetime], moment: datetime, shift: timedelta) -> bool:
    try:
        return moment + shift in minutes
    except OverflowError:
        return False

"""Figures as a reader says them: durations, days, times, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from postmortems.model.front_matter import IncidentKind
from postmortems.model.pattern import Role
from postmortems.model.postmortem import Postmortem
from postmortems.text.spelling import count_words as count_words

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNKNOWN = "unknown"


def duration_words(length: timedelta | None) -> str:
    """A duration in its two largest units: `45 s`, `4 min 20 s`, `17 h 32 min`, `3 d 1 h`; `0 min` for zero.

    From ten minutes on seconds are cut off: few clocks of an incident agree to less.

    Hours go on to 72, since responders count an outage in hours until it is days long.
    """
    if length is None:
        return UNKNOWN
    seconds = round(length.total_seconds())
    if seconds == 0:
        return "0 min"
    if seconds < 60:
        return f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    if minutes < 10 and rest:
        return f"{minutes} min {rest} s"
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 72:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def apart_words(postmortems: Iterable[Postmortem]) -> str:
    """The postmortems that no figure counts: `2 near misses and 1 drill`; empty where it counts all."""
    kinds = Counter(postmortem.front_matter.kind for postmortem in postmortems)
    near, drills = kinds[IncidentKind.NEAR_MISS], kinds[IncidentKind.DRILL]
    parts = [count_words(near, "near miss", "near misses")] * bool(near) + [count_words(drills, "drill")] * bool(drills)
    return " and ".join(parts)


def years_words(days: Sequence[date]) -> str:
    """`2024` or `2021–2025`: the years of some days in order; empty without any."""
    if not days:
        return ""
    first, last = days[0].year, days[-1].year
    return str(first) if first == last else f"{first}–{last}"


def moment_after(moment: datetime | None, start: datetime | None) -> str:
    """`14:23 UTC`, or `6 Dec, 14:23 UTC` on another day than the start; with another year, too. Empty for None."""
    if moment is None:
        return ""
    if start is not None and start.date() == moment.date():
        return f"{time_words(moment)} UTC"
    same_year = start is not None and start.year == moment.year
    day = f"{moment.day} {MONTHS[moment.month - 1]}" if same_year else day_words(moment.date())
    return f"{day}, {time_words(moment)} UTC"


def role_words(role: Role | None) -> str:
    """Role of a pattern in one incident."""
    return role.value if role else "no role"


def number_words(number: int) -> str:
    """`12,000`."""
    return f"{number:,}"


def days_words(days: int) -> str:
    """`1 day`, `1,200 days`."""
    return "1 day" if days == 1 else f"{days:,} days"


def day_words(day: date | None) -> str:
    """`5 Dec 2025`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else UNKNOWN


def month_words(day: date | None) -> str:
    """`Dec 2025`."""
    return f"{MONTHS[day.month - 1]} {day.year}" if day else "date unknown"


def month_name(day: date | None) -> str:
    """`Dec`, without the year; empty where the day is unknown."""
    return MONTHS[day.month - 1] if day else ""


def long_month_words(month: tuple[int, int]) -> str:
    """`December 2025`, of a year and a month."""
    return f"{LONG_MONTHS[month[1] - 1]} {month[0]}"


def long_day_words(day: date | None) -> str:
    """`Friday 5 December 2025`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {LONG_MONTHS[day.month - 1]} {day.year}" if day else UNKNOWN


def time_words(moment: datetime | None) -> str:
    """`14:23`, in UTC."""
    return f"{moment.hour:02}:{moment.minute:02}" if moment else UNKNOWN


def moment_words(moment: datetime | None) -> str:
    """`5 Dec 2025, 14:23 UTC`."""
    return f"{day_words(moment.date())}, {time_words(moment)} UTC" if moment else UNKNOWN

"""Times of day as authors write them: `14:23`, `2:23 pm`, `12:29p`, `14h23`, `noon`, `14:??`, and where it is sure to
be one `14.23` or `1423`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from postmortems.read.languages import ENGLISH, pattern_of, words
from postmortems.read.timeline.zones import ZONE, zone_named

_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?:\s?([ap])\.?m\b\.?|([ap])\b|\s?(?:hrs?|hours|h)\b|(?=Z\b|ish\b)|(?![\w%]|:\d))",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(\d{1,2})(?:[.h](\d{2}))?\s?([ap])\.?m\b\.?", re.IGNORECASE)
_DOTTED = re.compile(r"(\d{1,2})[.h](\d{2})(?![\w%]|\.\d)")
_NO_MINUTE = re.compile(r"(\d{1,2}):(?:\?\?|xx)(?!\w)", re.IGNORECASE)
_WORDS = words("times_of_day", ENGLISH)
_WORD = re.compile(rf"(?:12\s)?({pattern_of(_WORDS)})\b", re.IGNORECASE)
_BARE = re.compile(r"(\d{2})(\d{2})(?:\s?(hrs?|h)\b|(?=Z\b)|(?![\w%:.]))", re.IGNORECASE)
_BEFORE_WORD = re.compile(r"([01]\d|2[0-3])([0-5]\d)(?=[*_`\])]{0,3}\s{1,2}[^\W\d])")
"""`1423` before a word, where it may as well be a number of something."""
_SEPARATED = re.compile(r"(\d{1,2}(?=\.)|\d{2})\.?(\d{2})(?=[*_`]{0,3}\s{0,2}(?::(?!\d)|-{1,2}\s|[–—]|$))")
"""`1423` or `14.23` before a colon, a dash or the end, as a time stands before its event."""


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day, 24:00 included; `bad` where its figures are none (`25:10`)."""

    hour: int
    minute: int
    second: int = 0
    written: str = ""
    bad: bool = False
    whole_hour: bool = False
    """True if only the hour is known (`14:??`)."""
    is_midnight: bool = False
    """True if it is told by that word, which means the end of a day as often as its beginning."""
    half: str = ""
    """`a` or `p` where it was written, in figures up to 12."""


def match_clock(
    text: str, start: int, *, cell: bool, dotted: bool, behind_day: bool = False
) -> tuple[TimeOfDay, int] | None:
    """The time of day that begins at `start`, and where it ends.

    `14.23` and `1423` may be anything. They are times where the caller expects one (`dotted`; for both: `cell`), where
    a zone follows, before a separator where other lines are like it or a day precedes (`dotted`, `behind_day`), before
    a word where both hold, and `14.23` where it is the whole text.
    """
    if found := _CLOCK.match(text, start):
        half = found[4] or found[5]
        return _checked(found[0], int(found[1]), int(found[2]), int(found[3] or 0), half), found.end()
    if found := _NO_MINUTE.match(text, start):
        return TimeOfDay(int(found[1]), 0, 0, found[0], int(found[1]) > 23, whole_hour=True), found.end()
    if found := _HOUR.match(text, start):
        return _checked(found[0], int(found[1]), int(found[2] or 0), 0, found[3]), found.end()
    if (dotted or behind_day) and (found := _SEPARATED.match(text, start)):
        return _checked(found[0], int(found[1]), int(found[2]), 0, None), found.end()
    if dotted and behind_day and (found := _BEFORE_WORD.match(text, start)):
        return _checked(found[0], int(found[1]), int(found[2]), 0, None), found.end()
    if found := _DOTTED.match(text, start):
        certain = dotted or "h" in found[0] or _zone_at(text, found.end()) or _ends_at(text, found.end())
        return (_checked(found[0], int(found[1]), int(found[2]), 0, None), found.end()) if certain else None
    found = _BARE.match(text, start)
    if found and (found[3] or _zone_at(text, found.end()) or (cell and _ends_at(text, found.end()))):
        return _checked(found[0], int(found[1]), int(found[2]), 0, None), found.end()
    return None


def four_figures(text: str, start: int) -> str:
    """Four figures at `start` that may be a time of day or a number, and are no year; empty if there are none."""
    found = _BEFORE_WORD.match(text, start)
    return found[0] if found and found[0][:2] not in ("19", "20") else ""


def _checked(written: str, hour: int, minute: int, second: int, half: str | None) -> TimeOfDay:
    """The time that the figures name. `18:41 PM` is what some write who mean 18:41; `18:41 AM` is nothing."""
    written_half = half.casefold() if half and hour <= 12 else ""
    bad = bool(half) and ((half in ("a", "A") and hour > 12) or (half in ("p", "P") and hour == 0))
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in "pP" else 0)
    bad |= hour > 24 or minute > 59 or second > 60 or (hour == 24 and minute + second > 0)
    return TimeOfDay(hour, minute, min(second, 59), written.strip(), bad, half=written_half)


def match_word(text: str, start: int) -> tuple[TimeOfDay, int] | None:
    """Noon or midnight where it begins at `start`, and where it ends."""
    found = _WORD.match(text, start)
    if not found:
        return None
    midnight = _WORDS.get(found[1].casefold()) == "midnight"
    return TimeOfDay(0 if midnight else 12, 0, 0, found[0], is_midnight=midnight), found.end()


def with_half_of(clock: TimeOfDay, end: TimeOfDay) -> TimeOfDay:
    """The beginning of a range of which only the end says am or pm: `2:00–3:30 pm` begins at 14:00."""
    if not end.half or clock.half or clock.bad or not 1 <= clock.hour <= 12:
        return clock
    hour = clock.hour % 12 + (12 if end.half == "p" else 0)
    if (hour, clock.minute) > (end.hour, end.minute):
        hour = (hour + 12) % 24
    return replace(clock, hour=hour)


def _ends_at(text: str, position: int) -> bool:
    return position == len(text.rstrip(" *`_"))


def _zone_at(text: str, position: int) -> bool:
    """True if a zone follows, after a blank or at once."""
    found = ZONE.match(text, position + (text[position : position + 1] == " "))
    return bool(found and zone_named(found[0]))


def moment_on(day: date, clock: TimeOfDay, zone: tzinfo) -> datetime | None:
    """The moment, in UTC, when the clocks of a zone showed a time on a day; None where they did twice or never."""
    local = datetime.combine(day, time(clock.hour % 24, clock.minute, clock.second), zone)
    try:
        local += timedelta(days=1) if clock.hour == 24 else timedelta()
        if isinstance(zone, ZoneInfo) and local.utcoffset() != local.replace(fold=1).utcoffset():
            return None
        return local.astimezone(UTC)
    except OverflowError:
        return local.replace(tzinfo=UTC)

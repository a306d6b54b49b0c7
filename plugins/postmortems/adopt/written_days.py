"""Days in titles, names of files and metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from postmortems.read.timeline.in_english import match_written_day
from postmortems.read.timeline.written_day import WrittenDay
from postmortems.settings import DateOrder, Settings

_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_FOLDERS = re.compile(r"(?:^|/)((?:19|20)\d{2})/(\d{1,2})(?:/(\d{1,2}))?(?=/|$)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_HEAD = re.compile(r"(?<![\w/.\-:])(?=[\dA-Z])")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day that a text names, and its place in the text, as offsets."""

    day: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Near:
    """A day that others are near to; `is_month` tells that they are in its very month."""

    day: date
    is_month: bool = False


def days_in(
    text: str, settings: Settings, near: Near | None = None, known: Set[date] = frozenset()
) -> Iterator[FoundDay]:
    """The days that a text names for certain; `near` gives the year, where the text does not, and `known` are days of
    the document by which one of two readings is chosen."""
    for found in _written_in(text):
        if day := settled(found[0], settings, near, known):
            yield FoundDay(day, *found[1:])


def places_of_days(text: str) -> Iterator[tuple[int, int]]:
    """Places of days in a text as pairs of offsets, with those that may mean several days."""
    return ((start, end) for written, start, end in _written_in(text) if not written.only_weekday)


def _written_in(text: str) -> Iterator[tuple[WrittenDay, int, int]]:
    text = text[:_LONGEST]
    end = 0
    for found in _HEAD.finditer(text):
        if found.start() < end:
            continue
        if matched := match_written_day(text, found.start()):
            end = matched[1]
            yield matched[0], found.start(), end


def settled(
    written: WrittenDay, settings: Settings, near: Near | None = None, known: Set[date] = frozenset()
) -> date | None:
    """The day that words mean; None where several are meant, unless the settings, `near` or `known` tell which."""
    if written.only_weekday:
        return None
    if written.ambiguous and written.month_first and written.day_first and settings.date_order is not DateOrder.ISO:
        pair = written.day_first if settings.date_order is DateOrder.DAY_FIRST else written.month_first
        return written.on(*pair, near.day if near else None)
    readings = [] if written.year is None and near is None else written.readings(near.day if near else None)
    if len(readings) > 1 and near and near.is_month:
        readings = [reading for reading in readings if (reading.year, reading.month) == (near.day.year, near.day.month)]
    if len(readings) > 1 and written.day_first and "." in written.written:
        # Nobody who divides figures by full stops writes the month first.
        return written.on(*written.day_first, near.day if near else None)
    if len(readings) > 1:
        readings = [reading for reading in readings if reading in known]
    return readings[0] if len(readings) == 1 else None


def day_in_path(source: str, settings: Settings) -> date | None:
    """The day that a file's name, or the folders above it, tell."""
    path = PurePosixPath(source)
    within = _FOLDERS.search(str(path.parent))
    name = path.name.replace("_", " ")
    if compact := _COMPACT.search(name):
        return _day(*(int(part) for part in compact.groups()))
    # `2018-02-12-launch-fail`: the day is followed by a hyphen, which belongs to no day.
    spaced = re.sub(r"(?<=\d)-(?=[A-Za-z])", " ", name)
    if found := next(days_in(spaced, settings, near_path(source)), None):
        return found.day
    if within and within[3]:
        return _day(int(within[1]), int(within[2]), int(within[3]))
    return None


def near_path(source: str) -> Near | None:
    """The time that a file's name and the folders above it tell: the month, or only the year."""
    within = _FOLDERS.search(str(PurePosixPath(source).parent))
    if within and (month := _day(int(within[1]), int(within[2]), 1)):
        return Near(month, is_month=True)
    years = _YEAR.findall(source)
    return Near(date(int(years[-1]), 7, 1)) if years else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

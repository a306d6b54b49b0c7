"""Days as authors write them: `2024-02-06`, `6 Feb`, `Feb 6th, 2024`, `Tuesday`, `04-03-2026`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from postmortems.read.languages import ENGLISH, pattern_of, words

_MONTHS = {word: int(number) for word, number in words("months", ENGLISH).items()}
_WEEKDAYS = {word: int(number) for word, number in words("weekdays", ENGLISH).items()}
_MONTH = pattern_of(_MONTHS) + "(?![a-z])"
_YEAR = r"(?:,?[\s\-/]{1,2}(?:((?:19|20)\d{2})(?!\d|:\d)|['’‘](\d{2})(?![\d:])))?"
"""A year in four figures, or in two behind an apostrophe."""

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d:])")
_SHORT = re.compile(r"(\d{1,2})[-/](\d{1,2})(?=\s{1,2}\d{1,2}:\d{2})")
_TWO_FIGURES = re.compile(r"(\d{1,2})[-/](\d{1,2})(?![\w/:.-])")
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[-–]\s?(\d{{1,2}})(?:st|nd|rd|th)?)?\.?(?:\s+of)?[\s\-]{{1,2}}({_MONTH})\.?{_YEAR}",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"({_MONTH})\.?[\s\-]{{1,2}}(\d{{1,2}})(?:st|nd|rd|th)?(?:[-–](\d{{1,2}})(?:st|nd|rd|th)?(?![\d:/.-]))?"
    rf"(?!\d|:\d)(?!\s?[ap]\.?m\b){_YEAR}",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"({pattern_of(word.capitalize() for word in _WEEKDAYS)})(?!\w)\.?")


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as far as its words go.

    `month_first` and `day_first` are (month, day) in the two readings of figures; both are the same where the words
    leave no doubt, and None where that reading is no day. A mere weekday has neither.
    """

    written: str
    year: int | None = None
    month_first: tuple[int, int] | None = None
    day_first: tuple[int, int] | None = None
    weekday: int | None = None
    last_day: int | None = None
    """The last day of `7-13 Nov`."""

    @property
    def ambiguous(self) -> bool:
        """True if both readings of its figures are days, and different ones."""
        return self.month_first is not None and self.day_first is not None and self.month_first != self.day_first

    @property
    def only_weekday(self) -> bool:
        """True if it names a weekday and nothing else."""
        return self.weekday is not None and self.month_first is None and self.day_first is None

    def last_from(self, day: date) -> date:
        """The last of several days, the first of which is `day`; the same where one day is written."""
        try:
            return day.replace(day=self.last_day or day.day)
        except ValueError:
            return day

    def on(self, month: int, day: int, near: date | None) -> date | None:
        """The day with this month and day: in its own year, else in the year that brings it nearest to `near`."""
        years = [self.year] if self.year is not None else [near.year - 1, near.year, near.year + 1] if near else []
        found = [known for year in years if (known := _date(year, month, day))]
        return min(found, key=lambda known: abs((known - near).days)) if near and found else next(iter(found), None)

    def readings(self, near: date | None) -> list[date]:
        """Every day that it may be, those of month-first figures first, without doubles."""
        pairs = dict.fromkeys(pair for pair in (self.month_first, self.day_first) if pair)
        found = [made for month, day in pairs if (made := self.on(month, day, near))]
        if self.only_weekday and near and self.weekday is not None:
            found = [near + timedelta(days=(self.weekday - near.weekday()) % 7)]
        return found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def match_day(text: str, start: int, *, alone: bool = False) -> tuple[WrittenDay, int] | None:
    """The day that begins at `start`, and where it ends. `alone` also takes figures such as `12-05` for one."""
    character = text[start : start + 1]
    if character.isdigit():
        return _day_and_month(text, start) or _figures(text, start, alone)
    if not character.isupper():
        return None
    if found := _MONTH_DAY.match(text, start):
        pair = (_MONTHS[found[1].lower()], int(found[2]))
        last = int(found[3]) if found[3] else None
        return WrittenDay(found[0], _year(found), pair, pair, last_day=last), found.end()
    if found := _WEEKDAY.match(text, start):
        return WrittenDay(found[0], weekday=_WEEKDAYS[found[1].lower()]), found.end()
    return None


def _figures(text: str, start: int, alone: bool) -> tuple[WrittenDay, int] | None:
    if found := _ISO.match(text, start):
        pair = (int(found[3]), int(found[4]))
        return WrittenDay(found[0], int(found[1]), pair, pair), found.end()
    if found := _NUMERIC.match(text, start):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        return _either(found[0], year if year > 99 else 2000 + year, first, second), found.end()
    if found := _SHORT.match(text, start):
        return _either(found[0], None, int(found[1]), int(found[2])), found.end()
    if alone and (found := _TWO_FIGURES.match(text, start)):
        return _either(found[0], None, int(found[1]), int(found[2])), found.end()
    return None


def _either(written: str, year: int | None, first: int, second: int) -> WrittenDay:
    month_first = (first, second) if 1 <= first <= 12 and 1 <= second <= 31 else None
    day_first = (second, first) if 1 <= second <= 12 and 1 <= first <= 31 else None
    return WrittenDay(written, year, month_first, day_first)


def _day_and_month(text: str, start: int) -> tuple[WrittenDay, int] | None:
    found = _DAY_MONTH.match(text, start)
    if not found:
        return None
    pair = (_MONTHS[found[3].lower()], int(found[1]))
    last = int(found[2]) if found[2] else None
    return WrittenDay(found[0], _year(found), pair, pair, last_day=last), found.end()


def _year(found: re.Match[str]) -> int | None:
    if found[5]:
        return 2000 + int(found[5])
    return int(found[4]) if found[4] else None

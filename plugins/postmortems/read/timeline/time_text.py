"""A parsed time expression at the head of an entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from postmortems.read.timeline.clock import TimeOfDay
from postmortems.read.timeline.day_mark import DayMark
from postmortems.read.timeline.written_day import WrittenDay
from postmortems.read.timeline.zones import Zone


@dataclass(slots=True)
class TimeText:
    """Time as an author wrote it. `start` and `end` are its place in the text, `rest` is the text behind it.

    `clock` is None where only the day is given or the time is said to be unknown; `elapsed` is a time told by the
    start (`T+8m`), `mark` a day told by another one (`next day`). `qualifier` is the word that makes a time
    approximate, where it is more than "about" (`shortly after`, `by`). `also` is the same time on other clocks
    (`14:23 UTC (10:23 EDT)`), `weekday` one that is beside a date. `unread` is a word that belongs to the time and
    is not understood, `unknown_zone` one that looks like a zone.
    `separated` tells whether a dash, a colon or the end of the text follows. `link` is the target of a link on it.
    """

    start: int = 0
    end: int = 0
    written: str = ""
    rest: str = ""
    day: WrittenDay | None = None
    mark: DayMark | None = None
    weekday: WrittenDay | None = None
    clock: TimeOfDay | None = None
    elapsed: timedelta | None = None
    zone: Zone | None = None
    zone_words: str = ""
    until_day: WrittenDay | None = None
    until_mark: DayMark | None = None
    until: TimeOfDay | None = None
    until_zone: Zone | None = None
    also: TimeText | None = None
    approximate: bool = False
    qualifier: str = ""
    unknown: bool = False
    unread: str = ""
    unknown_zone: str = ""
    separated: bool = False
    link: str = ""
    marks: list[tuple[str, int]] = field(default_factory=list)

    @property
    def bad(self) -> str:
        """Reason why it is no time after all; empty if it is one."""
        no_time = next((clock.written for clock in (self.clock, self.until) if clock and clock.bad), "")
        if no_time:
            return f'"{no_time}" is not a time of day'
        return f'"{self.unread}" is not understood' if self.unread else ""

    @property
    def is_range(self) -> bool:
        """True if it names a beginning and an end."""
        return self.until is not None or self.until_day is not None

    @property
    def names_day(self) -> bool:
        """True if it says which day it is on."""
        return self.day is not None or self.mark is not None

    @property
    def has_time(self) -> bool:
        """True if it says a time of day, on the clock or by the start."""
        return self.clock is not None or self.elapsed is not None

    @property
    def day_only(self) -> bool:
        """True if it names a day and no time of day."""
        return self.names_day and not self.has_time

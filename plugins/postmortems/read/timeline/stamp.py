"""What a time says that an author wrote at the head of an entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import tzinfo

from postmortems.read.timeline.clock import Clock
from postmortems.read.timeline.written_day import WrittenDay


@dataclass(slots=True)
class Stamp:
    """What a time says. `start` and `end` are where it stands in the text, `rest` is the text behind it.

    `clock` is None where only the day is given or the time is said to be unknown.
    `separated` tells whether a dash, a colon or the end of the text follows. `link` is the target of a link on it.
    """

    start: int = 0
    end: int = 0
    written: str = ""
    rest: str = ""
    day: WrittenDay | None = None
    clock: Clock | None = None
    zone: tzinfo | None = None
    until_day: WrittenDay | None = None
    until: Clock | None = None
    approximate: bool = False
    unknown: bool = False
    separated: bool = False
    link: str = ""
    marks: list[tuple[str, int]] = field(default_factory=list)

    @property
    def bad(self) -> str:
        """Why it is no time after all; empty where it is one."""
        return next(
            (f'"{clock.written}" is no time of day' for clock in (self.clock, self.until) if clock and clock.bad), ""
        )

    @property
    def is_range(self) -> bool:
        """Whether it names a beginning and an end."""
        return self.until is not None or self.until_day is not None

    @property
    def day_only(self) -> bool:
        """Whether it names a day and no time of day."""
        return self.day is not None and self.clock is None

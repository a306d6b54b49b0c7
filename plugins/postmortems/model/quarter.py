"""Quarters of years, by which figures over time and surveys are grouped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from postmortems.model.published import QuarterNumber, Year


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year: `number` is 1 to 4."""

    year: Year
    number: QuarterNumber

    def __str__(self) -> str:
        return f"{self.year}-q{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def ordinal(self) -> int:
        """The quarters from the beginning of the calendar to this one, so that distances can be counted."""
        return 4 * self.year + self.number - 1

    def is_over(self, today: date) -> bool:
        """True if it has ended before a day."""
        return quarter_of(today) > self


def quarter_of(day: date) -> Quarter:
    """The quarter that a day belongs to."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_at(ordinal: int) -> Quarter:
    """The quarter with this ordinal."""
    year, place = divmod(ordinal, 4)
    return Quarter(year, place + 1)


def quarters_between(first: Quarter, last: Quarter) -> Iterable[Quarter]:
    """All quarters from one to another, both included."""
    return (quarter_at(ordinal) for ordinal in range(first.ordinal, last.ordinal + 1))

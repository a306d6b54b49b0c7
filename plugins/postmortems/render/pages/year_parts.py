"""Parts of a long list by year, for pages of which none lists too many: exercises, and postmortems of a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from postmortems.render.base.context import MANY

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, eq=False)
class YearPart(Generic[_T]):
    """The members of a year in their order, or the `number`th part of these, counted from 1.

    `year` is None where no year is known. `is_part` is True if the year has several parts.
    """

    year: int | None
    number: int
    is_part: bool
    members: tuple[_T, ...]

    @property
    def name(self) -> str:
        """Its name among the others: `2024`, `2024, part 2`, `Year unknown`."""
        year = f"{self.year}" if self.year else "Year unknown"
        return f"{year}, part {self.number}" if self.is_part else year

    @property
    def file(self) -> str:
        """The name of its page's source, without `.md`: `in-2024`, `in-2024-2`, `in-unknown`."""
        return f"in-{self.year or 'unknown'}{f'-{self.number}' if self.number > 1 else ''}"


def year_parts(members: Sequence[_T], year_of: Callable[[_T], int | None]) -> tuple[YearPart[_T], ...]:
    """All parts, the earliest year first and what has no year before it; none where one page lists all."""
    return tuple(_by_year(members, year_of)) if len(members) > MANY else ()


def _by_year(members: Sequence[_T], year_of: Callable[[_T], int | None]) -> Iterator[YearPart[_T]]:
    years = sorted(members, key=lambda member: year_of(member) or 0)  # an undated one may be among any
    for year, found in groupby(years, key=year_of):
        of_year = tuple(found)
        for begin in range(0, len(of_year), MANY):
            yield YearPart(year, begin // MANY + 1, len(of_year) > MANY, of_year[begin : begin + MANY])

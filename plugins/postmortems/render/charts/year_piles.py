"""The narrow form of the timeline, on phones: a row a year, newest first, the months across, incidents in piles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from postmortems.render.charts.mark import Mark
from postmortems.render.charts.piles import PITCH, dots, piled, tallest
from postmortems.render.charts.svg import Form, frame, horizontal, joined, text, vertical
from postmortems.render.charts.tally import ALL, tally
from postmortems.render.charts.time_axis import TimeAxis
from postmortems.render.words.formats import MONTHS

WIDTH = 358
LEFT, RIGHT = 42, 334
MOST_LEVELS = 12
"""The height of a pile, in incidents, beyond which rows would be towers; months are counted then."""

_TOP = 20
_ROW = 12


def year_piles(marks: Sequence[Mark], label: str, on: frozenset[str] | None = None, years: int | None = None) -> Markup:
    """The picture; only years with incidents have a row, and of these the newest `years`.

    `on` are the addresses of the incidents that are solid; None is all.
    """
    by_year: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_year[mark.year].append(mark)
    shapes: list[Markup] = []
    bottom: float = _TOP
    for year in sorted(by_year, reverse=True)[:years]:
        found = piled(by_year[year], year_axis(year))
        bottom += _ROW + PITCH * max(level + 1 for *_, level in found)
        shapes += (
            horizontal("pm-hair", bottom, LEFT, RIGHT),
            text(0, bottom - 5, str(year), "pm-t-year"),
            text(WIDTH, bottom - 5, str(len(found)), "pm-t-faint", "end", data_tally=tally(ALL, year)),
            dots(found, partial(_y, bottom), on),
        )
    quarters = joined(
        vertical("pm-hair pm-hair--year", LEFT + place * (RIGHT - LEFT) / 12, 16, bottom)
        + text(LEFT + place * (RIGHT - LEFT) / 12 + 2, 11, MONTHS[place], "pm-t-tick")
        for place in range(0, 12, 3)
    )
    return frame(Form.NARROW, WIDTH, bottom + 2, [quarters, *shapes], label=label)


def _y(bottom: float, level: int) -> float:
    return bottom - 6.6 - level * PITCH


def is_crowded(marks: Sequence[Mark]) -> bool:
    """True if a row would have a pile that is too high."""
    by_year: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_year[mark.year].append(mark)
    return any(tallest(members, year_axis(year)) > MOST_LEVELS for year, members in by_year.items())


def year_axis(year: int) -> TimeAxis:
    """The calendar of a row."""
    return TimeAxis(year, year, LEFT, RIGHT)


def month_names(left: float, right: float) -> Markup:
    """The first letters of the months over a row of a year."""
    width = (right - left) / 12
    return joined(
        text(left + (place + 0.5) * width, 12, name[0], "pm-t-tick", "middle") for place, name in enumerate(MONTHS)
    )

"""The index picture of many incidents: a cell a month and lane, the more the stronger its colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from postmortems.render.charts.index_picture import TOP, WIDE, Size, calendar, lane_name, none_of
from postmortems.render.charts.svg import NOTHING, Form, frame, group, horizontal, link, number, path, text
from postmortems.render.charts.tally import ALL, tally
from postmortems.render.charts.time_axis import TimeAxis
from postmortems.render.charts.year_piles import LEFT as ROW_LEFT
from postmortems.render.charts.year_piles import RIGHT as ROW_RIGHT
from postmortems.render.charts.year_piles import WIDTH as ROW_WIDTH
from postmortems.render.charts.year_piles import month_names
from postmortems.render.words.formats import LONG_MONTHS, count_words

SHADES = 5
_CELL = 26
_LANE = 40
_FOOT = 16
_ROOM_FOR_A_NUMBER = 22
_FEW = 4
"""A month with at least this many has the darkest cell, where no month has more."""

Month = tuple[int, int]
Address = Callable[[Month], str]
"""The address of the list that holds a month's incidents."""


@dataclass(frozen=True, slots=True)
class DenseLane:
    """Incidents of one severity by month; months without any are left out."""

    name: str
    months: Counter[Month]


def density(lanes: Sequence[DenseLane], axis: TimeAxis, address: Address, label: str, size: Size = WIDE) -> Markup:
    """A wide form."""
    most = max(_FEW, *(max(lane.months.values(), default=0) for lane in lanes))
    counts: Counter[int] = Counter()
    shapes: list[Markup] = []
    bottom: float = TOP
    for lane in lanes:
        if not lane.months:
            continue
        cells = []
        for (year, month), count in sorted(lane.months.items()):
            counts[month if axis.first == axis.last else year] += count
            left, right = _edges(axis, (year, month))
            box = (left, bottom + 6, right - left, _CELL)
            cells.append(_cell((year, month), count, most, box, address, lane.name))
        shapes += (lane_name(lane.name, bottom + 18, lane.months.total()), group("pm-heats", cells))
        bottom += _LANE
        shapes.append(horizontal("pm-hair", bottom, axis.left, axis.right))
    end = bottom + 2
    if empty := [lane.name for lane in lanes if not lane.months]:
        shapes.append(none_of(empty, bottom, size))
        end = bottom + _FOOT
    return frame(size.form, size.width, end, [calendar(axis, bottom, counts), *shapes], label=label)


def density_rows(months: Counter[Month], address: Address, label: str) -> Markup:
    """A row a year, newest first, of all severities together: the narrow form."""
    most = max(_FEW, *months.values())
    width = (ROW_RIGHT - ROW_LEFT) / 12
    years = sorted({year for year, _ in months}, reverse=True)
    shapes = [month_names(ROW_LEFT, ROW_RIGHT)]
    for row, year in enumerate(years):
        top = 20 + row * (_CELL + 4)
        shapes.append(text(0, top + 18, str(year), "pm-t-year"))
        cells = (
            _cell(
                (year, month), months[year, month], most, (ROW_LEFT + (month - 1) * width, top, width, _CELL), address
            )
            for month in range(1, 13)
            if months[year, month]
        )
        shapes.append(group("pm-heats", cells))
    return frame(Form.NARROW, ROW_WIDTH, 20 + len(years) * (_CELL + 4), shapes, label=label)


def _edges(axis: TimeAxis, month: Month) -> tuple[float, float]:
    """Left and right of a month, where the lines of the calendar are."""
    year, place = month
    after = (year, place + 1) if place < 12 else (year + 1, 1)
    # No year follows the last one of the calendar.
    right = axis.right if after[0] > axis.last else axis.x(date(*after, 1))
    return axis.x(date(*month, 1)), right


def _cell(
    month: Month, count: int, most: int, box: tuple[float, float, float, float], address: Address, lane: str = ALL
) -> Markup:
    x, y, width, height = box
    shade = -(-SHADES * count // most)
    counted = "incident" if lane == ALL else f"{lane} incident"
    words = f"{LONG_MONTHS[month[1] - 1]} {month[0]}: {count_words(count, counted)}"
    right, bottom = number(max(width - 1, 1)), number(height)
    cell = path(f"pm-heat--{shade}", f"M{number(x)} {number(y)}h{right}v{bottom}h-{right}z")
    has_room = width >= _ROOM_FOR_A_NUMBER
    written = text(x + width / 2, y + height / 2 + 4, f"{count:,}", "pm-t-heat", "middle") if has_room else NOTHING
    return link(address(month), words, cell, written, css_class=None, data_tally=tally(lane, *month))

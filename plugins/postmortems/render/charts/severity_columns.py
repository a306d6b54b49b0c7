"""The timeline of the first page where piles of marks would be towers: a column a month in each lane of a severity.

A column is filled as far as the page's title holds. The columns of a lane are one shape, and a month is one link across
all lanes, so that the picture of ten years stays light. Where months would be too narrow, a column is a quarter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from postmortems.model.quarter import quarter_of
from postmortems.render.charts.index_picture import Lane, Size, calendar
from postmortems.render.charts.severity_timeline import TOP, lane_label
from postmortems.render.charts.svg import NOTHING, element, frame, group, horizontal, link, number, path, rect
from postmortems.render.charts.time_axis import TimeAxis
from postmortems.render.words.figures import quarter_words
from postmortems.render.words.formats import LONG_MONTHS, count_words

_MOST_MONTHS = 72
_HEIGHT = 40
_WIDTH = 12.0

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Period:
    """A month or a quarter, with its incidents by severity: how many, and for how many of them the title holds."""

    first: Month
    counts: dict[str, tuple[int, int]]


def is_by_quarter(axis: TimeAxis) -> bool:
    """True if a column is a quarter."""
    return axis.months > _MOST_MONTHS


def severity_columns(
    lanes: Sequence[Lane],
    axis: TimeAxis,
    on: frozenset[str] | None,
    address: Callable[[Month], str],
    label: str,
    size: Size,
) -> Markup:
    """The picture in one width; `on` are the addresses of the solid incidents, None is all."""
    used = [lane for lane in lanes if lane.marks]
    months = 3 if is_by_quarter(axis) else 1
    periods = _periods(used, on, months)
    most = max(count for period in periods.values() for count, _ in period.counts.values())
    width = (axis.right - axis.left) / axis.months * months
    drawn = max(min(width - 1.5, _WIDTH), 1)
    lefts = {key: _left(key, axis) for key in periods}
    shapes: list[Markup] = []
    bottom: float = TOP
    for lane in used:
        bottom += _HEIGHT + 14
        shapes += lane_label(lane.name, len(lane.marks), bottom, size)
        shapes.append(horizontal("pm-hair", bottom, size.left, size.right))
        hollow = solid = ""
        for key, period in periods.items():
            count, held = period.counts.get(lane.name, (0, 0))
            x = lefts[key] + (width - drawn) / 2
            hollow += _column(x, bottom, drawn, _HEIGHT * count / most) if held < count else ""
            solid += _column(x, bottom, drawn, _HEIGHT * held / most) if held else ""
        columns = (path("pm-off", hollow) if hollow else NOTHING, element("path", d=solid) if solid else NOTHING)
        shapes.append(group("pm-q2", columns))
    for key, period in periods.items():
        area = rect("pm-hit", lefts[key], TOP, width, bottom - TOP)
        shapes.append(link(address(period.first), _words(period, months, on is not None), area))
    years = Counter(mark.year if axis.first != axis.last else mark.at.month for lane in used for mark in lane.marks)
    return frame(size.form, size.width, bottom + 2, [calendar(axis, bottom, years), *shapes], label=label)


def _periods(lanes: Sequence[Lane], on: frozenset[str] | None, months: int) -> dict[Month, _Period]:
    """Periods with incidents, in time, by the month with which they begin."""
    found: dict[Month, _Period] = {}
    marks = sorted(((mark, lane.name) for lane in lanes for mark in lane.marks), key=lambda each: each[0].at)
    for mark, name in marks:
        year, month = mark.at.year, mark.at.month
        period = found.setdefault((year, month - (month - 1) % months), _Period((year, month), {}))
        count, held = period.counts.get(name, (0, 0))
        period.counts[name] = count + 1, held + (on is None or mark.href in on)
    return found


def _left(first: Month, axis: TimeAxis) -> float:
    width = (axis.right - axis.left) / axis.months
    return axis.left + ((first[0] - axis.first) * 12 + first[1] - axis.begin) * width


def _column(x: float, bottom: float, width: float, height: float) -> str:
    right, top = number(width), number(height)
    return f"M{number(x)} {number(bottom)}v-{top}h{right}v{top}z"


def _words(period: _Period, months: int, tells_solid: bool) -> str:
    """`March 2016: 7 incidents, 3 of them solid`, and the same of each severity in a line of its own."""
    year, month = period.first
    name = quarter_words(quarter_of(date(year, month, 1))) if months > 1 else f"{LONG_MONTHS[month - 1]} {year}"
    parts = period.counts.items()
    total, held = (sum(counts[place] for _, counts in parts) for place in (0, 1))
    only = next(iter(period.counts)) if len(parts) == 1 else ""
    words = f"{name}: {count_words(total, f'{only} incident'.strip())}"
    if tells_solid:
        words += f", {held:,} of them solid"
    if only:
        return words
    each = (
        f"{severity} {count:,}" + (f", {solid:,} solid" if tells_solid else "") for severity, (count, solid) in parts
    )
    return f"{words}\n{'; '.join(each)}"

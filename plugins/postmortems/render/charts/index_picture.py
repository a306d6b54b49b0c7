"""The picture of many incidents: the calendar across, a lane a severity, length standing up on a log scale.

Over years a day is a fraction of a pixel, so length cannot lie on the calendar; the two never mix. All lanes share one
scale, a lane is as tall as its longest incident, and an empty one shrinks to a line. Lengths that are wholly unknown
have a strip under the lane. The narrow form is in `year_rows`, the form for many incidents in `density`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from postmortems.render.charts.length_scale import STEPS, height
from postmortems.render.charts.mark import Mark
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import number
from postmortems.render.charts.tally import ALL, tally
from postmortems.render.charts.time_axis import TimeAxis, spread
from postmortems.render.words.formats import count_words
from postmortems.render.words.incident import clipped

WIDTH = 1160
LEFT, RIGHT = 128, 1148
_TOP = 41
_DECADE = 62
_GAP = 4.2
_HEAD = 11.0
_HIT = 12
_STRIP = 32
_EMPTY = 30
_LABELS = 14


@dataclass(frozen=True, slots=True)
class Lane:
    """The incidents of one severity, in time."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark with its place; `y` is the middle of its head."""

    mark: Mark
    x: float
    y: float


def lanes_of(marks: Sequence[Mark], scale: Sequence[str]) -> list[Lane]:
    """A lane a severity of the scale, worst first, and one for severities outside it where there are any."""
    found = [Lane(name, tuple(mark for mark in marks if mark.severity == name)) for name in scale]
    others = tuple(mark for mark in marks if mark.severity not in scale)
    return [*found, Lane("Other", others)] if others else found


def index_picture(lanes: Sequence[Lane], axis: TimeAxis, label: str) -> Markup:
    """The wide form, a mark an incident."""
    body: list[str] = []
    top: float = _TOP
    for lane in lanes:
        drawn, top = _lane(lane, axis, top)
        body += drawn
    bottom = top
    marks = [mark for lane in lanes for mark in lane.marks]
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg class="pm-chart pm-chart--wide" viewBox="0 0 {WIDTH} {number(bottom + 8)}" role="group" '
        f'aria-label="{escape(label)}">{calendar(axis, bottom, Counter(_period(mark, axis) for mark in marks))}'
        f"{''.join(body)}</svg>"
    )


def calendar(axis: TimeAxis, bottom: float, counts: Counter[int]) -> str:
    """The lines of the calendar with their names and, below them, how many incidents each has."""
    ticks = axis.ticks(38)
    every = axis.last - axis.first < len(ticks)
    drawn = []
    for place, tick in enumerate(ticks):
        drawn.append(
            f'<path class="pm-hair pm-hair--year" d="M{number(tick.x)} 2V{number(bottom)}"/>'
            f'<text x="{number(tick.x + 6)}" y="13" class="pm-t-year">{tick.label}</text>'
        )
        if every:
            month = place + 1 if axis.first == axis.last else None
            counted = tally(ALL, tick.year, month)
            drawn.append(
                f'<text x="{number(tick.x + 6)}" y="29" class="pm-t-faint" {counted}>'
                f"{counts.get(month or tick.year, 'none')}</text>"
            )
    drawn.append(f'<path class="pm-hair pm-hair--year" d="M{number(axis.right)} 2V{number(bottom)}"/>')
    return "".join(drawn)


def _period(mark: Mark, axis: TimeAxis) -> int:
    return mark.at.month if axis.first == axis.last else mark.at.year


def lane_name(name: str, y: float, count: int) -> str:
    """The name of a lane on the left, with its number of incidents."""
    return (
        f'<text x="0" y="{number(y)}" class="pm-t-lane">{escape(clipped(name, 13))}</text>'
        f'<text x="0" y="{number(y + 17)}" class="pm-t-faint" {tally(name)}>{count_words(count, "incident")}</text>'
    )


def empty_lane(name: str, top: float) -> tuple[list[str], float]:
    """A severity without an incident: a line, and where the next lane begins."""
    bottom = top + _EMPTY
    return [
        f'<text x="0" y="{number(top + 20)}" class="pm-t-lane">{escape(clipped(name, 13))}</text>'
        f'<text x="{LEFT + 6}" y="{number(top + 20)}" class="pm-t-faint">none recorded</text>'
        f'<path class="pm-hair" d="M{LEFT} {number(bottom)}H{RIGHT}"/>'
    ], bottom


def _lane(lane: Lane, axis: TimeAxis, top: float) -> tuple[list[str], float]:
    """One lane below `top` and where the next one begins."""
    if not lane.marks:
        return empty_lane(lane.name, top)
    tallest = max((height(mark.length, _DECADE) for mark in lane.marks if mark.length is not None), default=0.0)
    ground = top + max(tallest, 26) + 22
    drawn = [lane_name(lane.name, top + 21, len(lane.marks)), *_lines(tallest, ground)]
    ys = [ground + 18 if mark.length is None else ground - height(mark.length, _DECADE) for mark in lane.marks]
    gaps = [_GAP if abs(y - other) > _HEAD else _HEAD for y, other in pairwise(ys)]
    xs = spread([axis.x(mark.at) for mark in lane.marks], gaps, LEFT + 6, RIGHT - 6)
    placed = [_Placed(mark, x, y) for mark, x, y in zip(lane.marks, xs, ys, strict=True)]
    bottom = ground + 14
    if any(mark.length is None for mark in lane.marks):
        bottom = ground + _STRIP
        drawn.append(
            f'<text x="{LEFT - 8}" y="{number(ground + 22)}" class="pm-t-tick" text-anchor="end">unknown</text>'
        )
    drawn.append(f'<path class="pm-hair" d="M{LEFT} {number(bottom)}H{RIGHT}"/>')
    labels = _labels(placed, ground)
    for one in placed:
        stem = "" if one.mark.length is None else one.mark.stem(one.x, ground, one.y)
        hit = f'<circle class="pm-hit" cx="{number(one.x)}" cy="{number(one.y)}" r="{_HIT}"/>'
        drawn.append(one.mark.link(hit + stem + one.mark.head(one.x, one.y) + labels.get(one, "")))
    return drawn, bottom


def _lines(tallest: float, ground: float) -> list[str]:
    """The lines of the log scale that this lane reaches, and its ground."""
    lines = [(ground, "10 min", "pm-axis")]
    lines += [
        (ground - height(step, _DECADE), name, "pm-hair") for step, name, _ in STEPS if height(step, _DECADE) <= tallest
    ]
    return [
        f'<path class="{kind}" d="M{LEFT} {number(y)}H{RIGHT}"/>'
        f'<text x="{LEFT - 8}" y="{number(y + 4)}" class="pm-t-tick" text-anchor="end">{name}</text>'
        for y, name, kind in lines
    ]


def _labels(placed: Sequence[_Placed], ground: float) -> dict[_Placed, str]:
    """Owners beside the longest incidents, where the words meet no mark, no stem and no other words."""
    # What is taken, as (left, top, right, bottom): all heads, and the stems below them.
    taken = [(one.x - 6, one.y - 6, one.x + 6, ground if one.mark.length is not None else one.y + 6) for one in placed]
    drawn: dict[_Placed, str] = {}
    # Words beside a mark on the ground would be struck through by it.
    longest = sorted((one for one in placed if one.y < ground - 12 and one.mark.owner), key=lambda one: one.y)
    for one in longest[: 3 * _LABELS]:
        words = clipped(one.mark.owner, 24)
        width = text_width(words, 12)
        for left, anchor in ((one.x + 9, "start"), (one.x - 9 - width, "end")):
            box = (left, one.y - 9, left + width, one.y + 7)
            if box[0] < LEFT or box[2] > RIGHT + 8 or any(_meet(box, other) for other in taken):
                continue
            taken.append(box)
            x = left if anchor == "start" else one.x - 9
            end = "" if anchor == "start" else ' text-anchor="end"'
            drawn[one] = f'<text x="{number(x)}" y="{number(one.y + 4)}" class="pm-t-label"{end}>{escape(words)}</text>'
            break
        if len(drawn) == _LABELS:
            break
    return drawn


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

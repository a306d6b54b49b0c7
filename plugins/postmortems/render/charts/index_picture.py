"""The picture of many incidents: the calendar across, a lane a severity, length upwards on a log scale.

Over years a day is a fraction of a pixel, so length cannot be drawn along the calendar. All lanes share one scale, a
lane is as tall as its longest incident, and an empty one shrinks to a line. Incidents of unknown length have a strip
under the lane. The narrow form is in `year_rows`, the form for many incidents in `density`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from postmortems.render.charts.length_scale import STEPS, height
from postmortems.render.charts.mark import Mark
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import Form, circle, frame, horizontal, joined, text, vertical
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
    lanes = [Lane(name, tuple(mark for mark in marks if mark.severity == name)) for name in scale]
    others = tuple(mark for mark in marks if mark.severity not in scale)
    return [*lanes, Lane("Other", others)] if others else lanes


def index_picture(lanes: Sequence[Lane], axis: TimeAxis, label: str) -> Markup:
    """The wide form, a mark an incident."""
    shapes: list[Markup] = []
    bottom: float = _TOP
    for lane in lanes:
        drawn, bottom = _lane(lane, axis, bottom)
        shapes += drawn
    counts = Counter(_period(mark, axis) for lane in lanes for mark in lane.marks)
    return frame(Form.WIDE, WIDTH, bottom + 8, [calendar(axis, bottom, counts), *shapes], label=label)


def calendar(axis: TimeAxis, bottom: float, counts: Counter[int]) -> Markup:
    """The lines of the calendar with their names and, below them, the number of incidents of each."""
    ticks = axis.ticks(38)
    every = axis.last - axis.first < len(ticks)
    shapes = []
    for place, tick in enumerate(ticks):
        shapes += [
            vertical("pm-hair pm-hair--year", tick.x, 2, bottom),
            text(tick.x + 6, 13, tick.label, "pm-t-year"),
        ]
        if every:
            month = place + 1 if axis.first == axis.last else None
            count = str(counts.get(month or tick.year, "none"))
            shapes.append(text(tick.x + 6, 29, count, "pm-t-faint", data_tally=tally(ALL, tick.year, month)))
    return joined(shapes) + vertical("pm-hair pm-hair--year", axis.right, 2, bottom)


def _period(mark: Mark, axis: TimeAxis) -> int:
    return mark.at.month if axis.first == axis.last else mark.at.year


def lane_name(name: str, y: float, count: int) -> Markup:
    """The name of a lane on the left, with its number of incidents."""
    return text(0, y, clipped(name, 13), "pm-t-lane") + text(
        0, y + 17, count_words(count, "incident"), "pm-t-faint", data_tally=tally(name)
    )


def empty_lane(name: str, top: float) -> tuple[list[Markup], float]:
    """A severity without an incident: a line, and where the next lane begins."""
    bottom = top + _EMPTY
    return [
        text(0, top + 20, clipped(name, 13), "pm-t-lane"),
        text(LEFT + 6, top + 20, "none recorded", "pm-t-faint"),
        horizontal("pm-hair", bottom, LEFT, RIGHT),
    ], bottom


def _lane(lane: Lane, axis: TimeAxis, top: float) -> tuple[list[Markup], float]:
    """One lane below `top` and where the next one begins."""
    if not lane.marks:
        return empty_lane(lane.name, top)
    tallest = max((height(mark.length, _DECADE) for mark in lane.marks if mark.length is not None), default=0.0)
    ground = top + max(tallest, 26) + 22
    shapes = [lane_name(lane.name, top + 21, len(lane.marks)), *_lines(tallest, ground)]
    ys = [ground + 18 if mark.length is None else ground - height(mark.length, _DECADE) for mark in lane.marks]
    gaps = [_GAP if abs(y - other) > _HEAD else _HEAD for y, other in pairwise(ys)]
    xs = spread([axis.x(mark.at) for mark in lane.marks], gaps, LEFT + 6, RIGHT - 6)
    placed = [_Placed(mark, x, y) for mark, x, y in zip(lane.marks, xs, ys, strict=True)]
    bottom = ground + 14
    if any(mark.length is None for mark in lane.marks):
        bottom = ground + _STRIP
        shapes.append(text(LEFT - 8, ground + 22, "unknown", "pm-t-tick", "end"))
    shapes.append(horizontal("pm-hair", bottom, LEFT, RIGHT))
    labels = _labels(placed, ground)
    for head in placed:
        mark, x, y = head.mark, head.x, head.y
        stem = "" if mark.length is None else mark.stem(x, ground, y)
        shapes.append(mark.link(circle("pm-hit", x, y, _HIT), stem, mark.head(x, y), labels.get(head, "")))
    return shapes, bottom


def _lines(tallest: float, ground: float) -> list[Markup]:
    """The lines of the log scale that this lane reaches, and its ground."""
    lines = [(ground, "10 min", "pm-axis")]
    lines += [
        (ground - height(step, _DECADE), name, "pm-hair") for step, name, _ in STEPS if height(step, _DECADE) <= tallest
    ]
    return [
        horizontal(css_class, y, LEFT, RIGHT) + text(LEFT - 8, y + 4, name, "pm-t-tick", "end")
        for y, name, css_class in lines
    ]


def _labels(placed: Sequence[_Placed], ground: float) -> dict[_Placed, Markup]:
    """Owners beside the longest incidents, where the words meet no mark, no stem and no other words."""
    # Taken boxes, as (left, top, right, bottom): all heads, and the stems below them.
    taken = [
        (other.x - 6, other.y - 6, other.x + 6, ground if other.mark.length is not None else other.y + 6)
        for other in placed
    ]
    labels: dict[_Placed, Markup] = {}
    # Words beside a mark on the ground would be struck through by it.
    owned = (mark for mark in placed if mark.y < ground - 12 and mark.mark.owner)
    for longest in sorted(owned, key=lambda mark: mark.y)[: 3 * _LABELS]:
        words = clipped(longest.mark.owner, 24)
        width = text_width(words, 12)
        for left, anchor in ((longest.x + 9, ""), (longest.x - 9 - width, "end")):
            box = (left, longest.y - 9, left + width, longest.y + 7)
            if box[0] < LEFT or box[2] > RIGHT + 8 or any(_meet(box, other) for other in taken):
                continue
            taken.append(box)
            labels[longest] = text(longest.x - 9 if anchor else left, longest.y + 4, words, "pm-t-label", anchor)
            break
        if len(labels) == _LABELS:
            break
    return labels


def _meet(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]

"""The picture of many incidents: the calendar across, a lane a severity, length upwards on a log scale.

Over years a day is a fraction of a pixel, so length cannot be drawn along the calendar. All lanes share one scale and
one height, each in proportion to its longest incident; severities without any are named below. Incidents of unknown
length are on the ground. The narrow form is in `year_rows`, the form for many incidents in `density`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log10

from markupsafe import Markup

from postmortems.render.charts.length_scale import GROUND, STEPS, height
from postmortems.render.charts.mark import Mark
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import NOTHING, Form, frame, hit, horizontal, joined, text, vertical
from postmortems.render.charts.tally import ALL, tally
from postmortems.render.charts.time_axis import TimeAxis, spread
from postmortems.render.words.incident import chart_label, clipped


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a wide picture: its width, and where the calendar is."""

    form: Form
    width: float
    left: float
    right: float


WIDE = Size(Form.WIDE, 1180, 116, 1174)
MIDDLE = Size(Form.MIDDLE, 720, 104, 714)

TOP = 20
_HEIGHT = 252
_FOOT = 16
_ABOVE = 12
_LEAST_DECADES = 1.9
_LEAST_DECADE = 12.0
_GAP = 4.2
_HEAD = 11.0
_HIT = hit(9)
_WITH_STEMS = 80
_LABELS = 14


@dataclass(frozen=True, slots=True)
class Lane:
    """The incidents of one severity, in time."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark with its place; `y` is the middle of its head, and `ground` the bottom of its lane."""

    mark: Mark
    x: float
    y: float
    ground: float


def lanes_of(marks: Sequence[Mark], scale: Sequence[str]) -> list[Lane]:
    """A lane a severity of the scale, worst first, and one for severities outside it where there are any."""
    lanes = [Lane(name, tuple(mark for mark in marks if mark.severity == name)) for name in scale]
    others = tuple(mark for mark in marks if mark.severity not in scale)
    return [*lanes, Lane("Other", others)] if others else lanes


def index_picture(lanes: Sequence[Lane], axis: TimeAxis, label: str, size: Size = WIDE) -> Markup:
    """A wide form, a mark an incident."""
    used = [lane for lane in lanes if lane.marks]
    empty = [lane.name for lane in lanes if not lane.marks]
    decades = {lane.name: max(_LEAST_DECADES, *map(_decades, lane.marks)) for lane in used}
    room = _HEIGHT - TOP - (_FOOT if empty else 2) - _ABOVE * len(used)
    decade = max(_LEAST_DECADE, room / sum(decades.values()))
    has_stems = sum(len(lane.marks) for lane in used) <= _WITH_STEMS
    shapes: list[Markup] = [text(size.left - 6, 11, "Duration", "pm-t-tick pm-t-strong", "end")]
    placed: list[_Placed] = []
    bottom: float = TOP
    for lane in used:
        ground = bottom + _ABOVE + decades[lane.name] * decade
        shapes += [lane_name(lane.name, bottom + 20, len(lane.marks)), *_lines(bottom, ground, decade, size)]
        placed += _placed(lane, axis, ground, decade)
        bottom = ground
    labels = _labels(placed, size)
    for head in placed:
        mark, x, y = head.mark, head.x, head.y
        stem = mark.stem(head.ground - y) if has_stems and mark.length is not None else NOTHING
        shapes.append(mark.link(x, y, _HIT, stem, mark.head, labels.get(head, NOTHING), family=mark.family))
    counts = Counter(_period(mark, axis) for lane in used for mark in lane.marks)
    end = bottom + 2
    if empty:
        shapes.append(none_of(empty, bottom, size))
        end = bottom + _FOOT
    return frame(size.form, size.width, end, [calendar(axis, bottom, counts), *shapes], label=label)


def calendar(axis: TimeAxis, bottom: float, counts: Counter[int]) -> Markup:
    """The lines of the calendar with their names and, where there is room, the number of incidents of each."""
    ticks = axis.ticks(38)
    every = axis.last - axis.first < len(ticks)
    shapes = []
    for place, tick in enumerate(ticks):
        shapes.append(vertical("pm-hair pm-hair--year", tick.x, 16, bottom))
        behind = tick.x + 4 + text_width(tick.label, 12.5, bold=True) + 4
        month = place + 1 if axis.first == axis.last else None
        count = str(counts.get(month or tick.year, "none"))
        # A year of which only the end is drawn may have no room for its name.
        if behind <= tick.x + tick.width:
            shapes.append(text(tick.x + 4, 12, tick.label, "pm-t-year"))
        if every and behind + text_width(count, 12) <= tick.x + tick.width:
            shapes.append(text(behind, 12, count, "pm-t-tick", data_tally=tally(ALL, tick.year, month)))
    return joined(shapes)


def _period(mark: Mark, axis: TimeAxis) -> int:
    return mark.at.month if axis.first == axis.last else mark.at.year


def lane_name(name: str, y: float, count: int) -> Markup:
    """The name of a lane on the left, with its number of incidents."""
    return text(0, y, clipped(name, 9), "pm-t-lane") + text(
        0, y + 15, f"{count:,}", "pm-t-tick", data_tally=tally(name)
    )


def none_of(names: Sequence[str], y: float, size: Size) -> Markup:
    """The severities without an incident, in a line below the lanes."""
    words = ", ".join(clipped(name, 13) for name in names)
    return text(0, y + 13, f"{clipped(words, int(size.width / 9))}: none", "pm-t-tick")


def _decades(mark: Mark) -> float:
    return log10(max(mark.length / GROUND, 1.0)) if mark.length is not None else 0.0


def _placed(lane: Lane, axis: TimeAxis, ground: float, decade: float) -> list[_Placed]:
    ys = [ground if mark.length is None else ground - height(mark.length, decade) for mark in lane.marks]
    gaps = [_GAP if abs(y - other) > _HEAD else _HEAD for y, other in pairwise(ys)]
    xs = spread([axis.x(mark.at) for mark in lane.marks], gaps, axis.left + 6, axis.right - 6)
    return [_Placed(mark, x, y, ground) for mark, x, y in zip(lane.marks, xs, ys, strict=True)]


def _lines(top: float, ground: float, decade: float, size: Size) -> list[Markup]:
    """The lines of the log scale in a lane, named as far as there is room, and its ground."""
    lines = [horizontal("pm-axis", ground, size.left, size.right)]
    free = ground - 4
    for step, name in ((GROUND, "10 min"), *((step, name) for step, _, name in STEPS)):
        y = ground - height(step, decade) if step > GROUND else ground
        # The ground's name stands above its line, which belongs to the next lane's.
        at = y - 1 if step == GROUND else y + 4
        if y < top + 6:
            break
        if step > GROUND:
            lines.append(horizontal("pm-hair", y, size.left, size.right))
        if at <= free and (step > GROUND or height(STEPS[0][0], decade) >= 18):
            lines.append(text(size.left - 6, at, name, "pm-t-tick", "end"))
            free = at - 13
    return lines


def _labels(placed: Sequence[_Placed], size: Size) -> dict[_Placed, Markup]:
    """Short names beside the longest incidents, where the words meet no mark, no stem and no other words."""
    # Taken boxes, as (left, top, right, bottom): all heads, and the stems below them.
    taken = [
        (other.x - 6, other.y - 6, other.x + 6, other.ground if len(placed) <= _WITH_STEMS else other.y + 6)
        for other in placed
    ]
    labels: dict[_Placed, Markup] = {}
    # Words beside a mark on the ground would be struck through by it.
    raised = (head for head in placed if head.y < head.ground - 12)
    for longest in sorted(raised, key=lambda head: head.y - head.ground)[: 3 * _LABELS]:
        words = chart_label(longest.mark.name)
        if " " not in words and words.isalpha():
            continue  # one common word tells nothing
        width = text_width(words, 12)
        for left, anchor in ((longest.x + 9, ""), (longest.x - 9 - width, "end")):
            box = (left, longest.y - 9, left + width, longest.y + 7)
            if box[0] < size.left or box[2] > size.right + 4 or any(_meet(box, other) for other in taken):
                continue
            taken.append(box)
            labels[longest] = text(-9 if anchor else 9, 4, words, "pm-t-label", anchor)
            break
        if len(labels) == _LABELS:
            break
    return labels


def _meet(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]

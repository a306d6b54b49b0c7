"""The timeline of the first page: a lane per severity, incidents in piles, and short names of some of them.

Solid marks are the incidents for which its title holds, hollow ones the rest. Where piles would be towers, columns take
their place (`severity_columns`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial

from markupsafe import Markup

from postmortems.render.charts.index_picture import Lane, Size, calendar
from postmortems.render.charts.piles import PITCH, Piled, dots, piled, tallest
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import Form, frame, horizontal, text, vertical
from postmortems.render.charts.time_axis import TimeAxis
from postmortems.render.words.incident import chart_label, clipped

WIDE = Size(Form.WIDE, 1180, 92, 1172)
MIDDLE = Size(Form.MIDDLE, 720, 82, 716)

MOST_LEVELS = 12
TOP = 18
_WITH_LABELS = 80
_LABELS = 24
_LABEL_ROWS = 2
_LINE = 13.5

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def is_crowded(lanes: Sequence[Lane], axis: TimeAxis) -> bool:
    """True if some piles would be too high."""
    return any(tallest(lane.marks, axis) > MOST_LEVELS for lane in lanes)


def severity_timeline(
    lanes: Sequence[Lane], axis: TimeAxis, on: frozenset[str] | None, label: str, size: Size
) -> Markup:
    """The picture in one width; `on` are the addresses of the solid incidents, None is all."""
    used = [lane for lane in lanes if lane.marks]
    has_labels = size is WIDE and sum(len(lane.marks) for lane in used) <= _WITH_LABELS
    shapes: list[Markup] = []
    bottom: float = TOP
    for lane in used:
        found = piled(lane.marks, axis)
        levels = max(level + 1 for *_, level in found)
        bottom += max(levels * PITCH + 14, 22 + _LABEL_ROWS * _LINE if has_labels else 0)
        shapes += [
            *lane_label(lane.name, len(lane.marks), bottom, size),
            horizontal("pm-hair", bottom, size.left, size.right),
        ]
        shapes += _labels(found, bottom, size) if has_labels else ()
        shapes.append(dots(found, partial(_y, bottom), on))
    counts = Counter(mark.year if axis.first != axis.last else mark.at.month for lane in used for mark in lane.marks)
    return frame(size.form, size.width, bottom + 2, [calendar(axis, bottom, counts), *shapes], label=label)


def lane_label(name: str, count: int, bottom: float, size: Size) -> Iterator[Markup]:
    """The name of a lane before its ground, with the number of its incidents where there is room."""
    shown = clipped(name, 8)
    yield text(0, bottom - 6, shown, "pm-t-lane")
    if text_width(shown, 13.5, bold=True) + 8 + text_width(f"{count:,}", 12) < size.left - 8:
        yield text(text_width(shown, 13.5, bold=True) + 6, bottom - 6, f"{count:,}", "pm-t-tick")


def _y(bottom: float, level: int) -> float:
    return bottom - 6.6 - level * PITCH


def _labels(found: Sequence[Piled], bottom: float, size: Size) -> Iterator[Markup]:
    """Short names over the longest incidents, with a line down to each, where they meet nothing."""
    taken: list[Box] = [(x - 6, _y(bottom, level) - 6, x + 6, _y(bottom, level) + 6) for _, x, level in found]
    written = 0
    for mark, x, level in sorted(found, key=lambda place: place[0].length or timedelta(), reverse=True):
        words = chart_label(mark.name)
        if " " not in words and words.isalpha():
            continue
        for y, left, anchor in _places(x, _y(bottom, 0), text_width(words, 12)):
            box = (left, y - 11, left + text_width(words, 12), y + 2)
            line = (x - 1, y, x + 1, _y(bottom, level) - 6.1)
            is_free = line[1] < line[3] and not any(_meet(part, other) for part in (box, line) for other in taken)
            if not is_free or box[0] < size.left or box[2] > size.right:
                continue
            taken += [box, line]
            yield vertical("pm-leader", x, _y(bottom, level) - 6, y + 3)
            yield text(left + text_width(words, 12) if anchor else left, y, words, "pm-t-label", anchor)
            written += 1
            break
        if written == _LABELS // 2:
            return


def _places(x: float, y: float, width: float) -> Iterator[tuple[float, float, str]]:
    """Places for a name of a `width`: its line, its left edge, and its anchor."""
    for row in range(_LABEL_ROWS):
        for left, anchor in ((x + 3, ""), (x - 3 - width, "end")):
            yield y - _LINE - row * _LINE, left, anchor


def _meet(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]

"""The incidents of a pattern on the calendar, as high as they were long, over ticks of all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from postmortems.render.charts.length_scale import STEPS, height
from postmortems.render.charts.mark import Mark
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import Form, circle, frame, horizontal, number, path, text, vertical
from postmortems.render.charts.time_axis import TimeAxis, spread

_DECADE = 40
_GUTTER = 36
"""The width at the left for the names of lengths, which a mark would hide."""

_TOP = 30
_OTHERS = 12


def pattern_strip(marks: Sequence[Mark], years: tuple[int, int], others: Iterable[date], label: str) -> Markup:
    """Both forms of the picture; `years` are those of the whole corpus, so that patterns can be compared."""
    days = Counter(others)
    return _drawn(marks, TimeAxis(*years, _GUTTER, 880), days, label, Form.WIDE) + _drawn(
        marks, TimeAxis(*years, _GUTTER, 358), days, label, Form.NARROW
    )


def _drawn(marks: Sequence[Mark], axis: TimeAxis, others: Counter[date], label: str, form: Form) -> Markup:
    tallest = max((height(mark.length, _DECADE) for mark in marks if mark.length is not None), default=0.0)
    ground = _TOP + max(tallest, 60)
    has_unknown = any(mark.length is None for mark in marks)
    ticks_top = ground + (34 if has_unknown else 12)
    bottom = ticks_top + _OTHERS + 4
    shapes = [*_calendar(axis, bottom), *_lines(axis, tallest, ground)]
    scale, gap = (1.0, 4.2) if form is Form.WIDE else (0.85, 3)
    xs = spread([axis.x(mark.at) for mark in marks], gap, axis.left + 5, axis.right - 5)
    if has_unknown:
        shapes.append(
            _unknown([x for mark, x in zip(marks, xs, strict=True) if mark.length is None], axis, ground, form)
        )
    for mark, x in zip(marks, xs, strict=True):
        y = ground + 16 if mark.length is None else ground - height(mark.length, _DECADE)
        stem = "" if mark.length is None else mark.stem(x, ground, y)
        shapes.append(mark.link(circle("pm-hit", x, y, 11), stem, mark.head(x, y, scale)))
    ticks = "".join(
        f"M{number(x)} {number(ticks_top)}V{number(ticks_top + _OTHERS)}"
        for x in sorted({axis.x(day) for day in others})
    )
    if ticks:
        shapes.append(path("pm-other-tick", ticks))
    return frame(form, axis.right, bottom + 22, shapes, label=label)


def _unknown(taken: Sequence[float], axis: TimeAxis, ground: float, form: Form) -> Markup:
    """The name of the strip of unknown lengths, at the end of the picture that has no mark."""
    words = "duration unknown" if form is Form.WIDE else "unknown"
    room = text_width(words, 12) + 12
    at_the_right = min(taken) < room and max(taken) < axis.right - room
    if at_the_right:
        return text(axis.right - 3, ground + 20, words, "pm-t-tick", "end")
    return text(3, ground + 20, words, "pm-t-tick")


def _calendar(axis: TimeAxis, bottom: float) -> list[Markup]:
    shapes = [
        vertical("pm-hair", tick.x, 12, bottom) + text(tick.x + 3, bottom + 18, tick.label, "pm-t-tick")
        for tick in axis.ticks(42 if axis.first != axis.last else 26)
    ]
    return [*shapes, vertical("pm-hair", axis.right, 12, bottom)]


def _lines(axis: TimeAxis, tallest: float, ground: float) -> list[Markup]:
    shapes = [horizontal("pm-axis", ground, 0, axis.right)]
    for step, _, name in STEPS:
        y = ground - height(step, _DECADE)
        if ground - y <= max(tallest, 60):
            shapes += [horizontal("pm-hair", y, 0, axis.right), text(3, y - 3, name, "pm-t-tick")]
    return shapes

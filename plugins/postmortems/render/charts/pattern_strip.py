"""When a pattern showed: its incidents on the calendar, as high as they were long, over ticks of all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup, escape

from postmortems.render.charts.length_scale import STEPS, height
from postmortems.render.charts.mark import Mark
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import number, text
from postmortems.render.charts.time_axis import TimeAxis, spread

_DECADE = 40
_GUTTER = 36
"""The width at the left in which the names of lengths stand, since a mark would hide them."""

_TOP = 30
_OTHERS = 12


def pattern_strip(marks: Sequence[Mark], years: tuple[int, int], others: Iterable[date], label: str) -> Markup:
    """Both forms of the picture; `years` are those of the whole corpus, so that patterns can be compared."""
    days = Counter(others)
    return Markup(  # noqa: S704 - every text in it is escaped
        _form(marks, TimeAxis(*years, _GUTTER, 880), days, label, "wide")
        + _form(marks, TimeAxis(*years, _GUTTER, 358), days, label, "narrow")
    )


def _form(marks: Sequence[Mark], axis: TimeAxis, others: Counter[date], label: str, form: str) -> str:
    tallest = max((height(mark.length, _DECADE) for mark in marks if mark.length is not None), default=0.0)
    ground = _TOP + max(tallest, 60)
    has_unknown = any(mark.length is None for mark in marks)
    ticks_top = ground + (34 if has_unknown else 12)
    bottom = ticks_top + _OTHERS + 4
    drawn = [*_calendar(axis, bottom), *_lines(axis, tallest, ground)]
    scale = 1.0 if form == "wide" else 0.85
    xs = spread([axis.x(mark.at) for mark in marks], 4.2 if form == "wide" else 3, axis.left + 5, axis.right - 5)
    if has_unknown:
        drawn.append(
            _unknown([x for mark, x in zip(marks, xs, strict=True) if mark.length is None], axis, ground, form)
        )
    for mark, x in zip(marks, xs, strict=True):
        y = ground + 16 if mark.length is None else ground - height(mark.length, _DECADE)
        stem = "" if mark.length is None else mark.stem(x, ground, y)
        hit = f'<circle class="pm-hit" cx="{number(x)}" cy="{number(y)}" r="11"/>'
        drawn.append(mark.link(hit + stem + mark.head(x, y, scale)))
    ticks = "".join(
        f"M{number(x)} {number(ticks_top)}V{number(ticks_top + _OTHERS)}"
        for x in sorted({axis.x(day) for day in others})
    )
    if ticks:
        drawn.append(f'<path class="pm-other-tick" d="{ticks}"/>')
    return (
        f'<svg class="pm-chart pm-chart--{form}" viewBox="0 0 {number(axis.right)} {number(bottom + 22)}" role="group" '
        f'aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )


def _unknown(taken: Sequence[float], axis: TimeAxis, ground: float, form: str) -> str:
    """The name of the strip of unknown lengths, at the end of the picture that no mark stands at."""
    words = "length unknown" if form == "wide" else "unknown"
    room = text_width(words, 12) + 12
    at_the_right = min(taken) < room and max(taken) < axis.right - room
    if at_the_right:
        return text(axis.right - 3, ground + 20, words, "pm-t-tick", "end")
    return text(3, ground + 20, words, "pm-t-tick")


def _calendar(axis: TimeAxis, bottom: float) -> list[str]:
    drawn = [
        f'<path class="pm-hair" d="M{number(tick.x)} 12V{number(bottom)}"/>'
        f'<text x="{number(tick.x + 3)}" y="{number(bottom + 18)}" class="pm-t-tick">{tick.label}</text>'
        for tick in axis.ticks(42 if axis.first != axis.last else 26)
    ]
    return [*drawn, f'<path class="pm-hair" d="M{number(axis.right)} 12V{number(bottom)}"/>']


def _lines(axis: TimeAxis, tallest: float, ground: float) -> list[str]:
    drawn = [f'<path class="pm-axis" d="M0 {number(ground)}H{number(axis.right)}"/>']
    for step, _, name in STEPS:
        y = ground - height(step, _DECADE)
        if ground - y <= max(tallest, 60):
            drawn.append(
                f'<path class="pm-hair" d="M0 {number(y)}H{number(axis.right)}"/>'
                f'<text x="3" y="{number(y - 3)}" class="pm-t-tick">{name}</text>'
            )
    return drawn

"""The phase bar of one incident: how long it went unseen, how long people responded, how long recovery took.

The bar is linear, because phases are compared as lengths. Where detection would be too short to see, a second row
magnifies the first minutes. Every picture comes in a wide and a narrow form, of which the stylesheet shows one, and
with its numbers in a table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from markupsafe import Markup, escape

from postmortems.model.durations import Durations
from postmortems.model.front_matter import FrontMatter
from postmortems.render.charts.detection_zoom import magnified, without_detection, zoom_shape, zoom_window
from postmortems.render.charts.phase_layout import ZERO, Moment, PhaseLayout, course_of
from postmortems.render.charts.phase_numbers import spoken, table, verdict_words
from postmortems.render.charts.scale import Form, step_for, text_width, tick_words
from postmortems.render.charts.segments import segment_shape, target_line
from postmortems.render.charts.svg import number, text, tick
from postmortems.render.words.formats import duration_words

_BAR = 30
_ROW = 36
_GAP = 12
_BESIDE = 4


_FORMS = (Form("wide", 880, 6, 492.8, True), Form("narrow", 358, 4.5, 358, False))


def phase_bar(matter: FrontMatter, lengths: Durations) -> Markup:
    """The picture in both its forms and its numbers, as safe HTML."""
    course = course_of(matter)
    label = escape(spoken(matter, lengths) if isinstance(course, PhaseLayout) else course)
    drawn = [
        _picture(form, course, lengths, matter.severity, label)
        if isinstance(course, PhaseLayout)
        else _nothing(form, course, label)
        for form in _FORMS
    ]
    return Markup("".join(drawn)) + table(matter, lengths)  # noqa: S704 - every text in it is escaped


def _open(form: Form, height: float, label: Markup) -> str:
    return (
        f'<svg class="pm-chart pm-chart--{form.name}" viewBox="0 0 {number(form.width)} {number(height)}" role="img" '
        f'aria-label="{label}">'
    )


def _nothing(form: Form, why: str, label: Markup) -> str:
    words = why if text_width(why) < form.width else why.partition(":")[0]
    return (
        f'{_open(form, 34, label)}<rect class="pm-seg--unk" x=".75" y=".75" width="{number(form.width - 1.5)}" '
        f'height="28"/>{text(form.width / 2, 20, words, "pm-t-label", "middle")}</svg>'
    )


def _picture(form: Form, course: PhaseLayout, lengths: Durations, severity: str | None, label: Markup) -> str:
    window = zoom_window(course, lengths.target)
    moments = course.moments
    if window:
        moments = tuple(one for one in (without_detection(moment) for moment in moments) if one)
    placed, levels = _levels(form, course, moments)
    top = 46 + _ROW * (levels - 1)
    below = top + _BAR

    def x(at: timedelta) -> float:
        return form.width * (at / course.extent)

    parts: list[str] = []
    if window:
        parts.append(zoom_shape(form, x(window), below))
    target = lengths.target if course.detection and not window else None
    parts += [
        segment_shape(segment, x, ZERO, course.extent, top, _BAR, named=True, avoid=target)
        for segment in course.segments
    ]
    lines = [
        f"M{number(min(max(one.at, 0.8), form.width - 0.8))} {number(36 + _ROW * (levels - 1 - one.level))}"
        f"V{number(below)}"
        for one in placed
    ]
    parts.append(f'<path class="pm-tickline" d="{"".join(lines)}"/>')
    for one in placed:
        y = 14 + _ROW * (levels - 1 - one.level)
        parts.append(text(one.x, y, one.name, "pm-t-label pm-t-strong", one.anchor))
        parts.append(text(one.x, y + 16, one.clock, "pm-t-label pm-t-num", one.anchor))
    parts.append(_axis(form, course, x, below, target))
    height: float = below + 26
    if window:
        parts.append(magnified(form, course, window, lengths, severity, below))
        height = below + (118 if form.spoken else 154)
    elif target is not None:
        parts.append(_target(form, course, x, target, verdict_words(lengths), top))
        height = below + 42
    return f"{_open(form, height, label)}{''.join(parts)}</svg>"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A moment's label: two lines at `x` that reach from `left` to `right`, on a level counted from the bar upwards."""

    moment: Moment
    name: str
    clock: str
    at: float
    x: float
    left: float
    right: float
    anchor: str
    level: int = 0


def _levels(form: Form, course: PhaseLayout, moments: tuple[Moment, ...]) -> tuple[list[_Placed], int]:
    """The labels in the order of the moments, and how many levels they take.

    They are stacked from one side; from the left, unless only from the right no line runs through a label below it.
    """
    labels = _labels(form, course, moments)
    stacks = (_stacked(labels), _stacked(labels[::-1])[::-1])
    placed = min(stacks, key=_crossings)
    return placed, max((one.level + 1 for one in placed), default=1)


def _labels(form: Form, course: PhaseLayout, moments: tuple[Moment, ...]) -> list[_Placed]:
    """The labels of the moments, all on the lowest level."""
    labels: list[_Placed] = []
    for moment in moments:
        at = form.width * (moment.at / course.extent)
        name = ", ".join(moment.names)
        if form.spoken and moment.since is not None and moment.at > ZERO:
            name += f" · +{duration_words(moment.since)}"
        elif moment.since is not None and moment.since < ZERO:
            name += " before the start"
        clock = f"{moment.day} {moment.clock}" if form.spoken and course.several_days else moment.clock
        width = max(text_width(name, 12, bold=True), text_width(clock, 12))
        anchor, x, left = "middle", at, at - width / 2
        if left < 0:
            anchor, x = "", at if at > 8 else 0.0
            left = x
        elif at + width / 2 > form.width:
            anchor, x = "end", at if at < form.width - 2 else form.width
            left = x - width
        labels.append(_Placed(moment, name, clock, at, x, left, left + width, anchor))
    return labels


def _stacked(labels: Sequence[_Placed]) -> list[_Placed]:
    """Labels in the order given, each on the lowest level where it neither touches another nor hides the line of one
    that has climbed above it."""
    placed: list[_Placed] = []
    for label in labels:
        level = 0
        while any(
            (one.level == level and one.right + _GAP > label.left and label.right + _GAP > one.left)
            or (one.level > level and _runs_through(one, label))
            for one in placed
        ):
            level += 1
        placed.append(replace(label, level=level))
    return placed


def _crossings(placed: Sequence[_Placed]) -> int:
    """How many lines run through a label that stands below theirs."""
    return sum(one.level > other.level and _runs_through(one, other) for one in placed for other in placed)


def _runs_through(one: _Placed, other: _Placed) -> bool:
    return other.left - _BESIDE < one.at < other.right + _BESIDE


def _axis(form: Form, course: PhaseLayout, x: Callable[[timedelta], float], y: float, target: timedelta | None) -> str:
    """Round lengths since the start below the bar; none where the start is unknown."""
    if course.lead:
        return ""
    step = step_for(course.known, form.parts)
    parts = []
    at = step
    while at <= course.known:
        where = x(at)
        parts.append(tick(where, y))
        words = tick_words(at)
        if target is None or abs(where - x(target)) > text_width(words, 12) / 2 + 6:
            anchor = "end" if where + text_width(words, 12) / 2 > form.width else "middle"
            parts.append(text(where, y + 18, words, "pm-t-tick", anchor))
        at += step
    return "".join(parts)


def _target(
    form: Form, course: PhaseLayout, x: Callable[[timedelta], float], target: timedelta, verdict: str, top: float
) -> str:
    """The detection target as a dotted tick below the bar, with what became of it in words."""
    below = top + _BAR
    words = f"target {duration_words(target)}, {verdict}"
    if target > course.extent:
        return text(form.width, below + 36, f"{words}; beyond this bar", "pm-t-target", "end")
    at = min(max(x(target), 1), form.width - 1)
    width = text_width(words, 12, bold=True)
    # Beside its line, on the right if there is room; where there is none on either side, below it.
    if at + 6 + width <= form.width:
        where, anchor = at + 6, ""
    else:
        where, anchor = at - 6 if at - 6 >= width else form.width, "end"
    return target_line(course, target, at, top, below, below + 28) + text(
        where, below + 36, words, "pm-t-target", anchor
    )

"""The first minutes of a long incident, magnified under its phase bar, so that detection can be seen at all."""

from __future__ import annotations

from datetime import timedelta

from postmortems.model.durations import Durations
from postmortems.render.charts.phase_layout import ZERO, Moment, PhaseLayout
from postmortems.render.charts.phase_numbers import note_words
from postmortems.render.charts.scale import STEPS, Form, step_for, text_width, tick_words
from postmortems.render.charts.segments import segment_shape, target_line
from postmortems.render.charts.svg import number, text, tick
from postmortems.render.words.formats import duration_words

MAGNIFY_BELOW = 0.04
"""The share of the bar under which detection is drawn a second time, magnified."""

_AT_MOST = 0.25
_BAR = 22


def zoom_window(course: PhaseLayout, target: timedelta | None) -> timedelta | None:
    """How much of the beginning is magnified, or None where detection is long enough to see."""
    if course.detection is None or course.detection.at >= course.extent * MAGNIFY_BELOW:
        return None
    aim = max(course.detection.at, target or ZERO)
    if aim <= ZERO:
        return None
    for factor in (3.0, 1.5):
        window = next((step for step in STEPS if step >= aim * factor), None)
        if window and window <= course.extent * _AT_MOST:
            return window
    return None


def without_detection(moment: Moment) -> Moment | None:
    """A moment as the unmagnified row names it."""
    names = tuple(name for name in moment.names if name != "detected")
    return Moment(names, moment.at, moment.clock, moment.day, moment.since) if names else None


def zoom_shape(form: Form, right: float, below: float) -> str:
    shown = max(right, 3)
    return (
        f'<path class="pm-lens" d="M0 {number(below)}H{number(shown)}V{number(below + 26)}'
        f'L{number(form.lens)} {number(below + 68)}H0Z"/>'
    )


def magnified(
    form: Form, course: PhaseLayout, window: timedelta, lengths: Durations, severity: str | None, below: float
) -> str:
    top, bottom = below + 68, below + 68 + _BAR
    detection = course.detection
    assert detection is not None

    def x(at: timedelta) -> float:
        return form.lens * (at / window)

    target = lengths.target
    parts = [
        segment_shape(segment, x, ZERO, window, top, _BAR, named=False, avoid=target) for segment in course.segments
    ]
    at = max(x(detection.at), 0.8)
    when = duration_words(detection.since)
    after = (
        "before the start" if detection.since and detection.since < ZERO else when if when == "at once" else f"+{when}"
    )
    words = f"detected {detection.clock} · {after}"
    fits = at + 7 + text_width(words, bold=True) <= form.lens
    parts.append(f'<path class="pm-tickline" d="M{number(at)} {number(top - 14)}V{number(bottom)}"/>')
    parts.append(text(at + 7 if fits else at - 7, top - 5, words, "pm-t-strong", "" if fits else "end"))
    if target is not None and target <= window:
        where = x(target)
        parts.append(target_line(course, target, where, top, bottom, bottom + 7))
        words = f"target {duration_words(target)}"
        room = text_width(words, 12, bold=True) / 2 + 6
        where = min(max(where, room - 6), form.lens - room)
        parts.append(text(where, bottom + 20, words, "pm-t-target", "middle"))
    else:
        where, room = 0.0, 0.0
    step = step_for(window, 3.1)
    at_tick = ZERO
    while at_tick <= window:
        mark, words = x(at_tick), tick_words(at_tick)
        parts.append(tick(min(max(mark, 0.5), form.lens - 0.5), bottom))
        if not room or abs(mark - where) > room + text_width(words, 12) / 2:
            anchor = "" if at_tick == ZERO else "end" if mark > form.lens - 20 else "middle"
            parts.append(text(mark, bottom + 20, words, "pm-t-tick", anchor))
        at_tick += step
    factor = (form.lens / window.total_seconds()) / (form.width / course.extent.total_seconds())
    notes = (f"The first {_first(window)}, magnified {factor:,.0f}×.", note_words(lengths, severity))
    left, y, line = (form.lens + 18, top + 9, 17) if form.spoken else (0.0, bottom + 44, 17)
    parts += [text(left, y + line * row, note, "pm-t-note") for row, note in enumerate(notes) if note]
    return "".join(parts)


def _first(window: timedelta) -> str:
    words = tick_words(window)
    count, _, unit = words.partition(" ")
    name = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days"}[unit]
    return name[:-1] if count == "1" else f"{count} {name}"

"""The first minutes of a long incident, magnified under its phase bar, so that detection can be seen at all."""

from __future__ import annotations

from datetime import timedelta

from markupsafe import Markup

from postmortems.model.durations import Durations
from postmortems.render.charts.phase_layout import ZERO, Moment, PhaseLayout
from postmortems.render.charts.phase_numbers import note_words
from postmortems.render.charts.phase_row import PhaseForm, PhaseRow
from postmortems.render.charts.scale import STEPS, step_for, text_width, tick_words
from postmortems.render.charts.svg import joined, number, path, text, tick, vertical
from postmortems.render.words.formats import duration_words

MAGNIFY_BELOW = 0.04
"""The share of the bar under which detection is drawn a second time, magnified."""

_AT_MOST = 0.25
_BAR = 22
_TOP = 68


def zoom_window(layout: PhaseLayout, target: timedelta | None) -> timedelta | None:
    """The length of the beginning that is magnified, or None where detection is long enough to see."""
    if layout.detection is None or layout.detection.at >= layout.extent * MAGNIFY_BELOW:
        return None
    aim = max(layout.detection.at, target or ZERO)
    if aim <= ZERO:
        return None
    for factor in (3.0, 1.5):
        window = next((step for step in STEPS if step >= aim * factor), None)
        if window and window <= layout.extent * _AT_MOST:
            return window
    return None


def without_detection(moment: Moment) -> Moment | None:
    """A moment as the unmagnified row names it."""
    names = tuple(name for name in moment.names if name != "detected")
    return Moment(names, moment.at, moment.clock, moment.day, moment.since) if names else None


def zoom_shape(form: PhaseForm, right: float, below: float) -> Markup:
    """The shape that leads from the beginning of the bar, up to `right`, to the magnified row."""
    lines = f"M0 {number(below)}H{number(max(right, 3))}V{number(below + 26)}"
    return path("pm-lens", f"{lines}L{number(form.zoom_width)} {number(below + _TOP)}H0Z")


def magnified(
    form: PhaseForm, layout: PhaseLayout, window: timedelta, lengths: Durations, severity: str | None, below: float
) -> Markup:
    """The magnified row under the bar that ends at `below`: detection, the target where it is within, and notes."""
    width = form.zoom_width
    row = PhaseRow(layout, width, window, below + _TOP, _BAR)
    detection, target = layout.detection, lengths.target
    assert detection is not None
    shapes = row.segments(avoid=target, with_names=False)
    at = max(row.x(detection.at), 0.8)
    words = f"detected {detection.clock} · {_since_words(detection)}"
    fits = at + 7 + text_width(words, bold=True) <= width
    shapes.append(vertical("pm-tickline", at, row.top - 14, row.bottom))
    shapes.append(text(at + 7 if fits else at - 7, row.top - 5, words, "pm-t-strong", "" if fits else "end"))
    target_x, room = 0.0, 0.0
    if target is not None and target <= window:
        target_x = row.x(target)
        shapes.append(row.target_line(target, target_x, row.bottom + 7))
        words = f"target {duration_words(target)}"
        room = text_width(words, 12, bold=True) / 2 + 6
        target_x = min(max(target_x, room - 6), width - room)
        shapes.append(text(target_x, row.bottom + 20, words, "pm-t-target", "middle"))
    step = step_for(window, 3.1)
    at_tick = ZERO
    while at_tick <= window:
        x, words = row.x(at_tick), tick_words(at_tick)
        shapes.append(tick(min(max(x, 0.5), width - 0.5), row.bottom))
        if not room or abs(x - target_x) > room + text_width(words, 12) / 2:
            anchor = "" if at_tick == ZERO else "end" if x > width - 20 else "middle"
            shapes.append(text(x, row.bottom + 20, words, "pm-t-tick", anchor))
        at_tick += step
    factor = (width / window.total_seconds()) / (form.width / layout.extent.total_seconds())
    notes = (f"The first {_first(window)}, magnified {factor:,.0f}×.", note_words(lengths, severity))
    left, y = (width + 18, row.top + 9) if form.with_details else (0.0, row.bottom + 44)
    shapes += [text(left, y + 17 * line, note, "pm-t-note") for line, note in enumerate(notes) if note]
    return joined(shapes)


def _since_words(detection: Moment) -> str:
    if detection.since and detection.since < ZERO:
        return "before the start"
    return f"+{duration_words(detection.since)}" if detection.since else "immediately"


def _first(window: timedelta) -> str:
    words = tick_words(window)
    count, _, unit = words.partition(" ")
    name = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days"}[unit]
    return name[:-1] if count == "1" else f"{count} {name}"

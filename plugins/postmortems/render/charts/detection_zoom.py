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

_AT_MOST = 0.5
_WIDER_BY = 1.8
_BAR = 22
_TOP = 46


def zoom_window(layout: PhaseLayout, target: timedelta | None) -> timedelta | None:
    """The length of the beginning that is magnified, or None where detection is long enough to see, or took no time.

    It is the next round one above 1.8 times the larger of detection and target; that of detection alone where a long
    target would leave nothing to magnify.
    """
    detection = layout.detection
    if detection is None or not ZERO < detection.at < layout.extent * MAGNIFY_BELOW:
        return None
    for aim in (max(detection.at, target or ZERO), detection.at):
        window = next((step for step in STEPS if step >= aim * _WIDER_BY), None)
        if window and window <= layout.extent * _AT_MOST:
            return window
    return None


def without_detection(moment: Moment) -> Moment | None:
    """A moment as the unmagnified row names it."""
    names = tuple(name for name in moment.names if name != "detected")
    return Moment(names, moment.at, moment.clock, moment.day, moment.since) if names else None


def zoom_shape(form: PhaseForm, right: float, below: float) -> Markup:
    """The shape that leads from the beginning of the bar, up to `right`, to the magnified row."""
    lines = f"M0 {number(below)}H{number(max(right, 3))}V{number(below + 20)}"
    return path("pm-lens", f"{lines}L{number(form.zoom_width)} {number(below + _TOP)}H0Z")


def magnified(
    form: PhaseForm, layout: PhaseLayout, window: timedelta, lengths: Durations, severity: str | None, below: float
) -> tuple[Markup, float]:
    """The magnified row under the bar that ends at `below`: detection, the target where it is within, and notes; and
    the lower edge of all that."""
    width = form.zoom_width
    row = PhaseRow(layout, width, window, below + _TOP, _BAR)
    target = lengths.target if lengths.target is not None and lengths.target <= window else None
    shapes = [*row.segments(avoid=target, with_names=False), _detection(form, row)]
    taken: list[tuple[float, float]] = []
    if target is not None:
        shapes.append(row.target_line(target, row.x(target), row.bottom + 7))
        words = f"target {duration_words(target)}"
        half = text_width(words, 12, bold=True) / 2
        x = min(max(row.x(target), half), width - half)
        taken.append((x - half, x + half))
        shapes.append(text(x, row.bottom + 20, words, "pm-t-target", "middle"))
    step = step_for(window, 3.1)
    for index in (0, *range(int(window / step), 0, -1)):
        x, words = row.x(step * index), tick_words(step * index)
        room = text_width(words, 12)
        left = 0.0 if index == 0 else min(x - room / 2, width - room)
        shapes.append(tick(min(max(x, 0.5), width - 0.5), row.bottom))
        if all(left + room + 8 <= begin or end + 8 <= left for begin, end in taken):
            taken.append((left, left + room))
            shapes.append(text(left, row.bottom + 20, words, "pm-t-tick"))
    factor = (width / window.total_seconds()) / (form.width / layout.extent.total_seconds())
    notes = [f"First {_first(window)}, magnified {factor:,.0f}×", note_words(lengths, severity)]
    beside = form.width - width - 18 >= max(map(text_width, notes))
    left, y = (width + 18, row.top + 9) if beside else (0.0, row.bottom + 38)
    shapes += [text(left, y + 17 * line, note, "pm-t-note") for line, note in enumerate(notes) if note]
    return joined(shapes), row.bottom + (28 if beside else 62)


def _detection(form: PhaseForm, row: PhaseRow) -> Markup:
    """The line of the detection and its label beside it; above it where there is no room."""
    detection = row.layout.detection
    assert detection is not None
    at = max(row.x(detection.at), 0.8)
    clock = f"{detection.day} {detection.clock}" if row.layout.several_days else detection.clock
    words = f"detected {clock} · +{duration_words(detection.since)}"
    fits = at + 7 + text_width(words, bold=True) <= form.width
    line = vertical("pm-tickline", at, row.top - (14 if fits else 2), row.bottom)
    return line + text(at + 7 if fits else form.width, row.top - 5, words, "pm-t-strong", "" if fits else "end")


def _first(window: timedelta) -> str:
    words = tick_words(window)
    count, _, unit = words.partition(" ")
    name = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days"}[unit]
    return name[:-1] if count == "1" else f"{count} {name}"

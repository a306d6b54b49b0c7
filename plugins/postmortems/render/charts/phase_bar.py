"""The phase bar of one incident: the time until detection, the response, and the recovery, as lengths.

The bar is linear, because phases are compared as lengths. Where detection would be too short to see, a second row
magnifies the first minutes (`detection_zoom`). Every picture comes in three widths, and with its numbers in a table.
"""

from __future__ import annotations

from datetime import timedelta

from markupsafe import Markup

from postmortems.model.durations import Durations
from postmortems.model.front_matter import FrontMatter
from postmortems.render.base.page import PHASES
from postmortems.render.charts.detection_zoom import magnified, without_detection, zoom_shape, zoom_window
from postmortems.render.charts.phase_labels import LEVEL_HEIGHT, label_shapes, labels_of
from postmortems.render.charts.phase_layout import PhaseLayout, layout_of
from postmortems.render.charts.phase_numbers import spoken, table, verdict_words
from postmortems.render.charts.phase_row import FORMS, PhaseForm, PhaseRow
from postmortems.render.charts.scale import step_for, text_width, tick_words
from postmortems.render.charts.svg import NOTHING, Form, element, frame, joined, number, path, text
from postmortems.render.words.formats import duration_words

_BAR = 30


def phase_bar(matter: FrontMatter, lengths: Durations) -> Markup:
    """The picture in all its forms, and its numbers."""
    layout = layout_of(matter)
    if isinstance(layout, PhaseLayout):
        label = spoken(matter, lengths)
        drawn = [_picture(form, layout, lengths, matter.severity, label) for form in FORMS]
    else:
        drawn = [_nothing(form, layout) for form in FORMS]
    return joined(drawn) + table(matter, lengths)


def _nothing(form: PhaseForm, why: str) -> Markup:
    words = why if text_width(why) < form.width else why.partition(",")[0]
    shapes = (
        element("rect", css_class="pm-seg--unk", x=".75", y=".75", width=form.width - 1.5, height=28),
        text(form.width / 2, 20, words, "pm-t-label", "middle"),
    )
    return frame(form.form, form.width, 34, shapes, label=why, role="img")


def _picture(form: PhaseForm, layout: PhaseLayout, lengths: Durations, severity: str | None, label: str) -> Markup:
    window = zoom_window(layout, lengths.target)
    moments = layout.moments
    if window:
        moments = tuple(filter(None, map(without_detection, moments)))
    labels, levels = labels_of(moments, layout, form.width)
    top = 46 + LEVEL_HEIGHT * (levels - 1)
    row = PhaseRow(layout, form.width, layout.extent, top, _BAR)
    target = lengths.target if layout.detection and not window else None
    shapes = [zoom_shape(form, row.x(window), row.bottom)] if window else []
    shapes += row.segments(avoid=target)
    shapes += label_shapes(labels, levels, form.width, row.bottom)
    shapes.append(_axis(form, row, target))
    height: float = row.bottom + 26
    if window:
        drawn, height = magnified(form, layout, window, lengths, severity, row.bottom)
        shapes.append(drawn)
    elif target is not None:
        shapes.append(_target(row, target, verdict_words(lengths)))
        height = row.bottom + 42
    if form.form is Form.NARROW:
        # With a class of its own: drawn again elsewhere, it sees no element around it.
        shapes = [element("g", joined(shapes), id=PHASES, css_class="pm-chart")]
    return frame(form.form, form.width, height, shapes, label=label, role="img")


def _axis(form: PhaseForm, row: PhaseRow, target: timedelta | None) -> Markup:
    """Round lengths since the start below the bar; none where the start is unknown."""
    if row.layout.lead:
        return NOTHING
    step = step_for(row.layout.known, form.parts)
    shapes = []
    ticks = ""
    free = 0.0
    at = step
    while at <= row.layout.known:
        x = row.x(at)
        ticks += f"M{number(x)} {number(row.bottom)}v5"
        words = tick_words(at)
        room = text_width(words, 12)
        left = min(x - room / 2, row.width - room)
        # A label that would touch its neighbour, or the line of the target, is left out.
        if left >= free and (target is None or abs(left + room / 2 - row.x(target)) > room / 2 + 6):
            shapes.append(element("text", words, x=left + room / 2, y=row.bottom + 18))
            free = left + room + 8
        at += step
    if not ticks:
        return NOTHING
    named = element("g", joined(shapes), css_class="pm-t-tick", text_anchor="middle") if shapes else NOTHING
    return path("pm-hair--tick", ticks) + named


def _target(row: PhaseRow, target: timedelta, verdict: str) -> Markup:
    """The detection target as a dotted tick below the bar, with the verdict in words."""
    words = f"target {duration_words(target)}, {verdict}"
    y = row.bottom + 36
    if target > row.layout.extent:
        return text(row.width, y, f"{words} (off the chart)", "pm-t-target", "end")
    at = min(max(row.x(target), 1), row.width - 1)
    width = text_width(words, 12, bold=True)
    # Right of its line if there is room, else left of it, else below it.
    if at + 6 + width <= row.width:
        x, anchor = at + 6, ""
    else:
        x, anchor = at - 6 if at - 6 >= width else row.width, "end"
    return row.target_line(target, at, row.bottom + 28) + text(x, y, words, "pm-t-target", anchor)

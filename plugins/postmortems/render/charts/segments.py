"""What both rows of the phase bar draw alike: stretches of the incident, and the detection target."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from postmortems.render.charts.phase_layout import PhaseKind, PhaseLayout, Segment
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import number, text


def segment_shape(
    segment: Segment,
    x: Callable[[timedelta], float],
    begin: timedelta,
    end: timedelta,
    y: float,
    height: float,
    *,
    named: bool,
    avoid: timedelta | None = None,
) -> str:
    """What of a segment lies between `begin` and `end`, with the longest of its words that has room.

    The words keep to one side of `avoid`, where the target's line runs.
    """
    left, right = x(max(segment.begin, begin)), x(min(segment.end, end))
    if right <= left:
        return ""
    shown = (
        f'<rect class="pm-seg--{segment.kind}" x="{number(left)}" y="{number(y)}" '
        f'width="{number(max(right - left, 1.5))}" height="{number(height)}"/>'
    )
    if avoid is not None and left < x(avoid) < right:
        left, right = max((left, x(avoid)), (x(avoid), right), key=lambda side: side[1] - side[0])
    choices = segment.words if named else segment.words[1:2]
    words = next((one for one in choices if text_width(one) + 8 <= right - left), "")
    if words:
        look = "pm-t-label" if segment.kind is PhaseKind.UNKNOWN else f"pm-t-on-{segment.kind}"
        shown += text((left + right) / 2, y + height / 2 + 4.5, words, look, "middle")
    return shown


def target_line(course: PhaseLayout, target: timedelta, x: float, top: float, bottom: float, foot: float) -> str:
    """The detection target as a dotted line through the bar, and below it down to `foot`.

    On the dark stretches it is white; elsewhere it has the colour of text.
    """
    kind = next((one.kind for one in course.segments if one.begin <= target <= one.end), PhaseKind.UNKNOWN)
    on = " pm-target--on" if kind in {PhaseKind.UNSEEN, PhaseKind.RESPONDING} else ""
    return (
        f'<path class="pm-target{on}" d="M{number(x)} {number(top)}V{number(bottom)}"/>'
        f'<path class="pm-target" d="M{number(x)} {number(bottom)}V{number(foot)}"/>'
    )

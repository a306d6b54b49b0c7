"""One row of the phase bar: segments of the incident from its beginning on, and the detection target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from postmortems.render.charts.phase_layout import ZERO, PhaseKind, PhaseLayout, Segment
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import NOTHING, Form, number, path, rect, text


@dataclass(frozen=True, slots=True)
class PhaseForm:
    """One form of the picture: its width, the most parts of its axis, and the width of the magnified row."""

    form: Form
    width: float
    parts: float
    zoom_width: float


FORMS = (PhaseForm(Form.WIDE, 900, 6, 504), PhaseForm(Form.BESIDE, 600, 6, 300), PhaseForm(Form.NARROW, 358, 4.5, 358))


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A row that shows an incident up to the length `until`, linear over its width."""

    layout: PhaseLayout
    width: float
    until: timedelta
    top: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def x(self, at: timedelta) -> float:
        """The place of a length from the left end of the bar."""
        return self.width * (at / self.until)

    def segments(self, *, avoid: timedelta | None, with_names: bool = True) -> list[Markup]:
        """The segments, each with the longest of its words that has room, on one side of `avoid` where a line runs."""
        return [self._segment(segment, avoid, with_names) for segment in self.layout.segments]

    def _segment(self, segment: Segment, avoid: timedelta | None, with_names: bool) -> Markup:
        left, right = self.x(max(segment.begin, ZERO)), self.x(min(segment.end, self.until))
        if right <= left:
            return NOTHING
        shown = rect(f"pm-seg--{segment.kind}", left, self.top, max(right - left, 1.5), self.height)
        if avoid is not None and left < self.x(avoid) < right:
            left, right = max((left, self.x(avoid)), (self.x(avoid), right), key=lambda side: side[1] - side[0])
        choices = segment.words if with_names else segment.words[1:2]
        words = next((words for words in choices if text_width(words) + 8 <= right - left), "")
        if words:
            css_class = "pm-t-label" if segment.kind is PhaseKind.UNKNOWN else f"pm-t-on-{segment.kind}"
            shown += text((left + right) / 2, self.top + self.height / 2 + 4.5, words, css_class, "middle")
        return shown

    def target_line(self, target: timedelta, x: float, foot: float) -> Markup:
        """The detection target as a dotted line through the row, and below it down to `foot`.

        On the dark segments it is white; elsewhere it has the colour of text.
        """
        segments = self.layout.segments
        kind = next((segment.kind for segment in segments if segment.begin <= target <= segment.end), PhaseKind.UNKNOWN)
        through = f"M{number(x)} {number(self.top)}V{number(self.bottom)}"
        below = f"M{number(x)} {number(self.bottom)}V{number(foot)}"
        if kind in {PhaseKind.UNDETECTED, PhaseKind.RESPONDING}:
            return path("pm-target pm-target--on", through) + path("pm-target", below)
        return path("pm-target", through + below)

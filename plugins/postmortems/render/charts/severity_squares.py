"""Incidents of a service by severity: one square per incident, or one bar where they are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from postmortems.render.charts.svg import Form, frame, rect
from postmortems.render.words.severity import severity_weight

MOST_SQUARES = 12
_STEP, _SIDE = 13, 10.6
_LONGEST = 150


def severity_squares(severities: Sequence[str | None], scale: Sequence[str], most: int) -> Markup:
    """The severities of incidents, in time. Bars of one page are on one scale: `most` is the number of the longest."""
    label = ", ".join(f"{count:,} {severity or 'severity unknown'}" for severity, count in _counts(severities, scale))
    if most <= MOST_SQUARES:
        shapes = [
            rect(_look(severity, scale), place * _STEP + 0.7, 0.7, _SIDE, _SIDE)
            for place, severity in enumerate(severities)
        ]
        width = float(_STEP * len(severities))
    else:
        shapes, width = [], 0.0
        for severity, count in _counts(severities, scale):
            length = _LONGEST * count / most
            shapes.append(rect(_look(severity, scale), width + 0.7, 0.7, max(length - 1.4, 1), _SIDE))
            width += max(length, 2)
    return frame(Form.SQUARES, width, 12, shapes, label=label, role="img", is_sized=True)


def _counts(severities: Sequence[str | None], scale: Sequence[str]) -> list[tuple[str | None, int]]:
    """The number of incidents of each severity, worst first; those without one come last."""
    places = {severity: place for place, severity in enumerate(scale)}
    return sorted(Counter(severities).items(), key=lambda pair: (places.get(pair[0] or "", len(scale)), pair[0] or ""))


def _look(severity: str | None, scale: Sequence[str]) -> str:
    return f"pm-sv--{severity_weight(severity, tuple(scale))}"

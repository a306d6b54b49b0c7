"""The incidents of one pattern as ticks on a line as wide as a word; tall where the pattern led."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from postmortems.analyse.occurrences import Occurrence
from postmortems.render.charts.svg import frame, horizontal, number, path
from postmortems.render.charts.time_axis import TimeAxis, when

WIDTH, HEIGHT = 196, 18
_GROUND, _LOW, _HIGH = 15, 8, 3


def sparkline(occurrences: Iterable[Occurrence], years: tuple[int, int], mark: str) -> Markup:
    """The line over all `years` of the corpus, so that patterns can be compared; its count is beside it."""
    axis = TimeAxis(*years, 1, WIDTH - 1)
    # Ticks on one half pixel are one tick: the picture's size does not grow with the corpus.
    tops: dict[float, int] = {}
    for occurrence in occurrences:
        if occurrence.postmortem.day:
            x = round(axis.x(when(occurrence.postmortem)) * 2) / 2
            tops[x] = min(tops.get(x, _LOW), _HIGH if occurrence.leads else _LOW)
    ticks = "".join(f"M{number(x)} {top}V{_GROUND}" for x, top in sorted(tops.items()))
    lines = (horizontal("pm-hair", _GROUND, 0, WIDTH), path("pm-spark", ticks))
    return frame(f"pm-sparkline pm-f-{mark or 'neutral'}", WIDTH, HEIGHT, lines, is_sized=True)

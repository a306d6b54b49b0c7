"""The incidents of one pattern as ticks on a line as wide as a word; tall where the pattern led."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from postmortems.model.postmortem import Postmortem
from postmortems.render.charts.svg import frame, horizontal, number, path
from postmortems.render.charts.time_axis import TimeAxis, when

WIDTH, HEIGHT = 196, 18
_GROUND, _LOW, _HIGH = 15, 8, 3


def sparkline(
    incidents: Iterable[Postmortem],
    days: Sequence[date],
    mark: str = "",
    leading: Iterable[Postmortem] = (),
    width: int = WIDTH,
) -> Markup:
    """The line over all years of the corpus, so that lines can be compared; the count of incidents is beside it.

    `days` are those of all incidents of the corpus, in order. The pattern led in the `leading` ones.
    """
    axis = TimeAxis(days[0].year, days[-1].year, 1, width - 1)
    led = {incident.path for incident in leading}
    # Ticks on one half pixel are one tick, of many on one pixel: the picture's size does not grow with the corpus.
    drawn = [incident for incident in incidents if incident.day]
    parts = 2 if len(drawn) < width else 1
    tops: dict[float, int] = {}
    for incident in drawn:
        x = round(axis.x(when(incident)) * parts) / parts
        tops[x] = min(tops.get(x, _LOW), _HIGH if incident.path in led else _LOW)
    ticks = "".join(f"M{number(x)} {top}V{_GROUND}" for x, top in sorted(tops.items()))
    lines = (horizontal("pm-hair", _GROUND, 0, width), path("pm-spark", ticks))
    return frame(f"pm-sparkline pm-f-{mark or 'neutral'}", width, HEIGHT, lines, is_sized=True)

"""The incidents of one pattern as ticks on a line as wide as a word; tall where the pattern led."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from postmortems.analyse.occurrences import Occurrence
from postmortems.render.charts.svg import number
from postmortems.render.charts.time_axis import TimeAxis, when

WIDTH, HEIGHT = 196, 18
_GROUND, _LOW, _HIGH = 15, 8, 3


def sparkline(members: Iterable[Occurrence], years: tuple[int, int], mark: str) -> Markup:
    """The line over all `years` of the corpus, so that patterns can be compared; its count stands beside it."""
    axis = TimeAxis(*years, 1, WIDTH - 1)
    # Ticks on one half pixel are one tick: the picture's size does not grow with the corpus.
    tops: dict[float, int] = {}
    for one in members:
        if one.postmortem.day:
            x = round(axis.x(when(one.postmortem)) * 2) / 2
            tops[x] = min(tops.get(x, _LOW), _HIGH if one.leads else _LOW)
    ticks = "".join(f"M{number(x)} {top}V{_GROUND}" for x, top in sorted(tops.items()))
    return Markup(  # noqa: S704 - only numbers and an escaped class
        f'<svg class="pm-sparkline pm-f-{escape(mark or "neutral")}" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" aria-hidden="true"><path class="pm-hair" d="M0 {_GROUND}H{WIDTH}"/>'
        f'<path class="pm-spark" d="{ticks}"/></svg>'
    )

"""Small pictures of the tiles: time from left to right, a quarter a point or a column, the running one hollow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from math import log10

from markupsafe import Markup

from postmortems.analyse.statistics import Summary
from postmortems.render.charts.svg import NOTHING, circle, frame, horizontal, number, path, rect

_WIDTH, _HEIGHT = 200, 40
_LEFT, _RIGHT, _TOP, _BOTTOM = 4, 196, 5, 36
_ZERO = timedelta(seconds=30)


def median_line(quarters: Sequence[Summary], target: timedelta | None = None) -> Markup:
    """Medians on a log scale with the band of their intervals; a quarter without a median is a gap.

    The last quarter is the running one. Empty without two medians.
    """
    known = [
        length for summary in quarters for length in (summary.median, summary.low, summary.high) if length is not None
    ]
    if sum(summary.median is not None for summary in quarters) < 2:
        return NOTHING
    known += [target] if target is not None else []
    low, high = log10(max(min(known), _ZERO) / _ZERO), log10(max(max(known), _ZERO) / _ZERO)

    def y(length: timedelta) -> float:
        share = (log10(max(length, _ZERO) / _ZERO) - low) / ((high - low) or 1)
        return _BOTTOM - share * (_BOTTOM - _TOP)

    pitch = (_RIGHT - _LEFT) / (len(quarters) - 1)
    points = [
        (_LEFT + place * pitch, None if summary.median is None else y(summary.median))
        for place, summary in enumerate(quarters)
    ]
    bands = [
        (_LEFT + place * pitch, y(summary.high) if summary.high is not None else float(_TOP), y(summary.low))
        for place, summary in enumerate(quarters)
        if summary.low is not None
    ]
    shapes = [_band(bands, pitch)]
    if target is not None:
        shapes.append(horizontal("pm-sp-target", y(target), 0, _WIDTH))
    shapes += [_line(points[:-1], "pm-sp-line"), _line(points[-2:], "pm-sp-line is-open")]
    shapes += _alone(points)
    x, last = points[-1]
    if last is not None:
        shapes.append(circle("pm-sp-end is-open", x, last, 3))
    return frame("pm-spark2", _WIDTH, _HEIGHT, shapes)


def _band(bands: Sequence[tuple[float, float, float]], pitch: float) -> Markup:
    """The intervals of quarters in a row as one shape; one that is alone is as wide as a column."""
    written = []
    runs = groupby(enumerate(bands), key=lambda entry: round(entry[1][0] / pitch) - entry[0])
    for _, run in runs:
        edge = [place for _, place in run]
        if len(edge) == 1:
            x, top, bottom = edge[0]
            edge = [(x - 3, top, bottom), (x + 3, top, bottom)]
        upper = [f"{number(x)} {number(top - 1)}" for x, top, _ in edge]
        lower = [f"{number(x)} {number(bottom + 1)}" for x, _, bottom in reversed(edge)]
        written.append(f"M{'L'.join([*upper, *lower])}Z")
    return path("pm-sp-band", "".join(written)) if written else NOTHING


def _line(points: Sequence[tuple[float, float | None]], css_class: str) -> Markup:
    written = []
    for is_known, run in groupby(points, key=lambda point: point[1] is not None):
        places = [f"{number(x)} {number(y)}" for x, y in run if y is not None]
        if is_known and len(places) > 1:
            written.append(f"M{'L'.join(places)}")
    return path(css_class, "".join(written)) if written else NOTHING


def _alone(points: Sequence[tuple[float, float | None]]) -> list[Markup]:
    """A dot for each median that no line reaches, since both its neighbours are gaps."""
    padded = [None, *(y for _, y in points), None]
    return [
        circle("pm-sp-end", x, y, 2.2)
        for place, (x, y) in enumerate(points[:-1])
        if y is not None and padded[place] is None and padded[place + 2] is None
    ]


def count_columns(counts: Sequence[int]) -> Markup:
    """A column a quarter; the last one is the running one. Empty without two quarters, and where all are zero."""
    if len(counts) < 2 or not any(counts):
        return NOTHING
    pitch = (_WIDTH - 4) / len(counts)
    shapes = []
    for place, count in enumerate(counts):
        height = count / max(counts) * 37
        css_class = "pm-sp-col is-open" if place == len(counts) - 1 else "pm-sp-col"
        shapes.append(rect(css_class, 2 + place * pitch + pitch * 0.1, 39 - height, pitch * 0.8, height))
    return frame("pm-spark2", _WIDTH, _HEIGHT, [*shapes, horizontal("pm-hair--tick", 39.5, 0, _WIDTH)])


def length_dots(lengths: Sequence[tuple[float, timedelta]], median: timedelta | None) -> Markup:
    """Incidents as dots over the whole time of a sample, each given as its part of that time; the median as a line."""
    if not lengths:
        return NOTHING
    longest = max(max(length for _, length in lengths), _ZERO * 2)

    def y(length: timedelta) -> float:
        return _BOTTOM - log10(max(length, _ZERO) / _ZERO) / log10(longest / _ZERO) * (_BOTTOM - _TOP)

    shapes = [circle("pm-mdot", _LEFT + part * (_RIGHT - _LEFT), y(length), 2) for part, length in lengths]
    line = [horizontal("pm-sp-line", y(median), 0, _WIDTH)] if median is not None else []
    return frame("pm-spark2", _WIDTH, _HEIGHT, [*shapes, *line])


def share_parts(parts: Sequence[tuple[str, int, str]], width: int = _WIDTH) -> Markup:
    """Parts of a whole as one bar, each of a class and as long as its number; the names are beside it."""
    total, x, shapes = sum(count for _, count, _ in parts), 1.0, []
    for css_class, count, _ in parts:
        length = count / total * (width - 2) if total else 0.0
        if count:
            shapes.append(rect(css_class, x + 0.5, 6, max(length - 1, 0.8), 15))
        x += length
    return frame("pm-spark2", width, 27, shapes) if total else NOTHING

"""The course of one incident in a row of a list: detected, mitigated and resolved on a log axis.

The axis is the same in every list, from a minute to thirty days, so that rows can be compared across pages.
"""

from __future__ import annotations

from datetime import timedelta
from math import log10

from markupsafe import Markup

from postmortems.model.durations import Durations
from postmortems.render.charts.svg import number

WIDTH, HEIGHT = 176, 24
_LEFT, _RIGHT = 6, 170
_FIRST, _LAST = timedelta(minutes=1), timedelta(days=30)
_TICKS = (
    (timedelta(minutes=1), "1 min", "start"),
    (timedelta(hours=1), "1 h", "middle"),
    (timedelta(days=1), "1 d", "middle"),
    (timedelta(weeks=1), "1 wk", "middle"),
)


def _x(length: timedelta) -> float:
    """The place of a length; what is shorter or longer than the axis stands at its end."""
    inside = min(max(length, _FIRST), _LAST)
    return _LEFT + log10(inside / _FIRST) / log10(_LAST / _FIRST) * (_RIGHT - _LEFT)


_AXIS = f"M{_LEFT} 12H{_RIGHT}" + "".join(f"M{number(_x(length))} 9V15" for length, *_ in _TICKS[1:])


def strip(lengths: Durations) -> Markup:
    """The picture of one row, hidden from screen readers: the row says the same in words. Empty if all is unknown."""
    ends = [one for one in (lengths.to_mitigate, lengths.to_recover) if one is not None]
    if not ends and lengths.to_detect is None:
        return Markup("")
    drawn = [f'<path class="pm-hair" d="{_AXIS}"/>']
    if ends and lengths.to_detect is not None:
        begin, end = sorted((_x(lengths.to_detect), _x(max(ends))))
        drawn.append(f'<path class="pm-run" d="M{number(begin)} 12H{number(end)}"/>')
    if lengths.to_mitigate is not None:
        drawn.append(f'<circle class="pm-s-mit" cx="{number(_x(lengths.to_mitigate))}" cy="12" r="3.2"/>')
    if lengths.to_recover is not None:
        drawn.append(f'<circle class="pm-s-res" cx="{number(_x(lengths.to_recover))}" cy="12" r="3.6"/>')
    if lengths.to_detect is not None:
        over = " is-over" if lengths.over_target else ""
        drawn.append(f'<path class="pm-s-det{over}" d="M{number(_x(lengths.to_detect))} 5V19"/>')
    return _svg("".join(drawn))


def strip_head() -> Markup:
    """The ticks of the axis, which stand once in the head of the list."""
    return _svg(
        "".join(
            f'<text x="{number(_x(length) if anchor == "middle" else 0)}" y="12" class="pm-t-tick" '
            f'text-anchor="{anchor}">{words}</text><path class="pm-hair" d="M{number(_x(length))} 17V22"/>'
            for length, words, anchor in _TICKS
        )
    )


def _svg(drawn: str) -> Markup:
    return Markup(  # noqa: S704 - only numbers and our own words
        f'<svg class="pm-strip" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">'
        f"{drawn}</svg>"
    )

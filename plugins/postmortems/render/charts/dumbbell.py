"""A share held against another: the group as a dot on its interval, all others as a tick."""

from __future__ import annotations

from markupsafe import Markup, escape

from postmortems.analyse.statistics import Interval
from postmortems.render.charts.svg import number, text

_WIDTH, _LEFT, _RIGHT, _LINE = 286, 6, 280, 12


def dumbbell(seen: float, interval: Interval | None, others: float, label: str) -> Markup:
    """Both shares, from 0 to 1, on one scale from none to all."""

    def x(share: float) -> float:
        return _LEFT + share * (_RIGHT - _LEFT)

    drawn = [f'<path class="pm-hair--tick" d="M{_LEFT} {_LINE}H{_RIGHT}"/>']
    drawn += [f'<path class="pm-hair--tick" d="M{number(x(share))} {_LINE - 3}V{_LINE + 3}"/>' for share in (0, 0.5, 1)]
    drawn += [
        text(_LEFT - 5, 32, "none", "pm-t-tick"),
        text(x(0.5), 32, "half", "pm-t-tick", "middle"),
        text(_RIGHT + 5, 32, "all", "pm-t-tick", "end"),
    ]
    if interval:
        drawn.append(
            f'<rect class="pm-iv" x="{number(x(interval.low))}" y="{_LINE - 5}" '
            f'width="{number(x(interval.high) - x(interval.low))}" height="10" rx="2"/>'
        )
    drawn.append(
        f'<path class="pm-axis" d="M{number(x(others))} {_LINE}H{number(x(seen))}"/>'
        f'<path class="pm-med" d="M{number(x(others))} {_LINE - 8}V{_LINE + 8}"/>'
        f'<circle class="pm-dot pm-dot--seen" cx="{number(x(seen))}" cy="{_LINE}" r="5"/>'
    )
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg class="pm-chart pm-dumbbell" viewBox="0 0 {_WIDTH} 36" width="{_WIDTH}" height="36" role="img" '
        f'aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )

"""A finding drawn: the share of its group as a dot on its interval, that of all others as a tick."""

from __future__ import annotations

from markupsafe import Markup

from postmortems.analyse.findings.finding import Finding
from postmortems.render.charts.svg import circle, frame, horizontal, rect, text, vertical

_WIDTH, _LEFT, _RIGHT, _LINE = 286, 6, 280, 12


def dumbbell(finding: Finding) -> Markup:
    """Both shares on one scale from none to all."""
    seen, others = finding.support / finding.n, finding.rest_matching / finding.rest

    def x(share: float) -> float:
        return _LEFT + share * (_RIGHT - _LEFT)

    shapes = [horizontal("pm-hair--tick", _LINE, _LEFT, _RIGHT)]
    shapes += [vertical("pm-hair--tick", x(share), _LINE - 3, _LINE + 3) for share in (0, 0.5, 1)]
    shapes += [
        text(_LEFT - 5, 32, "none", "pm-t-tick"),
        text(x(0.5), 32, "half", "pm-t-tick", "middle"),
        text(_RIGHT + 5, 32, "all", "pm-t-tick", "end"),
    ]
    if finding.interval:
        low, high = x(finding.interval.low), x(finding.interval.high)
        shapes.append(rect("pm-iv", low, _LINE - 5, high - low, 10, rx=2))
    shapes += [
        horizontal("pm-axis", _LINE, x(others), x(seen)),
        vertical("pm-med", x(others), _LINE - 8, _LINE + 8),
        circle("pm-dot pm-dot--seen", x(seen), _LINE, 5),
    ]
    label = f"{finding.support:,} of {finding.n:,}, compared with {finding.rest_matching:,} of {finding.rest:,} others"
    return frame("pm-chart pm-dumbbell", _WIDTH, 36, shapes, label=label, role="img", is_sized=True)

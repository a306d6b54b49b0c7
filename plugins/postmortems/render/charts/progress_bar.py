"""The states of some action items as one bar: done, overdue, open, dropped and unknown, each as long as its number."""

from __future__ import annotations

from markupsafe import Markup

from postmortems.analyse.actions import ActionCounts
from postmortems.render.charts.svg import element, joined, rect

_WIDTH, _HEIGHT = 1000, 14
_GAP = 3


def progress_bar(progress: ActionCounts) -> Markup:
    """The bar; its numbers are beside it in words, so that it is hidden from screen readers. Empty without items."""
    if not progress.total:
        return Markup("")
    shares = (
        ("done", progress.done),
        ("late", progress.overdue),
        ("open", progress.open - progress.overdue),
        ("dropped", progress.dropped),
        ("unk", progress.unknown),
    )
    shown = [(state, count) for state, count in shares if count]
    unit = (_WIDTH - _GAP * (len(shown) - 1)) / progress.total
    left = 0.0
    parts = []
    for state, count in shown:
        width = max(unit * count, 2)
        parts.append(rect(f"pm-as pm-as--{state}", left + 1, 1, max(width - 2, 1), _HEIGHT - 2))
        left += width + _GAP
    return element(
        "svg",
        joined(parts),
        css_class="pm-asbar",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        height=_HEIGHT,
        preserveAspectRatio="none",
        aria_hidden="true",
    )

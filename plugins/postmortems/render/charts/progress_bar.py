"""How some action items stand, as one bar: done, open, overdue, dropped and unknown, each as long as its number."""

from __future__ import annotations

from markupsafe import Markup

from postmortems.analyse.actions import ActionCounts
from postmortems.render.charts.svg import number

_WIDTH, _HEIGHT = 1000, 14
_GAP = 3


def progress_bar(progress: ActionCounts) -> Markup:
    """The bar; its numbers stand beside it in words, so that it is hidden from screen readers. Empty without items."""
    if not progress.total:
        return Markup("")
    shares = (
        ("done", progress.done),
        ("late", progress.overdue),
        ("open", progress.open - progress.overdue),
        ("dropped", progress.dropped),
        ("unk", progress.unknown),
    )
    shown = [(look, count) for look, count in shares if count]
    unit = (_WIDTH - _GAP * (len(shown) - 1)) / progress.total
    left = 0.0
    parts = []
    for look, count in shown:
        width = max(unit * count, 2)
        parts.append(
            f'<rect class="pm-as pm-as--{look}" x="{number(left + 1)}" y="1" width="{number(max(width - 2, 1))}" '
            f'height="{_HEIGHT - 2}"/>'
        )
        left += width + _GAP
    return Markup(  # noqa: S704 - only numbers and our own words
        f'<svg class="pm-asbar" viewBox="0 0 {_WIDTH} {_HEIGHT}" height="{_HEIGHT}" preserveAspectRatio="none" '
        f'aria-hidden="true">{"".join(parts)}</svg>'
    )

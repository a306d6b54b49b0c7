"""How soon incidents were noticed, a dot each on a log axis, for two groups one above the other.

Zero has no place on a log axis: what was noticed within a minute stands in a gutter before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup, escape

from postmortems.analyse.statistics import Summary
from postmortems.render.charts.log_axis import MINUTE, LogAxis
from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import number
from postmortems.render.words.formats import duration_words
from postmortems.render.words.incident import clipped

_TICKS = (
    (timedelta(minutes=2), "2"),
    (timedelta(minutes=5), "5"),
    (timedelta(minutes=15), "15 min"),
    (timedelta(hours=1), "1 h"),
    (timedelta(hours=6), "6 h"),
    (timedelta(hours=24), "24 h"),
    (timedelta(weeks=1), "1 wk"),
    (timedelta(days=60), "60 d"),
    (timedelta(days=365), "1 y"),
)
_GUTTER = 60
_PITCH = 9.0
_IN_GUTTER = 6


@dataclass(frozen=True, slots=True)
class Dot:
    """One incident whose time to detect is known; `href` and `title` are escaped."""

    length: timedelta
    href: Markup
    title: Markup


@dataclass(frozen=True, slots=True)
class Group:
    """Incidents that are compared with others. Without `dots` only the figures are drawn; `family` colours them."""

    name: str
    summary: Summary
    dots: tuple[Dot, ...] = ()
    family: str = "neutral"


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of the picture: where its gutter begins, its width, and whether names stand beside the dots."""

    name: str
    left: float
    right: float
    last: timedelta

    @property
    def beside(self) -> bool:
        return self.left > 0

    @property
    def axis(self) -> LogAxis:
        """The lengths from left to right."""
        return LogAxis(self.left, _GUTTER, self.right - 14, self.last, gap=18)

    def x(self, length: timedelta) -> float:
        """The place of a length; the gutter's middle up to a minute."""
        return self.axis.x(length)


def detection_dots(groups: Sequence[Group], targets: Mapping[str, timedelta], label: str) -> Markup:
    """Both forms; `targets` are the detection targets of the severities, worst first."""
    longest = max((dot.length for group in groups for dot in group.dots), default=MINUTE)
    highs = [group.summary.high or group.summary.median or MINUTE for group in groups]
    last = max(longest, *highs, timedelta(hours=24))
    forms = (_Form("wide", 150, 880, last), _Form("narrow", 0, 358, last))
    return Markup("".join(_drawn(form, groups, targets, label) for form in forms))  # noqa: S704 - texts are escaped


def _drawn(form: _Form, groups: Sequence[Group], targets: Mapping[str, timedelta], label: str) -> str:
    top = 36.0
    body: list[str] = []
    for group in groups:
        drawn, top = _group(form, group, top)
        body += drawn
    frame = [form.axis.frame(26, top, _TICKS, form.right + 6)]
    height = top + 6
    if targets:
        frame += _targets(form, targets, top)
        height = top + 28
    return (
        f'<svg class="pm-chart pm-chart--{form.name}" viewBox="0 0 {number(form.right)} {number(height)}" '
        f'role="group" aria-label="{escape(label)}">{"".join(frame)}{"".join(body)}</svg>'
    )


def _targets(form: _Form, targets: Mapping[str, timedelta], bottom: float) -> list[str]:
    drawn = []
    free = 0.0
    for severity, length in sorted(targets.items(), key=lambda pair: pair[1]):
        if length > form.last:
            continue
        x = form.x(length)
        drawn.append(f'<path class="pm-target" d="M{number(x)} 26V{number(bottom)}"/>')
        words = clipped(severity, 9)
        if x - 4 >= free:
            free = x + text_width(words, 12, bold=True) + 8
            drawn.append(
                f'<text x="{number(x - 2)}" y="{number(bottom + 18)}" class="pm-t-target">{escape(words)}</text>'
            )
    return drawn


def _group(form: _Form, group: Group, top: float) -> tuple[list[str], float]:
    """One group below `top`, and where the next one begins."""
    places, levels = _stacked(form, group.dots)
    known = f"{group.summary.n} known, {group.summary.missing} unknown"
    floor = top + (4 if form.beside else 26) + max(levels, 2 if form.beside else 1) * _PITCH
    name = escape(clipped(group.name, 20 if form.beside else 24))
    drawn = (
        [
            f'<text x="0" y="{number(floor - 5)}" class="pm-t-strong">{name}</text>'
            f'<text x="0" y="{number(floor + 11)}" class="pm-t-faint">{known}</text>'
        ]
        if form.beside
        else [
            f'<text x="0" y="{number(top + 14)}" class="pm-t-strong">{name}</text>'
            f'<text x="{number(form.right)}" y="{number(top + 14)}" class="pm-t-faint" text-anchor="end">{known}</text>'
        ]
    )
    drawn += _figures(form, group.summary, floor)
    for dot, x, level in places:
        centre = f'cx="{number(x)}" cy="{number(floor - 4 - level * _PITCH)}"'
        drawn.append(
            f'<a class="pm-mark pm-f-{escape(group.family)}" href="{dot.href}"><title>{dot.title}</title>'
            f'<circle class="pm-hit" {centre} r="9"/><circle class="pm-dot" {centre} r="3.8"/></a>'
        )
    return drawn, floor + 46


def _figures(form: _Form, summary: Summary, floor: float) -> list[str]:
    """The median and its interval under the dots."""
    if summary.median is None:
        return []
    drawn = []
    x = right = left = form.x(summary.median)
    if summary.low is not None and summary.high is not None:
        left, right = form.x(summary.low) - 5, form.x(summary.high) + 5
        drawn.append(
            f'<rect class="pm-iv" x="{number(left)}" y="{number(floor + 10)}" width="{number(right - left)}" '
            f'height="8" rx="2"/>'
        )
    drawn.append(f'<path class="pm-med" d="M{number(x)} {number(floor + 5)}V{number(floor + 23)}"/>')
    words = f"median {duration_words(summary.median)}"
    width = text_width(words, 12, bold=True)
    if right + 8 + width <= form.right:
        place = f'x="{number(right + 8)}" y="{number(floor + 19)}"'
    elif left - 8 - width >= form.left:
        place = f'x="{number(left - 8)}" y="{number(floor + 19)}" text-anchor="end"'
    else:  # the interval takes the whole width
        place = f'x="{number(min(max(x - width / 2, form.left), form.right - width))}" y="{number(floor + 36)}"'
    drawn.append(f'<text {place} class="pm-t-label pm-t-strong">{words}</text>')
    return drawn


def _stacked(form: _Form, dots: Sequence[Dot]) -> tuple[list[tuple[Dot, float, int]], int]:
    """Every dot with its place and level: rows of six in the gutter, beside it piles where they would overlap."""
    found: list[tuple[Dot, float, int]] = []
    ends: list[float] = []
    within = 0
    for dot in sorted(dots, key=lambda one: one.length):
        if dot.length <= MINUTE:
            found.append((dot, form.left + 8 + within % _IN_GUTTER * _PITCH, within // _IN_GUTTER))
            within += 1
            continue
        x = form.x(dot.length)
        level = next((place for place, end in enumerate(ends) if end <= x - 8.4), len(ends))
        ends[level : level + 1] = [x]
        found.append((dot, x, level))
    return found, max(len(ends), -(-within // _IN_GUTTER))

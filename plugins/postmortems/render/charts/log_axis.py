"""Lengths of time from left to right on a log scale, with a gutter before it.

Zero has no place on a log axis: what took a minute or less stands in the gutter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log10

from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import number

MINUTE = timedelta(minutes=1)
Ticks = Sequence[tuple[timedelta, str]]


@dataclass(frozen=True, slots=True)
class LogAxis:
    """From the gutter at `left`, `gutter` wide, to the length `last` at `right`; a minute stands `gap` behind it."""

    left: float
    gutter: float
    right: float
    last: timedelta
    gap: float = 6

    @property
    def begin(self) -> float:
        """Where the log scale begins: the place of a minute."""
        return self.left + self.gutter + self.gap

    def x(self, length: timedelta) -> float:
        """The place of a length; the gutter's middle up to a minute, and the end of the scale beyond it."""
        if length <= MINUTE:
            return self.left + self.gutter / 2
        share = log10(min(length, self.last) / MINUTE) / log10(self.last / MINUTE)
        return self.begin + share * (self.right - self.begin)

    def frame(self, top: float, bottom: float, ticks: Ticks, end: float) -> str:
        """The gutter and the lines of the ticks from top to bottom, named above as far as names have room to `end`."""
        drawn = [
            f'<rect class="pm-gutter" x="{number(self.left)}" y="{number(top)}" width="{number(self.gutter)}" '
            f'height="{number(bottom - top)}"/><text x="{number(self.left + self.gutter / 2)}" y="{number(top - 8)}" '
            f'class="pm-t-tick" text-anchor="middle">≤ 1 min</text>'
        ]
        free = self.left + self.gutter / 2 + text_width("≤ 1 min", 12.5) / 2 + 4
        for length, words in ticks:
            x, half = self.x(length), text_width(words, 12.5) / 2
            if length > self.last or x - half < free or x + half > end:
                continue
            free = x + half + 8
            drawn.append(
                f'<path class="pm-hair" d="M{number(x)} {number(top)}V{number(bottom)}"/>'
                f'<text x="{number(x)}" y="{number(top - 8)}" class="pm-t-tick" text-anchor="middle">{words}</text>'
            )
        return "".join(drawn)

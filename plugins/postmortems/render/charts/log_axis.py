"""Lengths of time from left to right on a log scale, with a gutter before it.

Zero has no place on a log axis: what took a minute or less is in the gutter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log10

from markupsafe import Markup

from postmortems.render.charts.scale import text_width
from postmortems.render.charts.svg import joined, rect, text, vertical

MINUTE = timedelta(minutes=1)
Ticks = Sequence[tuple[timedelta, str]]


@dataclass(frozen=True, slots=True)
class Dot:
    """One incident whose length is known."""

    length: timedelta
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class LogAxis:
    """Axis of lengths: from the gutter at `left`, `gutter` wide, and a minute `gap` beyond it, to the length `last` at
    `right`."""

    left: float
    gutter: float
    right: float
    last: timedelta
    gap: float = 6

    @property
    def begin(self) -> float:
        """The place of a minute, at which the log scale begins."""
        return self.left + self.gutter + self.gap

    def x(self, length: timedelta) -> float:
        """The place of a length; the gutter's middle up to a minute, and the end of the scale beyond it."""
        if length <= MINUTE:
            return self.left + self.gutter / 2
        share = log10(min(length, self.last) / MINUTE) / log10(self.last / MINUTE)
        return self.begin + share * (self.right - self.begin)

    def frame(self, top: float, bottom: float, ticks: Ticks, end: float) -> Markup:
        """The gutter and the lines of the ticks from top to bottom, named above as far as names have room to `end`."""
        middle = self.left + self.gutter / 2
        shapes = [
            rect("pm-gutter", self.left, top, self.gutter, bottom - top),
            text(middle, top - 8, "≤ 1 min", "pm-t-tick", "middle"),
        ]
        free = middle + text_width("≤ 1 min", 12.5) / 2 + 4
        for length, words in ticks:
            x, half = self.x(length), text_width(words, 12.5) / 2
            if length > self.last or x - half < free or x + half > end:
                continue
            free = x + half + 8
            shapes += [vertical("pm-hair", x, top, bottom), text(x, top - 8, words, "pm-t-tick", "middle")]
        return joined(shapes)


@dataclass(frozen=True, slots=True)
class Piles:
    """Dots on an axis that do not overlap: `in_gutter` dots a row there, and piles of dots less than `gap` apart.

    Dots in the gutter are `pitch` apart, the first one `inset` from its left.
    """

    in_gutter: int
    pitch: float
    inset: float
    gap: float

    def of(self, dots: Sequence[Dot], axis: LogAxis) -> tuple[list[tuple[Dot, float, int]], int]:
        """Every dot with its place and level, counted from the ground, and the number of levels."""
        placed: list[tuple[Dot, float, int]] = []
        ends: list[float] = []
        within = 0
        for dot in sorted(dots, key=lambda dot: dot.length):
            if dot.length <= MINUTE:
                row, column = divmod(within, self.in_gutter)
                placed.append((dot, axis.left + self.inset + column * self.pitch, row))
                within += 1
                continue
            x = axis.x(dot.length)
            level = next((place for place, end in enumerate(ends) if end <= x - self.gap), len(ends))
            ends[level : level + 1] = [x]
            placed.append((dot, x, level))
        return placed, max(len(ends), -(-within // self.in_gutter))

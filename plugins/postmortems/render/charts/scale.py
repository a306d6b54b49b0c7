"""Round steps for an axis of time, and the room that words take."""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta
from functools import cache, lru_cache

from postmortems.render.words.formats import duration_words

_SECONDS = (
    1, 2, 5, 10, 15, 30,
    60, 120, 300, 600, 900, 1800,
    3600, 2 * 3600, 3 * 3600, 6 * 3600, 12 * 3600,
    86400, 2 * 86400, 7 * 86400, 14 * 86400, 28 * 86400, 91 * 86400, 182 * 86400, 365 * 86400,
)  # fmt: skip

STEPS = tuple(timedelta(seconds=seconds) for seconds in _SECONDS)
"""Steps of an axis of durations, each round in the unit that it is said in."""

_NARROW = frozenset("iljtfr.,:;|!'· ()[]")
_WIDE = frozenset("mwMW—…@%&")


def step_for(extent: timedelta, most: float) -> timedelta:
    """The smallest round step that divides `extent` into at most `most` parts."""
    if extent <= (limits := _limits(most))[-1]:
        return STEPS[bisect_left(limits, extent)]
    years = 1
    while extent > STEPS[-1] * years * most:
        years *= 2
    return STEPS[-1] * years


@cache
def _limits(most: float) -> tuple[timedelta, ...]:
    """The longest extent that each of the steps divides into so many parts: a length times a fraction is slow."""
    return tuple(step * most for step in STEPS)


def tick_words(length: timedelta) -> str:
    """A tick in one unit where that is exact: `30 s`, `15 min`, `6 h`, `2 d`; else `1 h 15 min`; `0` for nothing."""
    seconds = round(length.total_seconds())
    if seconds == 0:
        return "0"
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds % size == 0 and (unit != "d" or seconds >= 2 * size) and (unit != "min" or seconds < 3600):
            return f"{seconds // size} {unit}"
    return duration_words(length) if seconds >= 60 else f"{seconds} s"


@lru_cache(4096)
def text_width(text: str, size: float = 12.5, *, bold: bool = False) -> float:
    """The approximate width of `text`, in the units of `size`.

    Rather too wide, since the font is the system's own and not known here. Letters of scripts that are as wide as they
    are high are counted as such.
    """
    total = 0.0
    for character in text:
        if character in _NARROW:
            total += 0.34
        elif character in _WIDE or character.isupper():
            total += 0.8
        elif ord(character) >= 0x2E80:
            total += 1.0
        else:
            total += 0.565
    return total * size * (1.06 if bold else 1.0)

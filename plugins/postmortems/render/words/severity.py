"""The weight of a severity in pictures: it falls with severity, hue only helps."""

from __future__ import annotations

from collections.abc import Iterable

LIGHTEST = 4


def severity_weight(severity: str | None, scale: Iterable[str]) -> int:
    """The place of a severity in the scale, 1 = worst, for `parts/badge.html`.

    The stylesheet knows four weights: whatever comes after the fourth, or is not in the scale, looks like the fourth.
    """
    for weight, name in enumerate(scale, start=1):
        if name == severity:
            return min(weight, LIGHTEST)
    return LIGHTEST

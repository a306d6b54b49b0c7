"""The links from one page of a series to those beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Link = tuple[str, str]
"""Its words and its address."""

_T = TypeVar("_T")


def ways(series: Sequence[_T], one: _T, link: Callable[[_T], Link], everything: Link) -> list[Link]:
    """The links to the one before and the one after in a series, where they are, and between them to all of it."""
    place = series.index(one)
    found = []
    if place:
        words, href = link(series[place - 1])
        found.append((f"← {words}", href))
    found.append(everything)
    if place + 1 < len(series):
        words, href = link(series[place + 1])
        found.append((f"{words} →", href))
    return found

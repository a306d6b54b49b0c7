"""The newest of a list that may be long. Pages that show it say of how many, and where all of them are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

SHOWN = 20
"""Number of entries of a long list that are shown: about what somebody reads in the middle of an incident."""

WHOLE = 30
"""The length up to which a list is shown whole: nobody is sent elsewhere for the last few."""

_T = TypeVar("_T")


def newest(oldest_first: Sequence[_T]) -> list[_T]:
    """A list turned round, the newest first; of a long one no more than SHOWN."""
    shown = len(oldest_first) if len(oldest_first) <= WHOLE else SHOWN
    return [*reversed(oldest_first)][:shown]

"""How the time of some work grows with its text: what tells a pattern that backtracks from one that does not."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

FEW, MANY = 5_000, 20_000
"""Lengths of the two texts."""
MOST = 9
"""Times that the work on the longer text may take: 4 where it is linear, 16 where it grows with the square."""
NOTHING = 0.01
"""Seconds of processor time within which growth cannot be told from noise."""


def grows_with_its_length(work: Callable[[str], object], text: Callable[[int], str]) -> bool:
    """True if four times the text takes about four times the processor time, as the best of three runs."""
    few, many = text(FEW), text(MANY)
    base = spent = float("inf")
    for _ in range(3):
        spent = min(spent, _seconds(work, many))
        # Twice, since one disturbed run of the short text would let any pattern pass.
        base = min(base, _seconds(work, few), _seconds(work, few))
        if spent <= NOTHING or spent <= MOST * base:
            return True
    return False


def _seconds(work: Callable[[str], object], text: str) -> float:
    gc.collect()
    begin = process_time()
    work(text)
    return process_time() - begin

"""How the time of some work grows with what it is given: what tells a pattern that backtracks from one that does not."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time
from typing import TypeVar

FEW, MANY = 5_000, 20_000
"""Lengths of the two texts."""
MOST = 9
"""Times that the work on the longer text may take: 4 where it is linear, 16 where it grows with the square."""
NOTHING = 0.01
"""Seconds of processor time within which growth cannot be told from noise."""
ROUNDS = 6
"""Times that both are measured before the work is called slow: a busy machine disturbs one round, but not all."""

Given = TypeVar("Given")


def grows_with_its_length(
    work: Callable[[Given], object], make: Callable[[int], Given], few: int = FEW, many: int = MANY
) -> bool:
    """True if four times as much takes about four times the processor time, by the least that each ever took."""
    less, more = make(few), make(many)
    base = spent = float("inf")
    for _ in range(ROUNDS):
        gc.collect()
        spent = min(spent, seconds(work, more))
        if spent <= NOTHING:
            return True
        # Twice, since one disturbed run of the short text would let any pattern pass.
        base = min(base, seconds(work, less), seconds(work, less))
        if spent <= MOST * base:
            return True
    return False


def seconds(work: Callable[[Given], object], given: Given) -> float:
    """Processor time of the work, without what the garbage collector would take on the way."""
    gc.disable()
    try:
        begin = process_time()
        work(given)
        return process_time() - begin
    finally:
        gc.enable()

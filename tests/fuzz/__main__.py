"""`python -m tests.fuzz [NAME …]`: fuzz readers for some seconds, and end with exit code 1 where one fails.

FUZZ_SECONDS is the time for all of them together, FUZZ_SEED where the search begins. Of an input that fails,
what is left when it is made as short as can be is printed, with its seed.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import HypothesisWarning

from tests.fuzz.inputs import inputs
from tests.fuzz.targets import TARGETS, Target

SECONDS = 600.0
ONCE, PER_KILOBYTE = 1.0, 0.05
"""Seconds of processor time that a reader may take, at all and for each kilobyte; some twenty times what they need."""
_ROUND = 100
_SHORTENING = 30.0
_LONGEST = 1_000


class TooSlowError(AssertionError):
    """The time that an input took grows faster than its length."""


@contextmanager
def bounded(size: int) -> Iterator[None]:
    """Raise TooSlowError where the block takes more time than a text of this size may."""
    most = ONCE + PER_KILOBYTE * size / 1024

    def stop(*_: object) -> None:
        raise TooSlowError(f"more than {most:.1f} s for {size:,} bytes")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def fuzz(target: Target, seconds: float, first_seed: int) -> tuple[int, str]:
    """How many inputs a target had in some seconds, and what is to be said of the one at which it failed."""
    tried, last = 0, b""

    def one(data: bytes) -> None:
        nonlocal tried, last
        tried, last = tried + 1, data
        with bounded(len(data)):
            target.read(data)

    end, number = monotonic() + seconds, first_seed
    while monotonic() < end:
        every = settings(
            max_examples=_ROUND, database=None, deadline=None, report_multiple_bugs=False,
            phases=(Phase.generate,), suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        try:
            seed(number)(every(given(inputs(target))(one)))()
        except Exception as error:
            where = "".join(traceback.format_tb(error.__traceback__)[-3:])
            return tried, (
                f"{target.name}: fails with seed {number}: {type(error).__name__}: {str(error)[:1_000]}\n{where}"
                f"input: {_shown(shortened(target, last, type(error)))}\n"
                f"again: FUZZ_SEED={number} python -m tests.fuzz {target.name}\n"
            )
        number += 1
    return tried, ""


def shortened(target: Target, data: bytes, kind: type[Exception]) -> bytes:
    """The input without everything that the failure does not need, as far as a few seconds go."""

    def fails(fewer: bytes) -> bool:
        try:
            with bounded(len(fewer)):
                target.read(fewer)
        except Exception as error:
            return type(error) is kind
        return False

    end, size = monotonic() + _SHORTENING, len(data)
    while size and monotonic() < end:
        begin = 0
        while begin < len(data) and monotonic() < end:
            if fails(fewer := data[:begin] + data[begin + size :]):
                data = fewer
            else:
                begin += size
        size //= 2
    return data


def _shown(data: bytes) -> str:
    return repr(data) if len(data) <= _LONGEST else f"{data[:_LONGEST]!r}… ({len(data):,} bytes)"


def main(names: list[str]) -> int:
    """Fuzz the targets with these names, or all; the exit code."""
    if unknown := sorted(set(names) - {target.name for target in TARGETS}):
        sys.stderr.write(f"{unknown[0]}: no target; they are {', '.join(target.name for target in TARGETS)}\n")
        return 2
    chosen = [target for target in TARGETS if not names or target.name in names]
    share = float(os.environ.get("FUZZ_SECONDS", SECONDS)) / len(chosen)
    failed = False
    for target in chosen:
        tried, said = fuzz(target, share, int(os.environ.get("FUZZ_SEED", "1")))
        sys.stdout.write(said or f"{target.name}: {tried:,} inputs\n")
        sys.stdout.flush()
        failed = failed or bool(said)
    return int(failed)


if __name__ == "__main__":
    warnings.simplefilter("ignore", HypothesisWarning)  # It finds inputs of some kilobytes too long.
    faulthandler.enable()  # What ends in C says at least which reader it was in.
    sys.exit(main(sys.argv[1:]))

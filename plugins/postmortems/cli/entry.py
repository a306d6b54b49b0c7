"""Entry point of the command `postmortems`, which imports nothing slow before Ctrl-C has a meaning.

The imports of a command take about a third of a second. A `KeyboardInterrupt` in the middle of them is a traceback, and
one that Python raises while it lets go of a lock or a weak reference is printed and lost. Nothing has begun by then, so
the process ends at once, and says nothing.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

INTERRUPTED = 130
"""Exit code of a command that Ctrl-C ended, as shells have it, so that nobody takes it for findings."""


def main() -> None:
    """Run the command."""
    _end_at_once_from_now_on()
    from postmortems.cli.main import main as command

    command()


def raise_from_now_on() -> None:
    """Let Ctrl-C raise `KeyboardInterrupt` again, so that a command can clean up after itself."""
    if signal.getsignal(signal.SIGINT) is _end_at_once:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def importing() -> Iterator[None]:
    """End the process at once on Ctrl-C while a command imports a library of its own, before it begins.

    A library that is compiled turns a `KeyboardInterrupt` into an error of its own.
    """
    _end_at_once_from_now_on()
    yield
    raise_from_now_on()


def _end_at_once_from_now_on() -> None:
    # A background job of a shell script ignores Ctrl-C.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end_at_once)


def _end_at_once(*_: object) -> None:
    os._exit(INTERRUPTED)

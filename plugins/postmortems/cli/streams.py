"""The one way out for what a command says: stdout for what was asked for, stderr for everything else.

A stream may be closed, full, or a pipe that nobody reads any more. What was asked for and cannot be delivered is exit
code 2, so that nobody takes it for findings; what cannot be said on stderr is left unsaid.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import IO, Any

import click

from postmortems.check.masking import printable

_CI = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")


class OutputError(Exception):
    """Failure to write the output; the text says why, in one line."""


def is_terminal(stream: IO[Any] | None) -> bool:
    """True if the stream is a terminal; one that was closed before Python began is None."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def is_ci_log() -> bool:
    """True if stdout may be read by a CI system that obeys some of its lines."""
    return any(os.environ.get(name) for name in _CI)


def say(*lines: str) -> None:
    """Say something on stderr, a line each: harmless, and with no secret in it."""
    tell(*(f"postmortems: {line}" for line in lines))


def tell(*lines: str) -> None:
    """The same without the name of the program."""
    with suppress(OSError):
        for line in lines:
            click.echo(printable(line), err=True)


def print_whole(data: bytes) -> None:
    """Write to stdout whatever the terminal's encoding; a reader that has gone away is no error of ours."""
    if sys.stdout is None:
        raise OutputError("stdout: cannot write: it is closed")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
    except OSError as error:
        _let_go()
        raise OutputError(f"stdout: cannot write: {error.strerror or error}") from None


def print_lines(*lines: str) -> None:
    """Write lines of our own to stdout."""
    print_whole("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))


def keep_numbers() -> None:
    """Open what was closed: else the first file that is opened would be taken for stdout or stderr by a child."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _let_go() -> None:
    """Python would complain again when it flushes at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

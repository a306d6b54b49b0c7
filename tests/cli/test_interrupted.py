"""Ctrl-C at any moment is exit code 130 and no traceback, however little of the command has been imported."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]

MOMENTS = [0.6 * number / 20 for number in range(20)]
"""Seconds after the command's first slow import is asked for; what comes earlier is Python's own start."""

START = """\
import sys
class Watch:
    def find_spec(self, name, *_):
        if name == "click":
            print("begun", flush=True)
sys.meta_path.insert(0, Watch())
sys.argv = ["postmortems", *sys.argv[1:]]
from postmortems.cli.entry import main
assert not {"click", "pydantic", "yaml"} & set(sys.modules)
main()
"""


def interrupted(
    folder: Path, after: float, *command: str, handler: signal.Handlers = signal.SIG_DFL
) -> tuple[int, str]:
    """The exit code of a command that gets SIGINT that many seconds after it has begun, and what is on stderr."""
    process = subprocess.Popen(
        [sys.executable, "-c", START, *command], cwd=folder, env={**os.environ, "POSTMORTEMS_CACHE": str(folder / "none")},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, handler),
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    return process.returncode, errors


@pytest.mark.parametrize("after", MOMENTS)
def test_ctrl_c_is_exit_code_130_and_no_traceback(after: float, write: Write) -> None:
    # A server waits for its stdin, so that it is always there to be interrupted.
    code, errors = interrupted(write({}), after, "mcp")
    assert (code, errors) in [(130, ""), (130, "\npostmortems: interrupted\n")]


INTERRUPTED_IMPORT = """\
import os, signal, sys
class Compiled:
    def find_spec(self, name, *_):
        if name == library:
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:
                raise ValueError("Error building serializer") from None
library, *arguments = sys.argv[1:]
sys.meta_path.insert(0, Compiled())
sys.argv = ["postmortems", *arguments]
from postmortems.cli.entry import main
main()
"""


@pytest.mark.parametrize(
    ("library", "command"),
    [
        ("mcp", ["mcp"]),
        ("pygls", ["lsp"]),
        ("mkdocs", ["generate", "--out", "site-pages"]),
    ],
)
def test_ctrl_c_in_a_library_that_makes_another_error_of_it(library: str, command: list[str], write: Write) -> None:
    # As pydantic's compiled part does while it builds a serializer.
    ended = subprocess.run([sys.executable, "-c", INTERRUPTED_IMPORT, library, *command], cwd=write({}),
                           capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL,
                           preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # fmt: skip
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


def test_a_background_job_goes_on(write: Write) -> None:
    # A shell script has its background jobs ignore Ctrl-C; this one ends when its stdin does.
    assert interrupted(write({}), 0.1, "mcp", handler=signal.SIG_IGN) == (0, "")

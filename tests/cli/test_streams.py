"""Streams that are closed, full or read no more: one line or none, the right exit code, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Write = Callable[[Mapping[str, str | bytes]], Path]

PROGRAM = str(Path(sys.executable).with_name("postmortems"))
CLOSED = "postmortems: stdout: cannot write: it is closed\n"
FULL = "postmortems: stdout: cannot write: No space left on device\n"

COMMANDS = ("check", "check --format json", "list", "show 2026/01-checkout --format json", "explain")


def shell(folder: Path, line: str) -> tuple[int, str]:
    """The exit code of a line for the shell, and what it says on stderr."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795000000"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line.replace("postmortems", PROGRAM, 1)],
        cwd=folder, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.parametrize(("to", "said"), [(">&-", CLOSED), (">/dev/full", FULL)], ids=["closed", "full"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_report_that_cannot_be_delivered_is_exit_code_2(write: Write, command: str, to: str, said: str) -> None:
    assert shell(write({}), f"postmortems {command} {to}") == (2, said)


@pytest.mark.parametrize("to", ["2>&-", "2>/dev/full", "<&-", "| head -c 1"])
@pytest.mark.parametrize("command", [*COMMANDS, "new nothing --severity SEV2"])
def test_no_other_stream_changes_what_comes_of_a_run(write: Write, command: str, to: str) -> None:
    assert shell(write({}), f"postmortems {command} {to}") == (0, "")


def test_findings_are_findings_though_nobody_reads_them(write: Write) -> None:
    folder = write({"docs/postmortems/2026/02-x/postmortem.md": "no front matter"})
    assert shell(folder, "postmortems check 2>&-")[0] == 1
    assert shell(folder, "postmortems check | true")[0] == 1


def test_what_is_closed_is_not_taken_by_a_file(write: Write) -> None:
    folder = write({})
    text = (folder / "mkdocs.yml").read_bytes()
    shell(folder, "postmortems nonsense 0<&- 1>&- 2>&-")
    shell(folder, "postmortems check --changed-since HEAD --format json:out.json 0<&- 1>&- 2>&-")
    assert (folder / "mkdocs.yml").read_bytes() == text


def test_wrong_usage_on_a_stream_that_is_full_is_exit_code_2(write: Write) -> None:
    assert shell(write({}), "postmortems check --nonsense 2>/dev/full")[0] == 2

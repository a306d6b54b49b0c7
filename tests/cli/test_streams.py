"""Streams that are closed, full or read no more: one line or none, the right exit code, never a traceback."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from postmortems.cli.data_format import put

Write = Callable[[Mapping[str, str | bytes]], Path]

PROGRAMS = Path(sys.executable).parent
CLOSED = "postmortems: stdout: cannot write: it is closed\n"
FULL = "postmortems: stdout: cannot write: No space left on device\n"

REPORTS = ("check", "check --format json", "list", "show 2026/01-checkout --format json", "explain")
EACH = """\
import click, json, os, shlex, sys
from pathlib import Path
from postmortems.cli.main import main
codes = {}
for line in sys.argv[2:]:
    main.get_command(click.Context(main), line.split()[0])
for line in sys.argv[2:]:
    if (child := os.fork()) == 0:
        sys.argv = ["postmortems", *shlex.split(line)]
        sys.exit(main())
    codes[line] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
Path(sys.argv[1]).write_text(json.dumps(codes))
"""
"""Run each line as a process that ends by itself. What Python makes of its streams when it starts is made once, and
so are the imports."""


def shell(folder: Path, line: str) -> tuple[int, str]:
    """The exit code of a line for the shell, and what it says on stderr."""
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": "1795000000",
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


def each(folder: Path, lines: Sequence[str], to: str) -> tuple[dict[str, int], str]:
    """The exit code of each of our commands with a stream like that, and what all of them say on stderr."""
    codes = folder / "codes.json"
    code, said = shell(folder, f"{shlex.join([sys.executable, '-c', EACH, str(codes), *lines])} {to}")
    assert code == 0, said
    found: dict[str, int] = json.loads(codes.read_text("utf-8"))
    return found, said


@pytest.mark.parametrize(("to", "said"), [(">&-", CLOSED), (">/dev/full", FULL)], ids=["closed", "full"])
def test_a_report_that_cannot_be_delivered_is_exit_code_2(write: Write, to: str, said: str) -> None:
    assert each(write({}), REPORTS, to) == (dict.fromkeys(REPORTS, 2), said * len(REPORTS))
    assert shell(write({}), f"postmortems check {to}") == (2, said)


@pytest.mark.parametrize("to", ["2>&-", "2>/dev/full", "<&-", "| head -c 1"])
def test_no_other_stream_changes_what_comes_of_a_run(write: Write, to: str) -> None:
    commands = (*REPORTS, "new nothing --severity SEV2")
    assert each(write({}), commands, to) == (dict.fromkeys(commands, 0), "")


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


def test_pieces_are_printed_as_one_text(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    lines = [f'{{"n": {n}, "said": "::error::"}}\n' for n in range(1_201)]
    put("json", {"json": lambda: iter(lines)})
    pieces = capsysbinary.readouterr().out
    put("json", {"json": lambda: "".join(lines)})
    assert pieces == capsysbinary.readouterr().out
    assert [json.loads(line)["n"] for line in pieces.splitlines()] == list(range(1_201))

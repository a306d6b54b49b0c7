"""`postmortems agenda`, from its words to what it prints."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
from tests.check.made_secrets import made_secret
from tests.conftest import POSTMORTEM, POSTMORTEM_PATH, Write

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(write: Write) -> Path:
    return write({POSTMORTEM_PATH: POSTMORTEM})


def agenda(folder: Path, run_in: Run, *words: str) -> str:
    done = run_in(folder, "postmortems", "agenda", *words, "--today", "2026-03-05")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def test_markdown_unless_asked_otherwise(folder: Path, run_in: Run) -> None:
    text = agenda(folder, run_in, "checkout")
    assert text.startswith("# Review: Checkout times out\n\n80 minutes: `2026/01-checkout`\n\n## 0:00–0:05 Opening\n")
    assert text.endswith("\nAs of 5 Mar 2026.\n")


def test_json_with_the_start_of_the_meeting(folder: Path, run_in: Run) -> None:
    words = ("checkout", "--format", "json", "--start", "2026-03-12T10:00+01:00", "--minutes", "60")
    data = json.loads(agenda(folder, run_in, *words))
    assert (data["start"], data["minutes"], data["today"]) == ("2026-03-12T09:00:00Z", 60, "2026-03-05")


def test_a_calendar_with_a_start_and_of_a_month_without(folder: Path, run_in: Run) -> None:
    texts = (
        agenda(folder, run_in, "checkout", "--format", "ics", "--start", "2026-03-12T10:00Z"),
        agenda(folder, run_in, "--month", "2026-03", "--format", "ics"),
    )
    (timed,), (day,) = (icalendar.Calendar.from_ical(text).walk("VEVENT") for text in texts)
    assert (str(timed["SUMMARY"]), str(day["SUMMARY"])) == ("Review: Checkout times out", "Review of March 2026")
    assert (timed["DTSTART"].dt.isoformat(), day["DTSTART"].dt.isoformat()) == (
        "2026-03-12T10:00:00+00:00",
        "2026-04-01",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "agenda needs a postmortem's ID or --month, one of the two; `postmortems list` lists all ids"),
        (
            ["checkout", "--month", "2026-03"],
            "agenda needs a postmortem's ID or --month, one of the two; `postmortems list` lists all ids",
        ),
        (["--month", "March"], '"March" is not a month of the form 2026-11'),
        (["--month", "2026-02"], "no incident is dated in 2026-02; the newest month with one is 2026-03"),
        (["checkout", "--minutes", "62"], "--minutes is 62, which is not a multiple of 5"),
        (
            ["checkout", "--format", "ics"],
            "Review: Checkout times out: no day ahead follows from the file; "
            "add --start, such as --start 2026-12-02T10:00Z",
        ),
        (
            ["checkout", "--start", "unknown"],
            '--start is "unknown"; write day, time and zone, such as 2026-12-02T10:00Z',
        ),
    ],
)
def test_what_it_cannot_do_is_one_line_with_the_next_step(
    folder: Path, run_in: Run, words: list[str], said: str
) -> None:
    done = run_in(folder, "postmortems", "agenda", *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"postmortems: {said}\n")


def test_a_start_that_is_no_time_is_not_told_to_be_unknown(folder: Path, run_in: Run) -> None:
    done = run_in(folder, "postmortems", "agenda", "checkout", "--start", "tomorrow")
    assert done.stderr.endswith("write day, time and zone, such as 2026-11-20T14:23Z\n")


@pytest.mark.parametrize("form", ["markdown", "json", "ics"])
def test_no_secret_and_no_name_leaves_the_file(write: Write, run_in: Run, form: str) -> None:
    token = "".join(made_secret("a GitHub token", 3))
    text = POSTMORTEM.replace("A pool is a queue.", f"The token {token} of joan@wholesale.shop is old.")
    assert token in text
    done = run_in(
        write({POSTMORTEM_PATH: text}),
        *("postmortems", "agenda", "checkout", "--format", form, "--start", "2026-03-12T10:00Z"),
    )
    unfolded = done.stdout.replace("\r\n", "\n").replace("\n ", "").replace("\\", "")
    assert token not in unfolded
    assert "joan" not in unfolded
    assert "(40 characters)" in unfolded


@pytest.mark.parametrize("command", ["agenda", "exercise", "show"])
def test_nothing_is_made_of_a_file_that_cannot_be_read(command: str, folder: Path, run_in: Run) -> None:
    (folder / "docs" / POSTMORTEM_PATH.removeprefix("docs/")).write_bytes(b"---\ntitle: \xff\n---\n")
    done = run_in(folder, "postmortems", command, "checkout")
    assert (done.returncode, done.stdout) == (2, "")
    assert "postmortems: 2026/01-checkout cannot be read: " in done.stderr

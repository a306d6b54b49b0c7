"""`postmortems publish`, from its words to the file on disk."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.commands import ENVIRONMENT
from tests.conftest import POSTMORTEM, POSTMORTEM_PATH, Write

Run = Callable[..., subprocess.CompletedProcess[str]]

IN_REVIEW = POSTMORTEM.replace("status: published", "status: in-review # with Platform").replace(
    "published_on: 2026-03-09\n", ""
)


def shown(folder: Path) -> str:
    return (folder / POSTMORTEM_PATH).read_text("utf-8")


@pytest.mark.parametrize("name", ["2026/01-checkout", "checkout", POSTMORTEM_PATH])
def test_it_sets_the_status_and_the_day(write: Write, run_in: Run, name: str) -> None:
    folder = write({POSTMORTEM_PATH: IN_REVIEW})
    done = run_in(folder, "postmortems", "publish", name, "--on", "2026-03-09")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{POSTMORTEM_PATH}: published on 2026-03-09\n", "")
    assert shown(folder) == POSTMORTEM.replace("status: published", "status: published # with Platform")
    assert run_in(folder, "postmortems", "check", "--strict").returncode == 0


def test_without_a_day_it_is_today(write: Write, run_in: Run) -> None:
    today = datetime.fromtimestamp(int(ENVIRONMENT["SOURCE_DATE_EPOCH"]), UTC).date()
    folder = write({POSTMORTEM_PATH: IN_REVIEW})
    assert run_in(folder, "postmortems", "publish", "checkout").stdout.endswith(f"published on {today}\n")
    assert f"published_on: {today}\n" in shown(folder)


def test_a_day_that_is_there_stays(write: Write, run_in: Run) -> None:
    folder = write({POSTMORTEM_PATH: POSTMORTEM.replace("status: published", "status: draft")})
    assert run_in(folder, "postmortems", "publish", "checkout").returncode == 0
    assert shown(folder) == POSTMORTEM


@pytest.mark.parametrize(("words", "code"), [([], 0), (["--on", "2026-03-09"], 0), (["--on", "2026-03-10"], 1)])
def test_one_that_is_published_stays_as_it_is(write: Write, run_in: Run, words: list[str], code: int) -> None:
    folder = write({POSTMORTEM_PATH: POSTMORTEM})
    done = run_in(folder, "postmortems", "publish", "checkout", *words)
    assert (done.returncode, done.stdout) == (code, f"{POSTMORTEM_PATH}: is published already, on 2026-03-09\n")
    assert shown(folder) == POSTMORTEM


def test_what_would_be_an_error_is_listed_where_it_is_and_nothing_is_written(write: Write, run_in: Run) -> None:
    draft = IN_REVIEW.replace("in-review", "draft").replace("## Timeline\n", "## Course\n")
    folder = write({POSTMORTEM_PATH: draft})
    done = run_in(folder, "postmortems", "publish", "checkout", "--on", "2026-03-09")
    assert done.returncode == 1
    assert f"{POSTMORTEM_PATH}: not published: as published it would have 1 error" in done.stderr
    assert 'PM101 missing-section [error]\n  section "Timeline" is missing' in done.stdout
    assert shown(folder) == draft
    # In the check the draft has the same as a warning, at the same line.
    (place,) = [line.split(" ")[0] for line in done.stdout.splitlines() if "PM101" in line]
    assert f"{place} PM101 missing-section [warning]" in run_in(folder, "postmortems", "check").stdout


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2999-01-01", "--on: 2999-01-01 is in the future"),
        ("2026-03-01", "--on: 2026-03-01 is before the incident, which started on 2026-03-02"),
        ("09.03.2026", '"09.03.2026" is not a date of the form 2026-11-20'),
    ],
)
def test_a_day_on_which_it_cannot_have_been_published_is_refused(
    write: Write, run_in: Run, day: str, said: str
) -> None:
    folder = write({POSTMORTEM_PATH: IN_REVIEW})
    done = run_in(folder, "postmortems", "publish", "checkout", "--on", day)
    assert (done.returncode, shown(folder)) == (2, IN_REVIEW)
    assert said in done.stderr


def test_what_the_baseline_lists_does_not_stop_it(write: Write, run_in: Run) -> None:
    old = POSTMORTEM.replace("## Timeline\n", "## Course\n")
    folder = write({POSTMORTEM_PATH: old})
    settings = (
        (folder / "mkdocs.yml").read_text("utf-8").replace("- postmortems\n", "- postmortems: {baseline: b.json}\n")
    )
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    assert run_in(folder, "postmortems", "check", "--baseline", "b.json", "--write-baseline").returncode == 0
    (folder / POSTMORTEM_PATH).write_text(old.replace("status: published", "status: in-review"), "utf-8")
    assert run_in(folder, "postmortems", "publish", "checkout").returncode == 0
    assert shown(folder) == old


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (IN_REVIEW, "chekout", 'no postmortem has the id "chekout"'),
        (IN_REVIEW.replace("status: in-review", "status: &a in-review"), "checkout", '"status" is written in a form'),
        ("# Checkout\n\nText.\n", "checkout", "its front matter cannot be read"),
    ],
)
def test_what_cannot_be_done_is_one_line(write: Write, run_in: Run, text: str, name: str, said: str) -> None:
    folder = write({POSTMORTEM_PATH: text})
    done = run_in(folder, "postmortems", "publish", name)
    assert (done.returncode, shown(folder)) == (2, text)
    assert said in done.stderr
    assert "Traceback" not in done.stderr

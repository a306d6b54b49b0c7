"""What a run says in few words: how many findings a fix would answer, counts by rule, and a fresh draft on one line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Write

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def misspelt(write: Write, sound: dict[str, str]) -> Path:
    """Two findings that a fix answers, one that it cannot, and one whose fix would bring up another."""
    text = (
        sound["postmortem"].replace("status: published", "status: publshed").replace("published_on: 2026-03-09\n", "")
    )
    return write(
        {
            sound["path"]: sound["postmortem"]
            .replace("detected_by:", "detectd_by:")
            .replace("### Primary Cause\n", ""),
            "docs/postmortems/2025/01-x/postmortem.md": text.replace("2026-", "2025-").replace("Payments", "Other"),
        }
    )


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout.splitlines()[-1]


def test_the_last_line_says_how_many_a_fix_would_mend(misspelt: Path, run_in: Run) -> None:
    fresh, cached = (run_in(misspelt, "postmortems", "check") for _ in range(2))
    assert last_line(fresh) == last_line(cached)
    counts, fixable = last_line(fresh).split("; ")
    assert fixable == "`--fix` would fix 2"
    fixed = run_in(misspelt, "postmortems", "check", "--fix")
    assert "fixed 2 problems in 1 file" in fixed.stderr
    assert "--fix" not in last_line(fixed)
    assert counts.startswith(("3 errors", "2 errors", "4 errors"))


def test_of_what_no_fix_answers_the_last_line_says_nothing(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    folder = write({sound["path"]: sound["postmortem"].replace("severity: SEV2", "severity: P0")})
    assert last_line(run_in(folder, "postmortems", "check")) == "1 error in 2 files"


def test_only_what_is_reported_is_counted(misspelt: Path, run_in: Run) -> None:
    done = run_in(misspelt, "postmortems", "check", "docs/postmortems/2025")
    assert "--fix" not in last_line(done)


def test_statistics_count_by_rule(misspelt: Path, run_in: Run) -> None:
    done = run_in(misspelt, "postmortems", "check", "--statistics")
    listed = json.loads(run_in(misspelt, "postmortems", "check", "--format", "json").stdout)["diagnostics"]
    rows = [line.split(maxsplit=1) for line in done.stdout.splitlines()[:-1]]
    assert sum(int(number) for number, _ in rows) == len(listed)
    assert {what for _, what in rows} == {f"{one['code']} {one['rule']} [{one['level']}]" for one in listed}
    assert done.returncode == 1
    assert [int(number) for number, _ in rows] == sorted((int(number) for number, _ in rows), reverse=True)


def test_statistics_without_text_are_wrong_usage(misspelt: Path, run_in: Run) -> None:
    done = run_in(misspelt, "postmortems", "check", "--statistics", "--format", "json")
    said = "postmortems: --statistics needs the text format: add --format text\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


@pytest.fixture
def draft(write: Write, run_in: Run) -> tuple[Path, str]:
    folder = write({})
    made = run_in(folder, "postmortems", "new", "Slow", "--severity", "SEV2", "--started", "2026-10-01T10:00Z")
    return folder, made.stdout.splitlines()[0]


def test_a_fresh_draft_is_one_line(draft: tuple[Path, str], run_in: Run) -> None:
    folder, path = draft
    done = run_in(folder, "postmortems", "check")
    every = json.loads(run_in(folder, "postmortems", "check", "--format", "json").stdout)["diagnostics"]
    places = sum(one["rule"] == "leftover-template-text" for one in every)
    first, blank, last = done.stdout.splitlines()
    assert places > 20
    assert first == f"{path}: draft: {places} places of the template are not yet written (--verbose lists them)"
    assert blank == ""
    assert last.startswith(f"{len([one for one in every if one['level'] == 'warning'])} warnings")
    assert done.returncode == 0
    assert run_in(folder, "postmortems", "check", "--strict").returncode == 1


def test_a_fresh_draft_is_one_line_of_the_builds_log_and_what_else_is_wrong_another(
    draft: tuple[Path, str], run_in: Run
) -> None:
    folder, path = draft
    text = (folder / path).read_text("utf-8")
    (folder / path).write_text(text.replace("severity: SEV2\n", "severity: SEV2\nowner: carts #2\n"), "utf-8")
    told = run_in(folder, "postmortems", "check").stdout.partition(" (--verbose")[0]
    log = run_in(folder, "mkdocs", "build").stderr
    own = [line for line in log.splitlines() if "02-slow/postmortem.md:" in line]
    assert len(own) == 2
    assert "PM012 comment-in-value" in own[0]
    assert told.removeprefix("docs/") in own[1]


def test_verbose_lists_them(draft: tuple[Path, str], run_in: Run) -> None:
    folder, path = draft
    done = run_in(folder, "postmortems", "check", "--verbose")
    assert done.stdout.count(f"{path}:") > 20
    assert "draft:" not in done.stdout


def test_what_is_wrong_in_a_fresh_draft_is_still_listed(draft: tuple[Path, str], run_in: Run) -> None:
    folder, path = draft
    text = (folder / path).read_text("utf-8").replace("severity: SEV2", "severity: P0")
    (folder / path).write_text(text, "utf-8")
    done = run_in(folder, "postmortems", "check")
    assert "PM007 invalid-value [error]" in done.stdout
    assert "leftover-template-text" not in done.stdout


def test_a_draft_that_is_nearly_written_lists_what_is_left(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    text = sound["postmortem"].replace("status: published", "status: draft").replace("published_on: 2026-03-09\n", "")
    folder = write({sound["path"]: text.replace("A pool is a queue.", "A pool is a queue, says [Owner].")})
    done = run_in(folder, "postmortems", "check")
    assert "draft:" not in done.stdout
    assert "leftover-template-text" in done.stdout


def test_a_build_sums_up_a_fresh_draft_too(draft: tuple[Path, str], run_in: Run) -> None:
    folder, path = draft
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert f"{path}: draft: " in done.stderr
    assert done.returncode == 1

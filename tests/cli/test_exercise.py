"""`postmortems exercise` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.check.made_secrets import made_secret
from tests.conftest import Write

from postmortems.cli.main import main

TIMELINE = """\
---
title: Clean-up {number} emptied the table
status: published
severity: SEV1
owner: Shop
services: [{service}]
started_at: 2026-03-0{number}T14:00Z
detected_at: 2026-03-0{number}T14:10Z
mitigated_at: unknown
resolved_at: 2026-03-0{number}T16:00Z
root_cause: unsafe script
patterns: []
published_on: 2026-03-09
---

## Timeline

| Time (UTC) | Event | Action |
|---|---|---|
| 14:00 | The clean-up deletes the table | |
| 14:10 | An alert fires, because rows are gone | All are called |
| 14:20 | `SELECT` fails & <b>more</b> | Rollback, without effect |
| 14:30 | Errors rise | |
| 14:40 | Only later is it known that a copy exists | |
| 15:00 | The copy is found | It is restored |
| 16:00 | All is well | |
"""


@pytest.fixture(autouse=True)
def here(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    known = {
        f"docs/postmortems/2026/1{number}-{service}/postmortem.md": TIMELINE.format(number=number, service=service)
        for number, service in ((1, "checkout"), (2, "search"))
    }
    folder = write(known)
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["exercise", *arguments])


def test_a_sheet_hides_each_step_and_keeps_the_cause_for_the_notes() -> None:
    done = run("11-checkout")
    assert (done.exit_code, "Game master’s notes" in done.stdout) == (0, True), done.output
    assert done.stdout.startswith("# Exercise: Shop, 1 Mar 2026, 14:10\n\n5 steps, about 40 min.\n")
    play, _, notes = done.stdout.partition("Game master’s notes")
    assert "An alert fires …\n" in play
    assert "<summary>Step 2</summary>\n\n14:20, 10 min in\n\nSELECT fails \\& more" in play
    for words in ("clean", "Clean", "table", "checkout", "SEV1", "Only later", "rows"):
        assert words not in play
        assert words in notes or words == "clean"
    assert "### Wrong turns" in notes
    assert done.stdout.count("<details>") == done.stdout.count("</details>")


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_no_secret_and_no_name_is_handed_out(here: Path, form: str) -> None:
    token = "".join(made_secret("a GitHub token", 3))
    file = here / "docs/postmortems/2026/11-checkout/postmortem.md"
    told = f"An alert fires for {token} of joan@wholesale.shop"
    file.write_text(file.read_text("utf-8").replace("An alert fires", told), "utf-8")
    shown = run("11-checkout", "--format", form).stdout.replace("\\", "")
    assert "An alert fires for" in shown
    assert token not in shown
    assert "joan" not in shown
    assert "(40 characters)" in shown


def test_without_an_id_the_exercises_are_listed_with_what_makes_none() -> None:
    done = run("--today", "2026-11-20")
    assert "Shop, 2 Mar 2026, 14:10      5       40  short   2026/12-search" in done.stdout
    assert done.stdout.endswith("\n2 of 2 exercises from 3 postmortems; no exercise: 1 with too few timeline entries\n")
    assert "Clean-up" not in done.stdout


def test_exercises_are_chosen_by_service_and_at_random() -> None:
    assert "\n1 of 2 exercises from 3 postmortems;" in run("--service", "search").stdout
    assert run("--service", "search", "--random").stdout.startswith("# Exercise: Shop, 2 Mar 2026")
    assert [one["ID"] for one in json.loads(run("--format", "json").stdout)] == ["2026/12-search", "2026/11-checkout"]
    assert [one["ID"] for one in json.loads(run("12-search", "--format", "json").stdout)] == ["2026/12-search"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["2026/11-checkout", "--random"],
            "postmortems: give an ID, or choose by --pattern, --service and --random, not both\n",
        ),
        (["nothing"], 'no postmortem has the id "nothing"'),
        (["--service", "checkuot"], '--service is "checkuot", which matches no postmortem; did you mean "checkout"?'),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stdout == ""


def test_a_postmortem_that_makes_none_is_one_line(here: Path) -> None:
    file = here / "docs/postmortems/2026/11-checkout/postmortem.md"
    file.write_text(file.read_text("utf-8").replace("status: published", "status: draft"), "utf-8")
    done = run("2026/11-checkout")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "2026/11-checkout makes no exercise: it is a draft\n" in done.stderr


def test_nothing_to_choose_from_is_said(here: Path) -> None:
    for folder in ("11-checkout", "12-search"):
        (here / f"docs/postmortems/2026/{folder}/postmortem.md").unlink()
    done = run("--random")
    assert done.exit_code == 2
    assert "no exercise to choose from: 0 of 0 exercises from 1 postmortem; no exercise: 1 with too few" in done.stderr
    assert run().stdout == "0 of 0 exercises from 1 postmortem; no exercise: 1 with too few timeline entries\n"
    assert run("--format", "json").stdout == "[]\n"

"""`postmortems search` as a user runs it: what it prints, what it says of words that nobody has written, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pydantic import TypeAdapter
from tests.conftest import Write

from postmortems.cli.main import main
from postmortems.render.data.answers import AnswerRecord

PATTERN = """---
title: Database issues
family: database
signals: [connection pool exhaustion]
---

## Right now

1. **Check** who waits.
2. **Do:** Stop the *workers*, then the queue. `kubectl scale --replicas=0 NAME`

## What helps during the incident

Shed load. Then wait.
"""


@pytest.fixture
def here(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write({"docs/patterns/database-issues.md": PATTERN})
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["search", *arguments])


def found(*arguments: str) -> list[Any]:
    done = run(*arguments, "--format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_patterns_come_first_with_what_helps_now(here: Path) -> None:
    said = run("connection", "pool").stdout
    assert said.startswith('1 pattern and 1 postmortem for "connection pool"\n\nPatterns\n')
    assert "  Signals: connection pool exhaustion\n  What helps now: Stop the workers, then the queue.\n" in said


def test_an_incident_is_told_with_its_facts_and_the_passage(here: Path) -> None:
    said = run("checkout").stdout
    assert (
        "  Checkout times out\n  2026/01-checkout · SEV2 · 2 Mar 2026 · Payments · resolved after 1 h 40 min\n" in said
    )


def test_the_answers_as_data(here: Path) -> None:
    (pattern,) = [one for one in found("connection pool") if one["kind"] == "pattern"]
    TypeAdapter(AnswerRecord).validate_python(pattern, strict=True)
    assert (pattern["id"], pattern["title"]) == ("database-issues", "Database issues")
    assert pattern["why"] == [{"where": "signal", "words": "connection pool exhaustion"}]
    assert pattern["helps_now"] == "Stop the workers, then the queue."
    assert [one["id"] for one in found("checkout") if one["kind"] == "postmortem"] == ["2026/01-checkout"]


def test_a_pattern_without_steps_tells_what_helps(here: Path) -> None:
    path = here / "docs/patterns/database-issues.md"
    path.write_text(PATTERN.replace("**Do:**", "Then"), "utf-8")
    assert found("connection pool")[0]["helps_now"] == "Shed load."


def test_what_was_put_right_is_said(here: Path) -> None:
    assert run("chekout").stdout.startswith('No match for all of it: "chekout" taken for "checkout".\n')


def test_nothing_found_is_said_with_the_next_step(here: Path) -> None:
    done = run("qqqqqq")
    assert done.exit_code == 0
    assert done.stdout == (
        'No match for "qqqqqq".\nIt may be new here. Try one word of the error message, or `postmortems list`.\n'
    )
    assert found("qqqqqq") == []


@pytest.mark.parametrize("words", [["x"], [""], ["  "]])
def test_one_letter_is_not_searched_for(words: list[str], here: Path) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "is too short to search for" in done.stderr


def test_a_limit_lists_less_and_counts_all(
    write: Write, sound: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "docs/postmortems/2026/02-again/postmortem.md"
    monkeypatch.chdir(write({sound["path"]: sound["postmortem"], other: sound["postmortem"]}))
    assert "Incidents (the best 1 of 2)" in run("checkout", "--limit", "1").stdout
    assert run("checkout", "--limit", "0").exit_code == 2


def test_what_authors_write_commands_no_terminal(here: Path) -> None:
    path = here / "docs/patterns/database-issues.md"
    path.write_text(PATTERN.replace("Stop the *workers*", "Stop \x1b[31mred ::error::x"), "utf-8")
    said = run("connection pool").stdout
    assert "\x1b" not in said
    assert "::error" not in said

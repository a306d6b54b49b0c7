"""`postmortems sync`, from an export to the files on disk."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator, FormatChecker
from tests.builders import with_items
from tests.conftest import MKDOCS_YML, POSTMORTEM_PATH, Write

from postmortems.cli.main import main
from postmortems.render.data.schema import schema_of
from postmortems.render.data.ticket_sync import TicketSync

ITEMS = """\
- [ ] [Kim] One (kind: prevent, ticket: #1)
- [ ] [Kim] Two (ticket: example/shop#2)
- [x] [Kim] Three (ticket: https://github.com/example/shop/issues/3)
- [x] [Kim] Four (done: 2026-03-05, ticket: #4)
- [ ] [Kim] Five (ticket: #5)
- [ ] [Kim] Six (ticket: API-6)
- [ ] [Kim] Seven (ticket: ask Dana)
- [ ] [Kim] Eight (in progress) (ticket: #8)
- [ ] [Kim] Nine
"""
WRITTEN = """\
- [x] [Kim] One (kind: prevent, ticket: #1, done: 2026-03-04)
- [ ] [Kim] Two (ticket: example/shop#2, wont-do: closed as not planned)
- [x] [Kim] Three (ticket: https://github.com/example/shop/issues/3, done: 2026-03-04)
- [x] [Kim] Four (done: 2026-03-05, ticket: #4)
- [ ] [Kim] Five (ticket: #5)
- [ ] [Kim] Six (ticket: API-6)
- [ ] [Kim] Seven (ticket: ask Dana)
- [ ] [Kim] Eight (in progress) (ticket: #8)
- [ ] [Kim] Nine
"""


def issue(number: int, state: str = "CLOSED", reason: str = "COMPLETED") -> dict[str, Any]:
    url = f"https://github.com/example/shop/issues/{number}"
    closed = "2026-03-04T08:00:00Z" if state == "CLOSED" else None
    return {"number": number, "state": state, "stateReason": reason, "closedAt": closed, "url": url, "title": "T"}


EXPORT = [issue(1), issue(2, reason="NOT_PLANNED"), issue(3), issue(4, "OPEN", "REOPENED"), issue(8)]


@pytest.fixture
def here(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write({POSTMORTEM_PATH: with_items(ITEMS), "issues.json": json.dumps(EXPORT)})
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")  # 2026-11-24
    return folder


def sync(*arguments: str, stdin: bytes | None = None) -> Result:
    done = CliRunner().invoke(main, ["sync", *arguments], input=stdin)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_a_diff_can_be_applied_where_it_was_made(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = here / "docs/postmortems"
    monkeypatch.chdir(below)
    diff = sync(str(here / "issues.json")).stdout_bytes
    subprocess.run(["git", "init", "-q", "."], cwd=here, check=True)
    subprocess.run(["git", "apply", "-"], input=diff, cwd=below, check=True)
    assert (here / POSTMORTEM_PATH).read_text("utf-8") == with_items(WRITTEN)


def test_a_diff_shows_what_would_change_and_all_else_is_said(here: Path) -> None:
    before = (here / POSTMORTEM_PATH).read_bytes()
    done = sync("issues.json")
    assert done.exit_code == 0
    place = f"postmortems: {POSTMORTEM_PATH}"
    assert done.stderr.splitlines() == [
        f"{place}:70: #8: done on 2026-03-04; it cannot be written beside what else the item says of its state: "
        "write it by hand",
        f'{place}:66: example/shop#4 is open ("OPEN"), and the item is done: close the ticket, or open the item again',
        f"{place}:67: #5 is not in this export: correct it, or export more",
        f'{place}:69: the ticket "ask Dana" is neither the URL of a ticket nor a name such as OPS-12, #12 or '
        "example/shop#12",
        "5 tickets of GitHub; action items: 1 closed with an open ticket, 1 not in this export, "
        "1 of another tracker or repository, 1 with a ticket that cannot be read, 1 without a ticket",
        "would change 3 action items in 1 file",
    ]
    assert (here / POSTMORTEM_PATH).read_bytes() == before
    subprocess.run(["git", "apply", "-"], input=done.stdout_bytes, cwd=here, check=True)
    assert (here / POSTMORTEM_PATH).read_text("utf-8") == with_items(WRITTEN)


def test_a_ticket_in_the_text_counts_where_it_is_asked_for(here: Path) -> None:
    text = "- [ ] [Kim] One [Issue](https://github.com/example/shop/issues/1)\n- [ ] [Kim] Two, for pod #2\n"
    (here / POSTMORTEM_PATH).write_text(with_items(text), "utf-8")
    done = sync("issues.json")
    assert (done.stdout, done.stderr.splitlines()[-2:]) == (
        "",
        [
            "5 tickets of GitHub; action items: 1 with a ticket in the text alone, which --in-text compares, "
            "1 without a ticket",
            "would change 0 action items in 0 files",
        ],
    )
    (change,) = json.loads(sync("issues.json", "--in-text", "--format", "json").stdout)["changes"]
    assert (change["becomes"], change["ticket"]) == ("done", "example/shop#1")
    sync("issues.json", "--in-text", "--write")
    closed = text.replace("[ ]", "[x]", 1).replace("issues/1)", "issues/1) (done: 2026-03-04)")
    assert (here / POSTMORTEM_PATH).read_text("utf-8") == with_items(closed)


def test_it_writes_once_and_then_has_nothing_to_write(here: Path, run_in: Callable[..., Any]) -> None:
    done = sync("issues.json", "--write")
    assert done.exit_code == 0
    assert done.stdout == (
        f"{POSTMORTEM_PATH}:63: #1: done on 2026-03-04\n"
        f"{POSTMORTEM_PATH}:64: example/shop#2: dropped, closed as not planned\n"
        f"{POSTMORTEM_PATH}:65: example/shop#3: done on 2026-03-04\n"
    )
    assert done.stderr.endswith("changed 3 action items in 1 file\n")
    assert (here / POSTMORTEM_PATH).read_text("utf-8") == with_items(WRITTEN)
    again = sync("issues.json", "--write")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "changed 0 action items in 0 files" in again.stderr
    assert (here / POSTMORTEM_PATH).read_text("utf-8") == with_items(WRITTEN)
    assert run_in(here, "postmortems", "check").returncode == 0


def test_json_tells_all_of_it_and_fits_its_schema(here: Path) -> None:
    done = sync("issues.json", "--format", "json")
    data = json.loads(done.stdout)
    assert done.stderr == ""
    Draft202012Validator(schema_of(TicketSync, "x"), format_checker=FormatChecker()).validate(data)
    assert (data["source"], data["tickets"]) == ("GitHub", 5)
    assert [
        (one["line"], one["becomes"], one["done"], one["reason"], one["is_written"]) for one in data["changes"]
    ] == [
        (63, "done", "2026-03-04", None, False),
        (64, "dropped", None, "closed as not planned", False),
        (65, "dated", "2026-03-04", None, False),
        (70, "done", "2026-03-04", None, False),
    ]
    assert data["changes"][3]["problem"].startswith("it cannot be written")
    assert [(one["line"], one["outcome"]) for one in data["findings"]] == [
        (66, "open-ticket"), (67, "not-in-export"), (69, "unreadable"),
    ]  # fmt: skip
    assert sum(data["counts"].values()) == 9
    written = json.loads(sync("issues.json", "--format", "json", "--write").stdout)
    assert [one["is_written"] for one in written["changes"]] == [True, True, True, False]


def test_an_export_comes_through_a_pipe_too(here: Path) -> None:
    done = sync("-", stdin=json.dumps(EXPORT).encode())
    assert "would change 3 action items" in done.stderr


@pytest.mark.parametrize(
    ("settings", "options", "said"),
    [
        ("", [], "would change 3 action items"),
        ("repo_url: https://github.com/example/shop\n", [], "would change 3 action items"),
        ("repo_url: https://github.com/example/kb\n", [], "5 of another tracker or repository"),
        ("repo_url: https://github.com/example/kb\n", ["--repository", "example/shop"], "would change 3 action items"),
    ],
)
def test_a_bare_number_is_of_the_own_repository(here: Path, settings: str, options: list[str], said: str) -> None:
    (here / "mkdocs.yml").write_text(MKDOCS_YML + settings, "utf-8")
    assert said in sync("issues.json", *options).stderr


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "postmortems: x.json: the file is empty\n"),
        (b"[{", "postmortems: x.json: line 1: the file is not JSON: "),
        (
            b'{"a\\u001b[31m": 1}',
            "postmortems: x.json: no issue of GitHub, GitLab or Jira is in it; its objects have a\\x1b[31m\n",
        ),
    ],
)
def test_a_file_that_is_no_export_is_one_line(here: Path, data: bytes, said: str) -> None:
    (here / "x.json").write_bytes(data)
    done = sync("x.json", "--write")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["missing.json", "docs"])
def test_what_cannot_be_opened_is_one_line(here: Path, name: str) -> None:
    done = sync(name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"postmortems: {name}: cannot be opened: ")
    assert done.stderr.count("\n") == 1


def test_a_file_that_may_not_be_written_is_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    done = sync("issues.json", "--write")
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{POSTMORTEM_PATH}: cannot write: Permission denied" in done.stderr
    assert "changed 0 action items in 0 files" in done.stderr


@pytest.mark.parametrize(("level", "is_written"), [("error", False), ("warning", True)])
def test_what_would_be_a_new_error_is_not_written(here: Path, level: str, is_written: bool) -> None:
    settings = MKDOCS_YML.replace(
        "- postmortems\n", f"- postmortems: {{levels: {{only-mitigating-actions: {level}}}}}\n"
    )
    (here / "mkdocs.yml").write_text(settings, "utf-8")
    before = with_items("- [ ] [Kim] A (kind: prevent, ticket: #2)\n- [ ] [Kim] B (kind: mitigate)\n")
    (here / POSTMORTEM_PATH).write_text(before, "utf-8")
    done = sync("issues.json", "--write")
    assert done.exit_code == 0
    if is_written:
        assert ": after it the check finds: " in done.stderr
        assert "wont-do" in (here / POSTMORTEM_PATH).read_text("utf-8")
    else:
        assert "#2: dropped, closed as not planned; not modified: the check would find: " in done.stderr
        assert (here / POSTMORTEM_PATH).read_text("utf-8") == before


def test_nothing_to_sync_with_is_said(here: Path) -> None:
    (here / "none.json").write_text("[]")
    done = sync("none.json")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "postmortems: this export: it holds no issues\n" in done.stderr
    assert "would change 0 action items in 0 files" in done.stderr

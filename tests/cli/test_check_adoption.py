"""`postmortems check` in a repository with a past: several formats, changed files, and a baseline."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]

OLD = "docs/postmortems/2026/02-old/postmortem.md"
NEW = "docs/postmortems/2026/03-new/postmortem.md"


def without(text: str, *headings: str) -> str:
    for heading in headings:
        text = text.replace(f"## {heading}\n", f"## About {heading}\n")
    return text


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def commit_all(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "change")


@pytest.fixture
def repository(write: Write, sound: dict[str, str]) -> Path:
    """A repository with an old postmortem that lacks a section, committed on main."""
    folder = write({OLD: without(sound["postmortem"], "Timeline")})
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit_all(folder)
    return folder


# Formats ---------------------------------------------------------------------------------------------------------


def test_several_formats_at_once(repository: Path, run_in: Run) -> None:
    done = run_in(repository, "postmortems", "check", "--format", "json:found.json", "--format", "text")
    assert done.returncode == 1
    assert "PM101 missing-section" in done.stdout
    assert json.loads((repository / "found.json").read_text("utf-8"))["counts"]["error"] >= 1


def test_with_a_file_alone_stdout_stays_empty(repository: Path, run_in: Run) -> None:
    done = run_in(repository, "postmortems", "check", "--format", "json:found.json")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


@pytest.mark.parametrize(
    ("formats", "said"),
    [
        (
            ["text", "json"],
            "--format text and json cannot both use stdout: give all but one a file, such as json:json.out",
        ),
        (["json:a", "text:./a"], "--format json:a is named twice: give each format a file of its own"),
        (["json:no/where.json"], "--format json:no/where.json: the folder {folder}/no does not exist: create it first"),
        (["json:docs"], "--format json:docs is a folder: name a file in it"),
    ],
)
def test_outputs_that_cannot_be(repository: Path, run_in: Run, formats: list[str], said: str) -> None:
    done = run_in(repository, "postmortems", "check", *(word for one in formats for word in ("--format", one)))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == f"postmortems: {said.format(folder=repository.resolve())}"


@pytest.mark.parametrize(("word", "hint"), [("jsn", 'did you mean "json"?'), ("json:", '"json:" has no file name')])
def test_a_format_that_is_none(repository: Path, run_in: Run, word: str, hint: str) -> None:
    done = run_in(repository, "postmortems", "check", "--format", word)
    assert (done.returncode, done.stdout) == (2, "")
    assert hint in done.stderr
    assert "Traceback" not in done.stderr


# Changed files ---------------------------------------------------------------------------------------------------


def test_only_what_a_branch_changes_is_reported(repository: Path, run_in: Run, sound: dict[str, str]) -> None:
    (repository / NEW).parent.mkdir(parents=True)
    (repository / NEW).write_text(without(sound["postmortem"], "Action Items"), "utf-8")
    done = run_in(repository, "postmortems", "check", "--changed-since", "main", "--format", "json")
    assert done.returncode == 1
    assert {one["path"] for one in json.loads(done.stdout)["diagnostics"]} == {NEW}


def test_a_branch_without_a_finding_of_its_own_passes(repository: Path, run_in: Run) -> None:
    done = run_in(repository, "postmortems", "check", "--changed-since", "main")
    assert (done.returncode, done.stdout) == (0, "3 files, nothing to report\n")


def test_a_deleted_pattern_fails_although_no_postmortem_has_changed(repository: Path, run_in: Run) -> None:
    (repository / "docs/patterns/database-issues.md").unlink()
    done = run_in(repository, "postmortems", "check", "--changed-since", "main", "--format", "json")
    assert done.returncode == 1
    assert {one["rule"] for one in json.loads(done.stdout)["diagnostics"]} == {"unknown-pattern"}


def test_a_postmortem_that_moves_fails_the_register_although_that_has_not_changed(
    repository: Path, run_in: Run, sound: dict[str, str]
) -> None:
    entry = "- id: INC-1\n  severity: SEV2\n  resolved_at: unknown\n  postmortem: 2026/01-checkout\n"
    (repository / "docs/postmortems/register.yml").write_text(entry, "utf-8")
    commit_all(repository)
    (repository / sound["path"]).parent.rename(repository / "docs/postmortems/2026/04-checkout")
    done = run_in(repository, "postmortems", "check", "--changed-since", "main")
    assert done.returncode == 1
    assert "docs/postmortems/register.yml:4:15 PM406 dangling-repeat" in done.stdout
    assert 'did you mean "2026/04-checkout"?' in done.stdout


def test_a_changed_timeline_is_its_postmortems(repository: Path, run_in: Run) -> None:
    (repository / OLD).with_name("timeline.json").write_text("[", "utf-8")
    done = run_in(repository, "postmortems", "check", "--changed-since", "main", "--format", "json")
    rules = {one["rule"] for one in json.loads(done.stdout)["diagnostics"]}
    assert {"invalid-timeline-json", "missing-section"} <= rules


@pytest.mark.parametrize("ref", ["nowhere", "origin/main"])
def test_a_ref_that_does_not_exist_is_one_line(repository: Path, run_in: Run, ref: str) -> None:
    done = run_in(repository, "postmortems", "check", "--changed-since", ref)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"postmortems: --changed-since: no commit, branch or tag named {ref}: `git branch --all` lists the branches\n"
    )


# Baseline --------------------------------------------------------------------------------------------------------


def write_baseline(repository: Path, run_in: Run) -> str:
    done = run_in(repository, "postmortems", "check", "--baseline", "known.json", "--write-baseline")
    assert done.returncode == 0, done
    return (repository / "known.json").read_text("utf-8")


def test_an_old_corpus_can_switch_the_check_on(repository: Path, run_in: Run, sound: dict[str, str]) -> None:
    text = write_baseline(repository, run_in)
    assert r'"message": "section \"Timeline\" is missing"' in text
    done = run_in(repository, "postmortems", "check", "--baseline", "known.json", "--strict")
    assert (done.returncode, done.stdout, done.stderr) == (0, "3 files, nothing to report\n", "")

    (repository / NEW).parent.mkdir(parents=True)
    (repository / NEW).write_text(without(sound["postmortem"], "Timeline"), "utf-8")
    done = run_in(repository, "postmortems", "check", "--baseline", "known.json", "--format", "json")
    assert done.returncode == 1
    assert {one["path"] for one in json.loads(done.stdout)["diagnostics"]} == {NEW}


def test_known_findings_move_with_their_text(repository: Path, run_in: Run) -> None:
    write_baseline(repository, run_in)
    text = (repository / OLD).read_text("utf-8")
    (repository / OLD).write_text(text.replace("\n## Executive", "\n\nA new paragraph.\n\n## Executive"), "utf-8")
    done = run_in(repository, "postmortems", "check", "--baseline", "known.json", "--strict")
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_gone_is_said_and_fails_a_strict_run(repository: Path, run_in: Run, sound: dict[str, str]) -> None:
    write_baseline(repository, run_in)
    (repository / OLD).write_text(sound["postmortem"], "utf-8")
    done = run_in(repository, "postmortems", "check", "--baseline", "known.json")
    assert done.returncode == 0
    assert "fixed; update it with --write-baseline" in done.stderr
    assert 'missing-section: section "Timeline" is missing' in done.stderr
    assert run_in(repository, "postmortems", "check", "--baseline", "known.json", "--strict").returncode == 1

    shrunk = run_in(repository, "postmortems", "check", "--baseline", "known.json", "--write-baseline")
    assert shrunk.returncode == 0
    assert run_in(repository, "postmortems", "check", "--baseline", "known.json", "--strict").returncode == 0


def test_a_baseline_never_grows(repository: Path, run_in: Run, sound: dict[str, str]) -> None:
    before = write_baseline(repository, run_in)
    (repository / NEW).parent.mkdir(parents=True)
    (repository / NEW).write_text(without(sound["postmortem"], "Timeline"), "utf-8")
    done = run_in(repository, "postmortems", "check", "--baseline", "known.json", "--write-baseline")
    assert done.returncode == 1
    assert "new findings were not added (a baseline can only shrink)" in done.stderr
    assert (repository / "known.json").read_text("utf-8") == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "known.json: baseline not found; create it with `postmortems check --baseline FILE --write-baseline`"),
        (b"\xff\xfe", "known.json: is not UTF-8 text"),
        (b'{"version": [', "known.json:1:14: is not valid JSON: Expecting value"),
        (b"{}", "known.json:1:1: is not a baseline: version: Field required"),
    ],
)
def test_a_baseline_that_cannot_be_used(repository: Path, run_in: Run, content: bytes | None, said: str) -> None:
    if content is not None:
        (repository / "known.json").write_bytes(content)
    done = run_in(repository, "postmortems", "check", "--baseline", "known.json")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"postmortems: {said}\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--write-baseline"], "--write-baseline needs a file: add --baseline FILE or the setting `baseline`"),
        (
            ["--write-baseline", "--baseline", "known.json", "docs"],
            "--write-baseline covers all findings: remove PATHs and --changed-since",
        ),
        (
            ["--write-baseline", "--baseline", "no/known.json"],
            "no/known.json: cannot write: No such file or directory",
        ),
    ],
)
def test_baseline_options_that_do_not_fit(repository: Path, run_in: Run, options: list[str], said: str) -> None:
    done = run_in(repository, "postmortems", "check", *options)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"postmortems: {said}\n")


def test_the_setting_names_the_baseline_for_check_and_build_alike(
    repository: Path, run_in: Run, sound: dict[str, str]
) -> None:
    config = (repository / "mkdocs.yml").read_text("utf-8")
    (repository / "mkdocs.yml").write_text(
        config.replace("  - postmortems\n", "  - postmortems: {baseline: known.json}\n"), "utf-8"
    )
    assert run_in(repository, "mkdocs", "build", "-q").returncode == 1
    assert run_in(repository, "postmortems", "check", "--write-baseline").returncode == 0
    assert run_in(repository, "postmortems", "check", "--strict").returncode == 0
    assert run_in(repository, "mkdocs", "build", "-q", "--strict").returncode == 0

    (repository / OLD).write_text(sound["postmortem"], "utf-8")
    assert run_in(repository, "mkdocs", "build", "-q").returncode == 0
    done = run_in(repository, "mkdocs", "build", "-q", "--strict")
    assert done.returncode == 1
    assert "listed findings are fixed; update it with `postmortems check --write-baseline`" in done.stderr

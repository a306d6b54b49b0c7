"""A pull request is refused only for what it touches: by the check and the build alike."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import MKDOCS_YML, Write

Run = Callable[..., subprocess.CompletedProcess[str]]

OLD = "docs/postmortems/2026/02-old/postmortem.md"
NEW = "docs/postmortems/2026/03-new/postmortem.md"
VARIABLE = "POSTMORTEMS_CHANGED_SINCE"


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def add(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


@pytest.fixture
def repository(write: Write, sound: dict[str, str]) -> Path:
    """A repository whose main branch has an error and a warning, in one postmortem."""
    wrong = sound["postmortem"].replace("## Timeline\n", "## Course\n").replace("12 % of requests", "many requests")
    folder = write({OLD: wrong})
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "main")
    return folder


def results(repository: Path, run_in: Run) -> tuple[int, int]:
    check = run_in(repository, "postmortems", "check", "--strict")
    build = run_in(repository, "mkdocs", "build", "--strict")
    return check.returncode, build.returncode


def test_without_a_commit_to_compare_with_both_refuse_everything(repository: Path, run_in: Run) -> None:
    assert results(repository, run_in) == (1, 1)


def test_a_sound_change_passes_both_and_they_say_what_they_did_not_judge(
    repository: Path, run_in: Run, sound: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(repository, NEW, sound["postmortem"].replace("owner: Payments", "owner: Search"))
    monkeypatch.setenv(VARIABLE, "main")
    assert results(repository, run_in) == (0, 0)
    left = "not counted, in files unchanged since main: 1 error"
    assert left in run_in(repository, "postmortems", "check", "--strict").stderr
    assert left in run_in(repository, "mkdocs", "build", "--strict").stderr


def test_a_wrong_change_fails_both_and_names_itself_alone(
    repository: Path, run_in: Run, sound: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(repository, NEW, sound["postmortem"].replace("### Primary Cause\n", "### Reasons\n"))
    monkeypatch.setenv(VARIABLE, "main")
    for command in (("postmortems", "check", "--strict"), ("mkdocs", "build", "--strict")):
        done = run_in(repository, *command)
        said = done.stdout + done.stderr
        assert done.returncode == 1
        assert f"{NEW}:" in said
        assert f"{OLD}:" not in said


def test_an_option_goes_before_the_environment(repository: Path, run_in: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "nowhere")
    assert run_in(repository, "postmortems", "check", "--changed-since", "main").returncode == 0


def test_a_commit_that_is_not_there_ends_both_before_the_old_site_is_gone(
    repository: Path, run_in: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(repository, "site/old.html", "old")
    monkeypatch.setenv(VARIABLE, "nowhere")
    said = "no commit, branch or tag named nowhere: `git branch --all` lists the branches"
    done = run_in(repository, "mkdocs", "build", "--quiet")
    assert (done.returncode, done.stderr) == (2, f"Error: postmortems: {VARIABLE}: {said}\n")
    assert (repository / "site/old.html").exists()
    assert results(repository, run_in) == (2, 2)


def test_a_baseline_shrinks_only_by_what_is_touched(
    repository: Path, run_in: Run, sound: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(repository, "mkdocs.yml", MKDOCS_YML.replace("  - postmortems\n", "  - postmortems: {baseline: known.json}\n"))
    assert run_in(repository, "postmortems", "check", "--write-baseline").returncode == 0
    add(repository, OLD, sound["postmortem"].replace("owner: Payments", "owner: Search"))
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "mended on main, the baseline forgotten")
    assert results(repository, run_in) == (1, 1)
    monkeypatch.setenv(VARIABLE, "main")
    assert results(repository, run_in) == (0, 0)

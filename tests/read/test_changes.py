"""What git says a branch changes, asked of real repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from postmortems.model.changes import Changes
from postmortems.read.changes import ChangesError, changes_since

ONE = "postmortems/2026/01-one/postmortem.md"


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def save(folder: Path, files: dict[str, str | None]) -> None:
    for path, text in files.items():
        if text is None:
            (folder / path).unlink()
        else:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")


def commit(folder: Path, files: dict[str, str | None], message: str = "change") -> None:
    save(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose docs folder is not its root, on a branch that main has moved away from."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, {"README.md": "a", f"docs/{ONE}": "one", "docs/patterns/gone.md": "x", "docs/index.md": "home"})
    git(folder, "checkout", "--quiet", "-b", "branch")
    git(folder, "checkout", "--quiet", "main")
    commit(folder, {"docs/index.md": "changed on main alone"})
    git(folder, "checkout", "--quiet", "branch")
    return folder


def test_committed_uncommitted_and_new_files_are_changed_and_those_of_main_are_not(repository: Path) -> None:
    commit(repository, {f"docs/{ONE}": "edited", "README.md": "outside the docs folder"})
    save(repository, {"docs/patterns/gone.md": None, "docs/postmortems/2026/02-zwölf neu/postmortem.md": "new"})
    changes = changes_since("main", repository / "docs")
    assert changes.paths == {ONE, "patterns/gone.md", "postmortems/2026/02-zwölf neu/postmortem.md"}
    assert changes.removed == {"patterns/gone.md"}
    assert changes.note == ""


def test_nothing_changed(repository: Path) -> None:
    assert changes_since("branch", repository / "docs") == Changes()


def test_a_file_that_moved_is_gone_at_its_old_place_and_new_at_its_other(repository: Path) -> None:
    git(repository, "mv", "docs/patterns/gone.md", "docs/patterns/kept.md")
    changes = changes_since("main", repository / "docs")
    assert (changes.paths, changes.removed) == ({"patterns/gone.md", "patterns/kept.md"}, {"patterns/gone.md"})


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("nowhere", "no commit, branch or tag is called nowhere: `git branch --all` lists the branches"),
        (
            "--output=/tmp/x",
            "no commit, branch or tag is called --output=/tmp/x: `git branch --all` lists the branches",
        ),
        ("", "no commit, branch or tag is called : `git branch --all` lists the branches"),
    ],
)
def test_a_ref_that_does_not_exist(repository: Path, ref: str, said: str) -> None:
    with pytest.raises(ChangesError, match="no commit") as caught:
        changes_since(ref, repository / "docs")
    assert str(caught.value) == said


def test_a_branch_of_a_remote_that_was_never_fetched(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", f"file://{repository}", "clone")
    with pytest.raises(ChangesError) as caught:
        changes_since("origin/nowhere", tmp_path / "clone/docs")
    assert str(caught.value) == (
        "no commit is called origin/nowhere: fetch it with "
        "`git fetch --depth=1 origin nowhere:refs/remotes/origin/nowhere`"
    )


def test_a_shallow_clone_says_what_to_fetch_and_then_works(repository: Path, tmp_path: Path) -> None:
    commit(repository, {f"docs/{ONE}": "edited"})
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=branch", f"file://{repository}", "clone")
    docs = tmp_path / "clone/docs"
    with pytest.raises(ChangesError) as caught:
        changes_since("origin/main", docs)
    fetch = "git fetch --depth=1 origin main:refs/remotes/origin/main"
    assert str(caught.value) == f"origin/main is not in this shallow clone: fetch it with `{fetch}`"

    git(docs, *fetch.split()[1:])
    changes = changes_since("origin/main", docs)
    # What main alone has changed counts, too, since the commit that both share is not there; the note says so.
    assert changes.paths == {ONE, "index.md"}
    assert changes.note == (
        "origin/main and this branch share no commit here, so origin/main itself is compared; what changed on it "
        "since counts, too, unless more is fetched: git fetch --unshallow origin"
    )


def test_a_folder_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "docs").mkdir()
    with pytest.raises(ChangesError, match="is in no git repository, so nothing is known of main"):
        changes_since("main", tmp_path / "docs")


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(ChangesError, match="has no commit yet"):
        changes_since("main", tmp_path)


def test_a_machine_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ChangesError, match="git is not installed"):
        changes_since("main", tmp_path)


@pytest.mark.parametrize(
    ("changed", "asked", "touched"),
    [
        (ONE, ONE, True),
        ("postmortems/2026/01-one/timeline.json", ONE, True),
        ("postmortems/2026/01-one/artifacts/graph.png", ONE, True),
        ("postmortems/2026/02-two/postmortem.md", ONE, False),
        ("postmortems/2026/flat.md", "postmortems/2026/flat.md", True),
        ("postmortems/2026/flat.md", "postmortems/2026/other.md", False),
        ("patterns/a.md", "patterns/a.md", True),
        ("patterns/a.md", "patterns/b.md", False),
    ],
)
def test_a_postmortem_and_its_folder_change_as_one(changed: str, asked: str, touched: bool) -> None:
    assert Changes(frozenset({changed})).touches(asked) is touched

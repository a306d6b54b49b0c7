"""What git says a branch changes, asked of real repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from postmortems.model.changes import Changes
from postmortems.read.changes import ChangesError, changes_since
from postmortems.read.files import list_files

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
        ("nowhere", "no commit, branch or tag named nowhere: `git branch --all` lists the branches"),
        (
            "--output=/tmp/x",
            "no commit, branch or tag named --output=/tmp/x: `git branch --all` lists the branches",
        ),
        (
            "--upload-pack=touch ran;",
            "no commit, branch or tag named --upload-pack=touch ran;: `git branch --all` lists the branches",
        ),
        ("", "no commit, branch or tag named : `git branch --all` lists the branches"),
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
        "no commit named origin/nowhere: fetch it with `git fetch --depth=1 origin nowhere:refs/remotes/origin/nowhere`"
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
        "origin/main and this branch have no common commit here; comparing with origin/main itself; later "
        "changes on it are included unless you run: git fetch --unshallow origin"
    )


def test_a_folder_without_git(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    with pytest.raises(ChangesError, match="is not in a git repository, so it cannot be compared with main"):
        changes_since("main", tmp_path / "docs")


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "docs").mkdir()
    with pytest.raises(ChangesError, match="has no commit yet"):
        changes_since("main", tmp_path / "docs")


def test_a_machine_without_git(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ChangesError, match="git is not installed"):
        changes_since("main", repository / "docs")


def test_names_with_any_character_and_in_any_language(repository: Path) -> None:
    names = ["postmortems/2026/02-a\nb/postmortem.md", 'postmortems/2026/03-"q"/postmortem.md', "patterns/größe\t.md"]
    commit(repository, {f"docs/{name}": "new" for name in names})
    assert changes_since("main", repository / "docs").paths == set(names)


def test_the_environment_of_a_hook_is_left_out(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(repository, {f"docs/{ONE}": "edited"})
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, "/nowhere")
    assert changes_since("main", repository / "docs").paths == {ONE}


def test_a_detached_head(repository: Path) -> None:
    commit(repository, {f"docs/{ONE}": "edited"})
    git(repository, "checkout", "--quiet", "--detach")
    assert changes_since("main", repository / "docs").paths == {ONE}


def test_a_docs_folder_in_a_subfolder_and_one_that_is_a_link(repository: Path) -> None:
    commit(repository, {"team/handbook/docs/index.md": "home"})
    (repository / "linked").symlink_to("team/handbook/docs")
    for docs in ("team/handbook/docs", "linked"):
        assert changes_since("main", repository / docs).paths == {"index.md"}


def test_a_worktree_has_a_file_in_place_of_the_folder(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "other", "main")
    commit(tmp_path / "tree", {f"docs/{ONE}": "edited"})
    assert changes_since("main", tmp_path / "tree/docs").paths == {ONE}


def test_a_submodule_that_holds_the_docs_folder(repository: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "--quiet", "--initial-branch=main")
    git(outer, "submodule", "--quiet", "add", str(repository), "handbook")
    commit(outer / "handbook", {f"docs/{ONE}": "edited"})
    assert changes_since("origin/main", outer / "handbook/docs").paths == {ONE}


def test_a_docs_folder_that_is_a_repository_of_its_own_is_not_asked(repository: Path) -> None:
    git(repository / "docs", "init", "--quiet")
    with pytest.raises(ChangesError, match="docs is a separate git repository, which is never read"):
        changes_since("main", repository / "docs")


def test_a_git_folder_that_is_no_repository_does_not_lead_to_one_above(repository: Path) -> None:
    (repository / "docs/deep/docs").mkdir(parents=True)
    (repository / "docs/deep/.git").mkdir()
    with pytest.raises(ChangesError, match="git cannot compare with main: fatal: not a git repository"):
        changes_since("main", repository / "docs/deep/docs")


def test_the_files_behind_a_link_change_with_what_it_leads_to(repository: Path) -> None:
    (repository / "docs/postmortems/2027").symlink_to("2026")
    (repository / "docs/patterns/link.md").symlink_to("../index.md")
    commit(repository, {f"docs/{ONE}": "edited", "docs/index.md": "edited"})
    changed = changes_since("main", repository / "docs").paths
    names = {path for path in list_files(repository / "docs").files if path.endswith("01-one/postmortem.md")}
    assert changed >= {ONE, "index.md", "patterns/link.md", *names}


def program(marker: Path) -> str:
    """A shell command that leaves a trace when something runs it."""
    return f"touch '{marker}'; cat; false"


def bare_repository(folder: Path, marker: Path, base: str) -> None:
    """Turn a folder into a bare repository whose configuration runs programs, as a pull request can."""
    save(
        folder,
        {
            "HEAD": "ref: refs/heads/main\n",
            "refs/heads/main": base,
            "refs/remotes/origin/main": base,
            "objects/info/alternates": "../../.git/objects\n",
            ".gitattributes": "* filter=x diff=x\n",
            "config": "[core]\n\tbare = false\n\tworktree = .\n"
            f'\tfsmonitor = "{program(marker)}"\n\thooksPath = hooks\n\tpager = "{program(marker)}"\n'
            f'[filter "x"]\n\tclean = "{program(marker)}"\n\trequired = true\n'
            f'[diff "x"]\n\tcommand = "{program(marker)}"\n\ttextconv = "{program(marker)}"\n',
        },
    )


def test_a_bare_repository_in_the_docs_folder_runs_no_program(repository: Path, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    base = subprocess.run(["git", "rev-parse", "main"], cwd=repository, capture_output=True, check=True, text=True)
    bare_repository(repository / "docs", marker, base.stdout)
    git(repository, "add", "--all", "--force")
    git(repository, "commit", "--quiet", "--message", "docs only")
    save(repository, {f"docs/{ONE}": "edited"})
    assert ONE in changes_since("main", repository / "docs").paths
    assert not marker.exists()


@pytest.mark.parametrize("name", ["x", "a=b", "with space", "a.b"])
def test_programs_of_the_repository_itself_do_not_run_either(repository: Path, tmp_path: Path, name: str) -> None:
    marker = tmp_path / "ran"
    for key, value in {
        "core.fsmonitor": program(marker),
        f"filter.{name}.clean": program(marker),
        f"filter.{name}.process": program(marker),
        f"filter.{name}.required": "true",
        "diff.external": program(marker),
        "diff.x.textconv": program(marker),
        "core.pager": program(marker),
        "core.sshCommand": program(marker),
    }.items():
        git(repository, "config", key, value)
    # A space cannot be in an attribute; all other names of filters can.
    save(repository, {".gitattributes": f"* filter={name.replace(' ', '')} diff=x\n", f"docs/{ONE}": "edited"})
    hook = repository / ".git/hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch '{marker}'\n", "utf-8")
    hook.chmod(0o755)
    assert changes_since("main", repository / "docs").paths == {ONE}
    assert not marker.exists()


def test_a_clone_that_lacks_objects_fetches_none(repository: Path, tmp_path: Path) -> None:
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=tree:0", f"file://{repository}", "clone")
    marker = tmp_path / "ran"
    git(tmp_path / "clone", "config", "remote.origin.url", f"ext::sh -c touch% {marker}")
    git(tmp_path / "clone", "config", "protocol.ext.allow", "always")
    (tmp_path / "clone/docs").mkdir()
    with pytest.raises(ChangesError, match="git cannot compare with origin/main: "):
        changes_since("origin/main", tmp_path / "clone/docs")
    assert not marker.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_the_repository_of_another_user_is_refused_in_the_words_of_git(repository: Path) -> None:
    os.chown(repository, 12345, 12345)
    os.chown(repository / ".git", 12345, 12345)
    with pytest.raises(
        ChangesError, match=r"git cannot compare with main: fatal: detected dubious ownership .*"
    ) as caught:
        changes_since("main", repository / "docs")
    assert f"git config --global --add safe.directory {repository}" in str(caught.value)


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

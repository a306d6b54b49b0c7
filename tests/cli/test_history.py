"""Git's history in the terminal and in a build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.commands import run
from tests.repository import Repository, make_repository, postmortem

CONFIG = "site_name: KB\ntheme: material\nplugins: [postmortems: {sections: [Action Items]}]\n"
STATED = "published_on: 2026-01-12\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = make_repository(tmp_path / "repository")
    (made.root / "mkdocs.yml").write_text(CONFIG, "utf-8")
    made.save("# Home\n", "index.md")
    made.commit("2026-01-12", postmortem("published", "- [x] [web] Renew it (due: 2026-02-01)", extra=STATED))
    made.commit("2026-02-12", postmortem("published", "- [ ] [web] Renew it (due: 2026-02-01)", extra=STATED))
    made.commit("2026-03-12", postmortem("published", "- [ ] [web] Renew it (due: 2026-03-01)", extra=STATED))
    return made


def test_metrics_and_actions_show_it(repository: Repository) -> None:
    shown = run(repository.root, "postmortems", "metrics").stdout
    assert "In git       publication: too few for a median (1 known, 0 unknown); review: too few" in shown
    assert "Follow-up    1 of 1 due dates moved; 1 of 1 done items reopened; 0 unknown" in shown
    assert "due moved 1×, reopened 1×" in run(repository.root, "postmortems", "actions").stdout


def test_a_shallow_clone_is_one_line(repository: Repository, tmp_path: Path) -> None:
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.root}", str(tmp_path / "shallow"))
    shown = run(tmp_path / "shallow", "postmortems", "metrics").stdout
    assert "Git          history unknown: this clone has only the latest commits" in shown
    built = run(tmp_path / "shallow", "mkdocs", "build")
    assert built.returncode == 0, built.stderr
    lines = [line for line in built.stderr.splitlines() if "git's history is unknown" in line]
    assert len(lines) == 1
    assert "fetch-depth: 0" in lines[0]


def test_a_copy_without_git_builds(repository: Repository, tmp_path: Path) -> None:
    shutil.copytree(repository.root, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    built = run(tmp_path / "copy", "mkdocs", "build")
    assert built.returncode == 0, built.stderr
    assert "the docs folder is not in a git repository" in built.stderr

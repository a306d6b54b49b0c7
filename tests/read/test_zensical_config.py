"""A `zensical.toml`: whether Zensical would build the docs folder by it, and what a check says of it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Write

from postmortems.read.zensical_config import builds_docs, zensical_config

RunIn = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("", True),
        ("[project]\nsite_name = 'x'\n", True),
        ("[project]\ndocs_dir = 'docs'\n", True),
        ("[project]\ndocs_dir = './docs/'\n", True),
        ("[project]\ndocs_dir = 'docs/postmortems'\n", True),
        ("[project]\ndocs_dir = '.'\n", True),
        ("[project]\ndocs_dir = 'build/zensical/docs'\n", False),
        ("[project]\ndocs_dir = 'docs2'\n", False),
        ("[project]\ndocs_dir = 7\n", False),
        ("project = 'x'\n", False),
        ("[project\n", False),
    ],
)
def test_it_is_about_the_docs_folder(text: str, taken: bool, tmp_path: Path) -> None:
    assert builds_docs(text, tmp_path, tmp_path / "docs") is taken


def test_a_file_that_cannot_be_read_counts(tmp_path: Path) -> None:
    (tmp_path / "zensical.toml").write_bytes(b"\xff")
    assert zensical_config(tmp_path, tmp_path / "site" / "docs") == "../../zensical.toml"


def test_the_check_names_the_file_and_sees_it_come_and_go(write: Write, run_in: RunIn) -> None:
    folder = write({})
    assert run_in(folder, "postmortems", "check", "--strict").returncode == 0
    (folder / "zensical.toml").write_text("[project]\nsite_name = 'x'\n", "utf-8")
    done = run_in(folder, "postmortems", "check", "--strict")
    assert done.returncode == 1
    assert done.stdout.startswith("zensical.toml:1:1 PM905 unchecked-zensical-site")
    assert "zensical.toml" in run_in(folder, "postmortems", "check", "--format", "json").stdout
    assert run_in(folder, "mkdocs", "build", "--strict").returncode == 1
    (folder / "zensical.toml").unlink()
    assert run_in(folder, "postmortems", "check", "--strict").returncode == 0

"""Where CI will run, from what a repository shows."""

from __future__ import annotations

import pytest

from postmortems.start.forge import Forge, forge_of


@pytest.mark.parametrize(
    ("remote", "files", "forge"),
    [
        ("https://github.com/a/b.git", (), Forge.GITHUB),
        ("git@github.com:a/b.git", (), Forge.GITHUB),
        ("ssh://git@gitlab.example.com:2222/a/b", (), Forge.GITLAB),
        ("git@gitlab.com:github/b.git", (), Forge.GITLAB),
        ("https://GitHub.com/a/gitlab", (), Forge.GITHUB),
        ("https://git.example.com/github.com/b", (), None),
        ("git@git.example.com:a/b", (".gitlab-ci.yml",), Forge.GITLAB),
        ("../github.com/b", (), None),
        ("", (".github",), Forge.GITHUB),
        ("", (), None),
        ("https://[bad", (), None),
    ],
)
def test_a_forge_is_told_by_the_host_or_the_files(remote: str, files: tuple[str, ...], forge: Forge | None) -> None:
    assert forge_of(remote, files.__contains__) is forge

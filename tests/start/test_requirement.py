"""The requirement by which a new knowledge base gets the version that began it."""

from __future__ import annotations

import json

import pytest

from postmortems.start.requirement import own_requirement, requirement_of


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        pytest.param(None, "mkdocs-postmortems==1.2", id="from an index"),
        pytest.param(
            {"url": "https://git.example/kb.git", "vcs_info": {"vcs": "git", "commit_id": "4f1e", "requested_revision": "v1"}},
            "mkdocs-postmortems @ git+https://git.example/kb.git@4f1e",
            id="a repository, at its commit",
        ),
        pytest.param(
            {"url": "https://git.example/all.git", "vcs_info": {"vcs": "git", "commit_id": "4f1e"}, "subdirectory": "kb"},
            "mkdocs-postmortems @ git+https://git.example/all.git@4f1e#subdirectory=kb",
            id="a folder of a repository",
        ),
        pytest.param(
            {"url": "https://files.example/kb-1.2-py3-none-any.whl", "archive_info": {"hashes": {"sha256": "ab12"}}},
            "mkdocs-postmortems @ https://files.example/kb-1.2-py3-none-any.whl#sha256=ab12",
            id="an archive, with its hash",
        ),
        pytest.param(
            {"url": "https://files.example/kb.zip", "archive_info": {}},
            "mkdocs-postmortems @ https://files.example/kb.zip",
            id="an archive without a hash",
        ),
        pytest.param(
            {"url": "file:///home/a/kb", "dir_info": {"editable": True}},
            "mkdocs-postmortems @ file:///home/a/kb",
            id="a folder",
        ),
        pytest.param({"url": "file:///a\n--index-url=x"}, "mkdocs-postmortems==1.2", id="no address"),
        pytest.param([], "mkdocs-postmortems==1.2", id="no mapping"),
    ],
)  # fmt: skip
def test_a_requirement_is_the_installation_as_it_came(origin: object, line: str) -> None:
    found = requirement_of("1.2", None if origin is None else json.dumps(origin))
    assert found.line == line
    assert found.is_local == ("file:" in line)


def test_what_cannot_be_read_is_not_trusted() -> None:
    assert requirement_of("1.2", "{").line == "mkdocs-postmortems==1.2"


def test_this_installation_has_one() -> None:
    assert own_requirement().line.startswith("mkdocs-postmortems")

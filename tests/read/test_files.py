"""Which files are postmortems and patterns, and that nothing outside the docs folder is read."""

from __future__ import annotations

from pathlib import Path

from postmortems.read.files import links_out, list_files, open_file


def make(docs: Path, *paths: str) -> None:
    for path in paths:
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text("x", "utf-8")


def test_postmortems_and_patterns_are_found(tmp_path: Path) -> None:
    make(
        tmp_path,
        "index.md",
        "postmortems/index.md",
        "postmortems/2024/README.md",
        "postmortems/2024/01-a/postmortem.md",
        "postmortems/2024/01-a/notes.md",
        "postmortems/2024/01-a/artifacts/log.md",
        "postmortems/2024/02-flat.md",
        "postmortems/2024/03-b/notes.md",
        "postmortems/2024/03-b/picture.png",
        "patterns/index.md",
        "patterns/database.md",
        "patterns/deep/nested.md",
    )
    tree = list_files(tmp_path)
    assert tree.postmortems() == [
        "postmortems/2024/01-a/postmortem.md",
        "postmortems/2024/02-flat.md",
        "postmortems/2024/03-b/notes.md",
    ]
    assert tree.patterns() == ["patterns/database.md"]


def test_links_that_leave_the_docs_folder_are_reported_and_not_read(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    make(docs, "postmortems/2024/01-a/postmortem.md")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "postmortem.md").write_text("secret", "utf-8")
    (docs / "postmortems/2024/02-b").symlink_to(tmp_path / "secret")
    (docs / "postmortems/2024/03-c.md").symlink_to(tmp_path / "secret" / "postmortem.md")
    (docs / "postmortems/2024/04-inside.md").symlink_to(docs / "postmortems/2024/01-a/postmortem.md")
    tree = list_files(docs)
    assert tree.files == ("postmortems/2024/01-a/postmortem.md", "postmortems/2024/04-inside.md")
    assert [(one.rule, one.place.path) for one in links_out(tree)] == [
        ("path-leaves-the-folder", "postmortems/2024/02-b"),
        ("path-leaves-the-folder", "postmortems/2024/03-c.md"),
    ]


def test_sizes_are_those_of_what_lies_beside_postmortems(tmp_path: Path) -> None:
    make(tmp_path, "postmortems/2024/01-a/postmortem.md", "patterns/a.png", "postmortems/2024/01-a/deep/b.log")
    (tmp_path / "postmortems/2024/c.bin").write_bytes(b"\0" * 5000)
    tree = list_files(tmp_path)
    assert tree.sizes() == {"postmortems/2024/01-a/deep/b.log": 1, "postmortems/2024/c.bin": 5000}
    (tmp_path / "postmortems/2024/c.bin").unlink()
    assert tree.sizes() == {"postmortems/2024/01-a/deep/b.log": 1}


def test_a_ring_of_links_ends(tmp_path: Path) -> None:
    make(tmp_path, "postmortems/2024/01-a/postmortem.md")
    (tmp_path / "postmortems/2024/loop").symlink_to(tmp_path / "postmortems")
    assert len([path for path in list_files(tmp_path).files if path.endswith("postmortem.md")]) == 1


def test_a_file_that_is_gone_is_one_problem(tmp_path: Path) -> None:
    make(tmp_path, "postmortems/2024/01-a/postmortem.md")
    tree = list_files(tmp_path)
    (tmp_path / "postmortems/2024/01-a/postmortem.md").unlink()
    data, problem = open_file(tree, "postmortems/2024/01-a/postmortem.md")
    assert data == b""
    assert problem is not None
    assert (problem.rule, problem.message) == (
        "unreadable-file",
        "the file cannot be opened: No such file or directory",
    )

"""Which files are postmortems and patterns, and that nothing outside the docs folder is read."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path

import pytest

from postmortems.read.corpus import read_corpus
from postmortems.read.files import links_out, list_files
from postmortems.read.opening import open_file
from postmortems.read.templates import read_template
from postmortems.settings import Settings


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
    assert tree.postmortems(Settings()) == [
        "postmortems/2024/01-a/postmortem.md",
        "postmortems/2024/02-flat.md",
        "postmortems/2024/03-b/notes.md",
    ]
    assert tree.patterns(Settings()) == ["patterns/database.md"]


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
    assert tree.sizes(Settings()) == {"postmortems/2024/01-a/deep/b.log": 1, "postmortems/2024/c.bin": 5000}
    (tmp_path / "postmortems/2024/c.bin").unlink()
    assert tree.sizes(Settings()) == {"postmortems/2024/01-a/deep/b.log": 1}


def said(docs: Path) -> list[tuple[str, str]]:
    """Where something is wrong with the tree, and what."""
    return [(one.place.path, one.message) for one in list_files(docs).problems]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("postmortems/2024/loop", ".."),
        ("postmortems/loop", "../postmortems"),
        ("postmortems/2024/01-a/up", "../.."),
        ("loop", "."),
    ],
)
def test_a_link_to_a_folder_that_it_lies_in_is_a_problem_and_is_not_followed(
    tmp_path: Path, link: str, target: str
) -> None:
    make(tmp_path, "postmortems/2024/01-a/postmortem.md")
    (tmp_path / link).symlink_to(target)
    tree = list_files(tmp_path)
    assert tree.files == ("postmortems/2024/01-a/postmortem.md",)
    name = link.rpartition("/")[2]
    message = f'"{name}" is a symbolic link to a folder that contains it, an endless loop'
    assert (said(tmp_path), tree.endless) == ([(link, message)], (link,))


def test_a_ring_over_two_folders_ends(tmp_path: Path) -> None:
    make(tmp_path, "a/x.md", "b/y.md")
    (tmp_path / "a/b").symlink_to("../b")
    (tmp_path / "b/a").symlink_to("../a")
    tree = list_files(tmp_path)
    assert tree.endless == ("a/b/a", "b/a/b")
    assert tree.files == ("a/b/y.md", "a/x.md", "b/a/x.md", "b/y.md")


@pytest.mark.large
def test_links_that_multiply_end_at_a_bound(tmp_path: Path) -> None:
    for number in range(20):
        make(tmp_path, f"{number}/x.md")
        for name in "ab":
            (tmp_path / f"{number}/{name}").symlink_to(f"../{number + 1}")
    make(tmp_path, "20/x.md")
    tree = list_files(tmp_path)
    assert [one.message for one in tree.problems] == ["symbolic links to folders reach more than 10,000 files"]
    assert len(tree.files) < 11_000


@pytest.mark.parametrize("first", ["aaa", "zzz"])
def test_what_lies_behind_a_link_to_a_folder_is_read_whichever_is_walked_first(tmp_path: Path, first: str) -> None:
    make(tmp_path, f"{first}/02-b/postmortem.md", "postmortems/2024/01-a/postmortem.md")
    (tmp_path / "postmortems/2024/02-b").symlink_to(f"../../{first}/02-b")
    assert list_files(tmp_path).postmortems(Settings()) == [
        "postmortems/2024/01-a/postmortem.md",
        "postmortems/2024/02-b/postmortem.md",
    ]


@pytest.mark.parametrize("target", ["nothing", "self.md", "../outside.md"])
def test_a_link_that_leads_nowhere_is_a_problem(tmp_path: Path, target: str) -> None:
    docs = tmp_path / "docs"
    make(docs, "index.md")
    (docs / "self.md").symlink_to(target)
    problems = list_files(docs).all_problems()
    assert [(one.place.path, one.rule) for one in problems] == [
        ("self.md", "path-leaves-the-folder" if target.startswith("..") else "unreadable-file")
    ]
    assert list_files(docs).files == ("index.md",)


def test_what_editors_leave_behind_is_no_problem(tmp_path: Path) -> None:
    make(tmp_path, "index.md", ".index.md.swp")
    (tmp_path / ".#index.md").symlink_to("somebody@host.4711:1700000000")
    assert said(tmp_path) == []


def test_pipes_sockets_and_devices_are_problems_and_never_opened(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    make(docs, "postmortems/2024/01-a/postmortem.md")
    os.mkfifo(docs / "postmortems/2024/01-a/timeline.json")
    os.mkfifo(docs / "pipe.md")
    (docs / "null.md").symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(docs / "socket.md"))
        assert said(docs) == [
            ("pipe.md", '"pipe.md" is a named pipe, not a file'),
            ("postmortems/2024/01-a/timeline.json", '"timeline.json" is a named pipe, not a file'),
            ("socket.md", '"socket.md" is a socket, not a file'),
        ]
    assert list_files(docs).outside == ("null.md",)
    corpus = read_corpus(docs, Settings())
    assert [one.path for one in corpus.postmortems] == ["postmortems/2024/01-a/postmortem.md"]


@pytest.mark.parametrize("name", [b"06-\xff", b"caf\xe9", b"\xed\xa0\x80", b"x\xc0\xafy"])
def test_a_name_that_is_not_utf8_is_a_problem_and_is_left_out(tmp_path: Path, name: bytes) -> None:
    make(tmp_path, "index.md")
    make(tmp_path, f"{os.fsdecode(name)}/postmortem.md", f"{os.fsdecode(name)}.png")
    tree = list_files(tmp_path)
    assert tree.files == ("index.md",)
    message = "the name is not UTF-8, so pages and links cannot use it"
    assert [one.message for one in tree.problems] == [message, message]


def _as_nobody(docs: str, found: Queue[object]) -> None:
    if os.geteuid() == 0:
        os.setuid(65534)
    found.put([(one.place.path, one.message) for one in list_files(Path(docs)).problems])


def test_what_nobody_may_look_into_is_a_problem() -> None:
    tmp_path = Path(tempfile.mkdtemp())  # pytest's own folders are closed to others
    try:
        make(tmp_path, "index.md", "closed/postmortem.md", "secret.png")
        tmp_path.chmod(0o755)
        (tmp_path / "closed").chmod(0)
        (tmp_path / "secret.png").chmod(0)
        context = get_context("fork")
        found: Queue[object] = context.Queue()
        process = context.Process(target=_as_nobody, args=(str(tmp_path), found))
        process.start()
        assert found.get() == [
            ("closed", "the folder cannot be listed: Permission denied"),
            ("secret.png", "the file cannot be opened: Permission denied"),
        ]
        process.join()
    finally:
        (tmp_path / "closed").chmod(0o700)
        shutil.rmtree(tmp_path)


@pytest.mark.parametrize("target", ["/dev/zero", "/etc/passwd", "../../mkdocs.yml"])
def test_a_template_that_leads_out_is_not_read(tmp_path: Path, target: str) -> None:
    docs = tmp_path / "docs"
    make(docs, "index.md", "templates/other.md")
    (tmp_path / "mkdocs.yml").write_text("outside")
    (docs / "templates/postmortem-template.md").symlink_to(target)
    text, problems = read_template(docs, "en")
    assert text.startswith("---\n# One line")
    assert [one.message for one in problems] == ["the file is outside the docs folder"]


def test_a_file_that_is_gone_is_one_problem(tmp_path: Path) -> None:
    make(tmp_path, "postmortems/2024/01-a/postmortem.md")
    tree = list_files(tmp_path)
    (tmp_path / "postmortems/2024/01-a/postmortem.md").unlink()
    data, problem = open_file(tree.root, "postmortems/2024/01-a/postmortem.md")
    assert data == b""
    assert problem is not None
    assert (problem.rule, problem.message) == (
        "unreadable-file",
        "the file cannot be opened: No such file or directory",
    )


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["postmortems/x/.git/config", "postmortems/x/.git/HEAD"], "postmortems/x/.git"),
        (["sub/.git"], "sub/.git"),
        (["sub/.GIT/config"], "sub/.GIT"),
        (["HEAD", "objects/info/alternates", "refs/heads/main"], "HEAD"),
        (["patterns/head", "patterns/Objects/a", "patterns/refs/a"], "patterns/head"),
        (["sub/HEAD", "sub/commondir"], "sub/HEAD"),
        (["sub/HEAD", "sub/objects/a"], None),
        (["sub/objects/a", "sub/refs/a"], None),
        (["sub/.gitignore", "sub/.github/a"], None),
    ],
)
def test_a_git_repository_below_the_docs_folder_is_a_problem(
    tmp_path: Path, files: list[str], found: str | None
) -> None:
    make(tmp_path, *files)
    tree = list_files(tmp_path)
    problems = [(one.rule, one.place.path) for one in tree.all_problems()]
    assert problems == ([("path-leaves-the-folder", found)] if found else [])
    assert not [path for path in tree.files if "/.git/" in path.lower()]

"""The history of postmortems, asked of real repositories."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.repository import PATH, Repository, make_repository, postmortem

from postmortems.model.front_matter import Status
from postmortems.model.history import DocumentHistory, History
from postmortems.model.source import Source
from postmortems.read import versions
from postmortems.read.commits import Commit, FileChange
from postmortems.read.corpus import read_corpus
from postmortems.read.document_commits import MOST_VERSIONS, document_commits
from postmortems.read.front_matter import split_front_matter, typed_front_matter
from postmortems.read.git import Repository as Git
from postmortems.read.history import read_history
from postmortems.read.store import open_store
from postmortems.settings import Settings

OTHER = "postmortems/2026/02-other/postmortem.md"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make_repository(tmp_path / "repository")


def history(repository: Repository, root: Path | None = None) -> History:
    docs = (root or repository.root) / "docs"
    return read_history(docs, Settings(), read_corpus(docs, Settings()).postmortems)


def told(repository: Repository, path: str = PATH) -> list[str]:
    """The day and the status of each version of a document, oldest first."""
    return _told(history(repository).documents, path)


def _told(documents: Mapping[str, DocumentHistory], path: str) -> list[str]:
    versions = documents[path].versions
    return [
        f"{version.committed.date()} {version.reading.status.value if version.reading.status else None}"
        for version in versions
    ]


def test_each_commit_is_a_version(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft"))
    repository.commit("2026-01-15", postmortem("in-review"))
    repository.commit("2026-01-16", "notes", "notes.md")
    repository.commit("2026-01-20", postmortem("published"))
    assert told(repository) == ["2026-01-11 draft", "2026-01-15 in-review", "2026-01-20 published"]
    assert str(history(repository).documents[PATH].begun.date()) == "2026-01-11"


def test_a_document_keeps_its_history_when_it_is_moved(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft"))
    repository.git("mv", "docs/postmortems/2026/01-one", "docs/postmortems/2026/07-one")
    repository.commit("2026-02-01")
    moved = "postmortems/2026/07-one/postmortem.md"
    repository.commit("2026-02-02", postmortem("published"), moved)
    assert told(repository, moved) == ["2026-01-11 draft", "2026-02-01 draft", "2026-02-02 published"]


def test_a_document_that_is_moved_and_changed_in_one_commit_keeps_it_too(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft"))
    repository.git("mv", "docs/postmortems/2026/01-one", "docs/postmortems/2026/07-one")
    repository.commit("2026-02-01", postmortem("published"), "postmortems/2026/07-one/postmortem.md")
    document = history(repository).documents["postmortems/2026/07-one/postmortem.md"]
    assert document.is_whole
    assert [version.reading.status for version in document.versions] == [Status.DRAFT, Status.PUBLISHED]


def test_a_document_that_git_cannot_know_again_is_not_whole(repository: Repository) -> None:
    repository.commit("2026-01-11", "all in other words, at length\n" * 40)
    repository.git("rm", "-q", f"docs/{PATH}")
    repository.commit("2026-02-01", postmortem(), OTHER)
    assert not history(repository).documents[OTHER].is_whole


def test_two_documents_that_change_places_keep_their_own(repository: Repository) -> None:
    repository.save(postmortem("draft", "- [ ] one"))
    repository.commit("2026-01-11", postmortem("in-review", "- [ ] two", *("- [ ] three",) * 50), OTHER)
    one, other = repository.docs / PATH, repository.docs / OTHER
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    repository.commit("2026-02-01")
    # To git both have changed and neither has moved: it is right about the paths.
    assert told(repository) == ["2026-01-11 draft", "2026-02-01 in-review"]


def test_the_branch_has_one_version_a_merge_and_the_document_begins_on_its_own_branch(repository: Repository) -> None:
    repository.commit("2026-01-01", "home", "index.md")
    repository.git("checkout", "--quiet", "-b", "work")
    repository.commit("2026-01-11", postmortem("draft"))
    repository.commit("2026-01-13", postmortem("published"))
    repository.git("checkout", "--quiet", "main")
    repository.commit("2026-01-14", "home, changed", "index.md")
    repository.git("merge", "--quiet", "--no-ff", "--message", "merge", "work", day="2026-01-20")
    assert told(repository) == ["2026-01-20 published"]
    assert str(history(repository).documents[PATH].begun.date()) == "2026-01-11"


def test_a_document_that_got_another_name_before_the_merge_begins_with_the_first_one(repository: Repository) -> None:
    repository.commit("2026-01-01", "home", "index.md")
    repository.git("checkout", "--quiet", "-b", "work")
    repository.commit("2026-01-11", postmortem("draft"), OTHER)
    repository.git("mv", "docs/postmortems/2026/02-other", "docs/postmortems/2026/01-one")
    repository.commit("2026-01-13", postmortem("published"))
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message", "merge", "work", day="2026-01-20")
    assert str(history(repository).documents[PATH].begun.date()) == "2026-01-11"


def test_a_rebased_commit_begins_when_its_author_wrote_it(repository: Repository) -> None:
    repository.commit("2026-01-20", postmortem(), written="2026-01-12")
    document = history(repository).documents[PATH]
    assert (str(document.begun.date()), str(document.versions[0].committed.date())) == ("2026-01-12", "2026-01-20")


def test_postmortems_that_come_together_are_counted(repository: Repository) -> None:
    for number in range(1, 8):
        repository.save(postmortem(), f"postmortems/2026/{number:02}-x/postmortem.md")
    repository.commit("2026-01-20", "a note", "postmortems/2026/01-x/note.md")
    assert {document.begun_with for document in history(repository).documents.values()} == {7}


def test_what_is_not_committed_has_no_history(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft"))
    repository.save(postmortem(), OTHER)
    assert list(history(repository).documents) == [PATH]


def test_a_deleted_document_and_a_new_one_at_its_place_are_two(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft"))
    repository.git("rm", "-q", f"docs/{PATH}")
    repository.commit("2026-01-12")
    repository.commit("2026-03-01", postmortem("published"))
    assert told(repository) == ["2026-03-01 published"]
    # It may be the same one with changes, which nobody can tell.
    assert not history(repository).documents[PATH].is_whole


def test_a_document_that_was_deleted_and_brought_back_is_one(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft"))
    repository.commit("2026-01-20", postmortem("published"))
    repository.git("rm", "-q", f"docs/{PATH}")
    repository.commit("2026-02-01")
    repository.git("revert", "--no-edit", "HEAD", day="2026-02-02")
    assert told(repository) == ["2026-01-11 draft", "2026-01-20 published", "2026-02-02 published"]
    assert str(history(repository).documents[PATH].begun.date()) == "2026-01-11"


@pytest.mark.parametrize("is_merge", [False, True], ids=["on the branch", "by a merge"])
@pytest.mark.parametrize(
    ("written", "moved", "to"),
    [
        pytest.param(f"old/docs/{PATH}", "old/docs", "docs", id="the docs folder"),
        pytest.param("docs/incidents/2026/01-one/postmortem.md", "docs/incidents", "docs/postmortems", id="its folder"),
        pytest.param("wiki/one.md", "wiki/one.md", f"docs/{PATH}", id="a file"),
    ],
)
def test_a_document_keeps_its_history_when_it_is_moved_into_the_folder(
    repository: Repository, written: str, moved: str, to: str, is_merge: bool
) -> None:
    repository.commit("2026-01-11", postmortem("draft"), f"../{written}")
    repository.commit("2026-01-20", postmortem("published"), f"../{written}")
    if is_merge:
        repository.git("checkout", "--quiet", "-b", "work")
    if moved == "old/docs":
        repository.docs.rmdir()
    (repository.root / to).parent.mkdir(parents=True, exist_ok=True)
    repository.git("mv", moved, to)
    repository.commit("2026-02-01", written="2026-01-30")
    if is_merge:
        repository.git("checkout", "--quiet", "main")
        repository.git("merge", "--quiet", "--no-ff", "--message", "merge", "work", day="2026-02-01")
    assert told(repository) == ["2026-01-11 draft", "2026-01-20 published", "2026-02-01 published"]
    assert str(history(repository).documents[PATH].begun.date()) == "2026-01-11"


def test_a_file_that_goes_as_another_like_it_comes_is_another_one(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft"), "templates/postmortem.md")
    repository.git("rm", "-q", "docs/templates/postmortem.md")
    repository.commit("2026-02-01", postmortem("draft", "- [ ] Renew it in time", resolved="2026-01-30"))
    assert told(repository) == ["2026-02-01 draft"]


@pytest.mark.parametrize(
    ("data", "is_readable"),
    [(b"\xff\xfe\x00\x01" * 100, False), (b"x" * 10 * 1024 * 1024, False), (b"", True), (b"---\na: [\n---\n", True)],
    ids=["no text", "10 MB", "empty", "broken"],
)
def test_a_version_that_is_no_postmortem_says_so(repository: Repository, data: bytes, is_readable: bool) -> None:
    repository.commit("2026-01-11", data)
    repository.commit("2026-01-12", postmortem())
    first, second = history(repository).documents[PATH].versions
    assert (first.reading.status, first.reading.is_readable) == (None, is_readable)
    assert second.reading.status is Status.PUBLISHED


@pytest.mark.parametrize("name", ["a b", "zwölf", "日本", "-x", "a\nb", "a\tb", ":(glob)x", "a\rb", '"q"'])
def test_any_name_is_a_name(repository: Repository, name: str) -> None:
    path = f"postmortems/2026/{name}/postmortem.md"
    repository.commit("2026-01-11", postmortem("draft"), path)
    repository.commit("2026-01-12", postmortem(), path)
    assert told(repository, path) == ["2026-01-11 draft", "2026-01-12 published"]


def test_a_link_has_no_text_of_its_own(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft"), "kept/one.md")
    (repository.docs / "postmortems/2026").mkdir(parents=True)
    (repository.docs / "postmortems/2026/one.md").symlink_to("../../kept/one.md")
    repository.commit("2026-01-12")
    assert history(repository).documents["postmortems/2026/one.md"].versions[0].reading.is_readable is False


def test_a_setting_of_the_repository_changes_nothing(repository: Repository) -> None:
    for setting in (
        "log.showRoot=false",
        "diff.renames=false",
        "diff.relative=true",
        "log.follow=true",
        "core.abbrev=4",
    ):
        repository.git("config", *setting.split("="))
    repository.commit("2026-01-11", postmortem("draft"))
    repository.git("mv", "docs/postmortems/2026/01-one", "docs/postmortems/2026/07-one")
    repository.commit("2026-02-01")
    assert told(repository, "postmortems/2026/07-one/postmortem.md") == ["2026-01-11 draft", "2026-02-01 draft"]


@pytest.mark.parametrize("author", ["A <a@b> 99999999999999 +0000", "A <a@b> -5 +0000", "A <a@b>"])
def test_a_commit_of_another_age_is_read(repository: Repository, author: str) -> None:
    repository.save(postmortem())
    repository.git("add", "--all")
    tree = repository.git("write-tree").strip()
    made = f"tree {tree}\nauthor {author}\ncommitter A <a@b> 0 +0000\n\nx\n"
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        cwd=repository.root,
        input=made.encode(),
        capture_output=True,
        check=True,
    )
    repository.git("update-ref", "HEAD", done.stdout.decode().strip())
    assert told(repository) == ["1970-01-01 published"]


def test_no_history_is_one_sentence(tmp_path: Path, repository: Repository) -> None:
    repository.save(postmortem())
    assert history(repository).gap == "this git repository has no commit yet"
    repository.commit("2026-01-11")
    shutil.copytree(repository.docs, tmp_path / "bare" / "docs")
    assert history(repository, tmp_path / "bare").gap == "the docs folder is not in a git repository"
    repository.commit("2026-01-12", postmortem("draft"))
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.root}", str(tmp_path / "shallow"))
    gap = history(repository, tmp_path / "shallow").gap
    assert "fetch-depth: 0" in gap
    assert "git fetch --unshallow" in gap
    subprocess.run(["git", "init", "-q", str(repository.docs)], check=True)
    assert history(repository).gap == "the docs folder is a separate git repository, which is never read"


def test_a_folder_behind_a_link_is_known_by_its_own_place(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft"))
    (repository.docs / "postmortems/old").symlink_to("2026")
    assert told(repository, "postmortems/old/01-one/postmortem.md") == ["2026-01-11 draft"]


def test_a_clone_without_old_files_says_so(tmp_path: Path, repository: Repository) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.commit("2026-01-11", postmortem("draft"))
    repository.commit("2026-01-12", postmortem())
    repository.git("clone", "--quiet", "--filter=blob:none", f"file://{repository.root}", str(tmp_path / "partial"))
    assert history(repository, tmp_path / "partial").gap.startswith("git cannot read it: ")


def test_git_that_is_not_installed_is_said(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit("2026-01-11", postmortem("draft"))
    monkeypatch.setenv("PATH", "/nowhere")
    assert history(repository).gap == "git cannot read it: git is not installed"


def test_a_version_is_read_once(tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTMORTEMS_CACHE", str(tmp_path / "cache"))
    asked: list[list[str]] = []
    contents = Git.blobs

    def counted(git: Git, names: list[str], largest: int) -> object:
        asked.append(list(names))
        return contents(git, names, largest)

    monkeypatch.setattr(versions.Repository, "blobs", counted)

    def read() -> list[str]:
        store = open_store(repository.root)
        found = read_history(repository.docs, Settings(), read_corpus(repository.docs, Settings()).postmortems, store)
        store.close()
        return _told(found.documents, PATH)

    repository.commit("2026-01-11", postmortem("draft"))
    repository.commit("2026-01-12", postmortem())
    assert read() == ["2026-01-11 draft", "2026-01-12 published"]
    assert read() == ["2026-01-11 draft", "2026-01-12 published"]
    repository.commit("2026-01-15", postmortem("in-review"))
    assert read() == ["2026-01-11 draft", "2026-01-12 published", "2026-01-15 in-review"]
    assert [len(names) for names in asked] == [2, 1]


@pytest.mark.parametrize(
    ("front_matter", "status"),
    [
        ("title: x\nstatus: published", "published"),
        ("title: x\nstatus: published  # since today", "published"),
        ("title: x\nstatus: Published", None),
        ("title: |\n  status: published\nstatus: draft", "draft"),
        ("title: 'x\nstatus: published\n'", None),
        ("title: x\n# status: published\nstatus:\n  published", "published"),
        ("status: published\nstatus: draft", "published"),
        ("status: published\ntitle: [", None),
        ("old: {\nstatus: published\n}\n", None),
    ],
)
def test_the_status_is_that_of_the_whole_front_matter(
    repository: Repository, front_matter: str, status: str | None
) -> None:
    # Others before it, so that what was learned of them is at hand.
    for number, other in enumerate(("draft", "published")):
        repository.commit(f"2026-01-0{number + 1}", f"---\ntitle: y\nstatus: {other}\n---\n\ntext\n")
    text = f"---\n{front_matter}\n---\n\ntext\n"
    repository.commit("2026-01-11", text)
    whole = typed_front_matter(split_front_matter(Source("x.md", text)))[0].status
    assert told(repository)[-1] == f"2026-01-11 {whole and whole.value}" == f"2026-01-11 {status}"


def test_names_and_addresses_of_people_are_not_asked_for(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft"))
    assert "a@example.com" in repository.git("log")
    assert "example.com" not in repr(history(repository))


def test_of_very_many_versions_the_newest_are_read() -> None:
    log = [
        Commit(f"{number}", number, number, False, (FileChange("M" if number else "A", PATH, f"b{number}", PATH),))
        for number in reversed(range(MOST_VERSIONS + 2))
    ]
    versions = document_commits(log)[PATH].versions
    assert [blob for _, blob in versions[-3:]] == ["b2", "", ""]
    assert len(versions) == MOST_VERSIONS + 2

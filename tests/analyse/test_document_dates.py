"""Publication and review of postmortems, as git tells them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.repository import PATH, Repository, make_repository, postmortem

from postmortems.analyse.document_dates import DocumentDates, Gap, document_dates

REST = "postmortems/2026/09-rest/postmortem.md"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make_repository(tmp_path / "repository")


def dates(repository: Repository, path: str = PATH) -> DocumentDates:
    return document_dates(repository.analysis())[path]


def told(repository: Repository, path: str = PATH) -> str:
    """The day of publication, or why there is none, and the days of the review, or why there are none."""
    found = dates(repository, path)
    review = found.review_gap if found.review is None else f"{found.review.days} days"
    return f"{found.published or found.published_gap}; {review}"


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ({"2026-01-11": "draft", "2026-01-20": "published"}, "2026-01-20; 9 days"),
        ({"2026-01-11": "in-review", "2026-01-20": "published"}, "2026-01-20; 9 days"),
        ({"2026-01-11": "draft", "2026-01-20": "published", "2026-01-25": "draft"}, "2026-01-20; 9 days"),
        ({"2026-01-11": "published"}, "2026-01-11; added as published"),
        ({"2026-01-11": "draft"}, "not published in any commit; not published in any commit"),
        ({"2026-01-11": "Publishd", "2026-01-20": "published"}, "2026-01-11; added as published"),
        ({"2025-12-01": "draft", "2026-01-20": "published"}, "2026-01-20; first commit before the incident"),
        ({"2026-01-21": "draft", "2026-01-20": "published"}, "2026-01-20; added as published"),
    ],
)
def test_one_document(repository: Repository, versions: dict[str, str], expected: str) -> None:
    for day, status in versions.items():
        repository.commit(day, postmortem(status))
    assert told(repository) == expected


def test_what_is_published_on_disk_alone_is_not_published(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft"))
    repository.save(postmortem())
    assert dates(repository).published_gap is Gap.UNPUBLISHED
    repository.save(postmortem(), REST)
    assert dates(repository, REST).published_gap is Gap.UNCOMMITTED


def test_a_review_on_a_branch_ends_with_the_merge(repository: Repository) -> None:
    repository.commit("2026-01-01", "home", "index.md")
    repository.git("checkout", "--quiet", "-b", "work")
    repository.commit("2026-01-11", postmortem("published"))
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message", "merge", "work", day="2026-01-20")
    assert told(repository) == "2026-01-20; 9 days"


def test_a_review_on_a_branch_that_is_merged_on_the_same_day_is_known(repository: Repository) -> None:
    repository.commit("2026-01-01", "home", "index.md")
    repository.git("checkout", "--quiet", "-b", "work")
    repository.commit("2026-01-11", postmortem("draft"))
    repository.commit("2026-01-11", postmortem("published"))
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message", "merge", "work", day="2026-01-11")
    assert told(repository) == "2026-01-11; 0 days"


def test_a_squashed_review_is_not_seen(repository: Repository) -> None:
    repository.commit("2026-01-01", "home", "index.md")
    repository.git("checkout", "--quiet", "-b", "work")
    repository.commit("2026-01-11", postmortem("draft"))
    repository.commit("2026-01-13", postmortem("published"))
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--squash", "work")
    repository.commit("2026-01-20")
    assert told(repository) == "2026-01-20; added as published"


def test_a_version_that_cannot_be_read_may_have_been_the_first(repository: Repository) -> None:
    repository.commit("2026-01-11", b"\xff\xfe\x00")
    repository.commit("2026-01-20", postmortem())
    assert dates(repository).published_gap is Gap.UNREADABLE


def test_an_import_tells_nothing_until_something_is_published(repository: Repository) -> None:
    for number in range(1, 6):
        repository.save(
            postmortem("draft" if number == 1 else "published"), f"postmortems/2026/0{number}-x/postmortem.md"
        )
    repository.commit("2026-03-01")
    repository.commit("2026-03-09", postmortem(), "postmortems/2026/01-x/postmortem.md")
    assert told(repository, "postmortems/2026/01-x/postmortem.md") == "2026-03-09; added with many others"
    assert told(repository, "postmortems/2026/02-x/postmortem.md") == "added with many others; added with many others"


def test_four_that_come_together_are_no_import(repository: Repository) -> None:
    for number in range(1, 5):
        repository.save(postmortem(), f"postmortems/2026/0{number}-x/postmortem.md")
    repository.commit("2026-01-11")
    assert dates(repository, "postmortems/2026/01-x/postmortem.md").published_gap is None


def test_an_import_of_one_commit_a_file_is_one_too(repository: Repository) -> None:
    for number in range(1, 21):
        repository.commit("2026-03-01", postmortem(), f"postmortems/2026/{number:02}-x/postmortem.md")
    assert dates(repository, "postmortems/2026/07-x/postmortem.md").published_gap is Gap.IMPORTED


def test_a_document_that_may_be_another_one_has_no_begin(repository: Repository) -> None:
    repository.commit("2026-01-11", "all in other words, at length\n" * 40)
    repository.git("rm", "-q", f"docs/{PATH}")
    repository.commit("2026-02-01", postmortem(), REST)
    assert dates(repository, REST).published_gap is Gap.MOVED

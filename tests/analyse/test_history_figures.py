"""Figures of publication, review and follow-up."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.repository import PATH, Repository, make_repository, postmortem

from postmortems.analyse.document_dates import Gap
from postmortems.analyse.history_figures import GapCount, history_figures
from postmortems.pipeline import run_pipeline
from postmortems.settings import Settings


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make_repository(tmp_path / "repository")


def test_figures_say_what_they_rest_on(repository: Repository) -> None:
    for number in range(1, 4):
        path = f"postmortems/2026/0{number}-x/postmortem.md"
        repository.commit(f"2026-01-1{number}", postmortem("draft"), path)
        stated = f"published_on: 2026-01-1{number + 2}\n"
        items = ("- [ ] One (due: 2026-02-01)", "- [x] Two")
        repository.commit(f"2026-01-1{number + 3}", postmortem("published", *items, extra=stated), path)
    late = ("- [ ] One (due: 2026-02-11)", "- [ ] Two")
    repository.commit("2026-02-01", postmortem("published", *late, extra="published_on: 2026-01-12\n"), path)
    repository.save(postmortem("published", "- [ ] One"), "postmortems/2026/04-x/postmortem.md")
    figures = history_figures(repository.analysis())
    assert figures.gap is None
    assert (figures.stated.n, figures.stated.missing) == (3, 1)
    assert figures.git is not None
    assert (figures.git.publication.n, figures.git.publication.missing) == (3, 1)
    assert figures.git.publication.summary.median is not None
    assert figures.git.publication.summary.median.days == 5
    assert figures.git.publication_gaps == (GapCount(Gap.UNCOMMITTED, 1),)
    assert [length.id for length in figures.git.differing] == ["2026/03-x"]
    follow_up = figures.git.follow_up
    assert (follow_up.dated, len(follow_up.moved), follow_up.days.n) == (3, 1, 1)
    assert (follow_up.done, len(follow_up.reopened), follow_up.missing) == (3, 1, 1)


def test_a_published_date_before_the_resolution_is_no_length(repository: Repository) -> None:
    repository.commit("2026-01-12", postmortem(extra="published_on: 2026-01-01\n"))
    figures = history_figures(repository.analysis())
    assert (figures.stated.n, figures.stated.missing) == (0, 1)


def test_drills_near_misses_and_drafts_are_in_no_figure(repository: Repository) -> None:
    for number, kind in enumerate(("kind: drill\n", "kind: near-miss\n"), 1):
        repository.commit("2026-01-12", postmortem(extra=kind), f"postmortems/2026/0{number}-x/postmortem.md")
    repository.commit("2026-01-12", postmortem("draft"), "postmortems/2026/03-x/postmortem.md")
    figures = history_figures(repository.analysis())
    assert (figures.stated.n, figures.stated.missing) == (0, 0)


@pytest.mark.parametrize("options", [{"history": False}, {"corpus": "sample"}])
def test_git_is_not_asked_where_nobody_wants_to_know(
    repository: Repository, options: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("2026-01-12", postmortem())
    analysis = repository.analysis(**options)
    monkeypatch.setenv("PATH", "/nowhere")
    figures = history_figures(analysis)
    assert (figures.git, figures.gap) == (None, None)


def test_a_check_never_asks(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit("2026-01-12", postmortem())
    monkeypatch.setattr("postmortems.read.history.read_history", pytest.fail)
    repository.analysis()


def test_what_is_left_out_of_the_site_is_left_out_of_the_figures(repository: Repository) -> None:
    repository.commit("2026-01-12", postmortem(extra="published_on: 2026-01-12\n"))
    repository.commit("2026-01-13", postmortem(), "postmortems/2026/02-x/postmortem.md")
    run = run_pipeline(repository.docs, Settings()).without({PATH})
    figures = history_figures(run.analysis)
    assert figures.git is not None
    assert (figures.stated.n, figures.git.publication.n) == (0, 1)


def test_without_git_there_is_a_sentence(tmp_path: Path) -> None:
    folder = Repository(tmp_path)
    folder.save(postmortem())
    figures = history_figures(folder.analysis())
    assert (figures.git, figures.gap) == (None, "the docs folder is not in a git repository")

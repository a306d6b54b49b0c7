"""Parts of pages that show git's history: the metrics page, action items, postmortems, data files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.collapsed import collapsed
from tests.render.reader import Reader
from tests.repository import PATH, Repository, make_repository, postmortem

from postmortems.render.base.addresses import ACTIONS, METRICS
from postmortems.render.pages.site import Site
from postmortems.settings import Settings

HOSTILE = "<script>alert(1)</script> `{{ x }}` " + "長" * 300 + " \N{RIGHT-TO-LEFT OVERRIDE}abc"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make_repository(tmp_path / "repository")


def site(repository: Repository, **options: Any) -> Site:
    analysis = repository.analysis(**options)
    return Site(analysis.corpus, analysis, Settings.model_validate(options), analysis.today)


def text(made: Site, source: str) -> str:
    """A page as it reads."""
    page = made.page(source, "../")
    assert page is not None
    painted = page.painted()
    assert not Reader(f"<div>{painted.before}{painted.after}</div>").unclosed
    whole = f"{painted.before}{painted.after}{''.join(part for parts in painted.parts.values() for part in parts)}"
    assert "<script>alert" not in whole
    return collapsed(re.sub(r"<[^>]+>", " ", whole)).replace("&quot;", '"').replace("&#39;", "'")


def moved_twice(repository: Repository, words: str = "Renew it") -> None:
    for day, due in (("2026-01-12", "02-01"), ("2026-02-01", "03-01"), ("2026-03-01", "03-18")):
        repository.commit(day, postmortem("published", f"- [ ] [web] {words} (due: 2026-{due})", f"- [ ] Test {day}"))


def test_an_item_says_that_its_date_moved(repository: Repository) -> None:
    moved_twice(repository)
    made = site(repository)
    for source in (ACTIONS, PATH, METRICS):
        assert "due date moved twice, 45 days later" in text(made, source)


@pytest.mark.parametrize("words", [HOSTILE, "مراجعة النسخ الاحتياطية", "証明書を更新する"])
def test_words_of_any_kind_are_escaped(repository: Repository, words: str) -> None:
    moved_twice(repository, words)
    made = site(repository)
    for source in (ACTIONS, PATH, METRICS):
        assert "45 days later" in text(made, source)


def test_an_item_says_that_it_was_reopened(repository: Repository) -> None:
    for day, mark in (("2026-01-12", "x"), ("2026-02-01", " "), ("2026-03-01", "x"), ("2026-04-01", " ")):
        repository.commit(day, postmortem("published", f"- [{mark}] [web] Renew it"))
    made = site(repository)
    assert "reopened twice" in text(made, ACTIONS)
    assert "Reopened 1 of 1 action item that were done" in text(made, METRICS)


def test_an_item_without_a_past_says_nothing(repository: Repository) -> None:
    repository.commit("2026-01-12", postmortem("published", "- [ ] [web] Renew it (due: 2026-02-01)"))
    made = site(repository)
    assert "moved" not in text(made, ACTIONS)
    assert "Due dates moved for 0 of 1 action item with a date" in text(made, METRICS)


def test_the_metrics_page_states_both_dates_and_why_one_is_unknown(repository: Repository) -> None:
    repository.commit("2026-01-12", postmortem("draft"))
    repository.commit("2026-01-20", postmortem(extra="published_on: 2026-01-15\n"))
    repository.commit("2026-01-21", postmortem(), "postmortems/2026/02-x/postmortem.md")
    repository.save(postmortem(), "postmortems/2026/03-x/postmortem.md")
    shown = text(site(repository), METRICS)
    assert "Publication, as stated 1 2" in shown
    assert "Publication, in git 2 1" in shown
    assert "Review, in git 1 2" in shown
    assert "stated 15 Jan 2026, in git 20 Jan 2026" in shown
    assert "Publication in git unknown: 1 not committed." in shown
    assert "Review unknown: 1 not committed, 1 added as published." in shown


def test_no_history_is_one_sentence_on_the_page(repository: Repository) -> None:
    repository.save(postmortem())
    shown = text(site(repository), METRICS)
    assert "Git’s history is unknown: this git repository has no commit yet." in shown
    assert "in git" not in shown.partition("Measured")[0].rpartition("90th percentile")[2]


def test_what_to_run_in_a_shallow_clone_is_code_on_the_page(repository: Repository, tmp_path: Path) -> None:
    repository.commit("2026-01-12", postmortem())
    repository.commit("2026-01-13", postmortem("draft"))
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.root}", str(tmp_path / "shallow"))
    page = site(Repository(tmp_path / "shallow")).page(METRICS, "../")
    assert page is not None
    shown = collapsed(
        "".join(part for parts in page.painted().parts.values() for part in parts) + page.before + page.after
    )
    assert "commits: run <code>git fetch --unshallow</code>, or set <code>fetch-depth: 0</code> (GitHub)" in shown


@pytest.mark.parametrize("options", [{"history": False}, {"corpus": "sample"}])
def test_what_nobody_wants_to_know_is_not_mentioned(repository: Repository, options: dict[str, object]) -> None:
    moved_twice(repository)
    made = site(repository, **options)
    assert "Publication, as stated" in text(made, METRICS)
    assert "Publication, in git" not in text(made, METRICS)
    assert "moved twice" not in text(made, ACTIONS)


def test_the_page_of_many_incidents_has_the_same_fold(repository: Repository) -> None:
    for number in range(1, 13):
        path = f"postmortems/2026/{number:02}-x/postmortem.md"
        repository.commit(f"2026-01-{number + 10}", postmortem("draft"), path)
    for number in range(1, 13):
        path = f"postmortems/2026/{number:02}-x/postmortem.md"
        repository.commit(f"2026-02-{number + 10}", postmortem(extra="published_on: 2026-02-01\n"), path)
    shown = text(site(repository), METRICS)
    assert "Publication, in git 12 0 37.5 days" in shown
    assert "Review, in git 12 0 31 days 31 days" in shown


def test_data_files_have_the_same(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft"))
    moved_twice(repository)
    files = site(repository).data()
    (action, other) = json.loads(files["data/actions.json"]())["actions"]
    assert [action[key] for key in ("due_moved", "first_due", "reopened")] == [2, "2026-02-01", 0]
    assert [other[key] for key in ("due_moved", "first_due", "reopened")] == [0, None, 0]
    (record,) = json.loads(files["data/postmortems.json"]())["postmortems"]
    assert (record["published_in_git"], record["review_seconds"]) == ("2026-01-12", 86400)
    history = json.loads(files["data/metrics.json"]())["history"]
    assert history["git"]["follow_up"]["moved"] == 1
    assert "a@example.com" not in files["data/actions.json"]()


def test_data_files_without_a_history_have_null(tmp_path: Path) -> None:
    folder = Repository(tmp_path)
    folder.save(postmortem("published", "- [ ] [web] Renew it (due: 2026-02-01)"))
    files = site(folder).data()
    (action,) = json.loads(files["data/actions.json"]())["actions"]
    assert [action[key] for key in ("due_moved", "first_due", "reopened")] == [None, None, None]
    history = json.loads(files["data/metrics.json"]())["history"]
    assert (history["git"], history["gap"]) == (None, "the docs folder is not in a git repository")

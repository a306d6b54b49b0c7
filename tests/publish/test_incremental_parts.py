"""Parts of pages that are made again after a change, and those that are not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.publish.knowledge_base import FILES, FIRST, SECOND
from tests.publish.random_changes import edited

from postmortems.pipeline import run_pipeline
from postmortems.publish.incremental import memo as memos
from postmortems.publish.incremental.memo import Memo, open_memo
from postmortems.publish.incremental.parts import Parts
from postmortems.read.store import FOLDER, open_store
from postmortems.render.pages.site import Site
from postmortems.settings import Settings

DAY = date(2026, 4, 1)


class Builds:
    """Builds of one folder's parts, without a host."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def made(self, day: date = DAY, base: bytes = b"") -> set[str]:
        """Build all parts, and give the pages whose parts no earlier build had; each is as it would be without one."""
        store = open_store(self.folder)
        run = run_pipeline(self.folder / "docs", Settings(), day, store=store)
        store.close()
        memo = Memo(open_store(self.folder, "build"), base)
        site = Site(run.corpus, run.analysis, run.settings, day)
        parts = Parts(memo, site, run.key)
        uris = [*site.pages, *run.corpus.by_path, *(pattern.path for pattern in run.corpus.patterns)]
        make, made = site.page, set()

        def make_told(uri: str, root: str) -> object:
            made.add(uri)
            return make(uri, root)

        site.page = make_told  # type: ignore[assignment, method-assign]
        found = {uri: parts.part(uri, "../../") for uri in uris}
        parts.close()
        memo.close()
        for uri, part in found.items():
            page = make(uri, "../../")
            assert part == (page and page.painted()), uri
        return made


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builds:
    monkeypatch.setenv(FOLDER, str(tmp_path / "cache"))
    return Builds(tmp_path / "site")


def test_nothing_is_made_again_where_nothing_has_changed(builds: Builds) -> None:
    assert FIRST.removeprefix("docs/") in builds.made()
    assert builds.made() == set()


@pytest.mark.parametrize(
    ("change", "made", "not_made"),
    [
        (edited(FIRST, "Connections leaked", "All connections leaked"), {FIRST}, {SECOND, "docs/metrics/index.md"}),
        (edited(SECOND, "Cart is empty", "Cart is full"), {SECOND, "docs/postmortems/index.md"}, set()),
        (edited("docs/patterns/lost-leader.md", "Sessions wait.", "Nobody leads."), set(), {FIRST, SECOND}),
        # All action items of the postmortem are a line further down.
        (
            edited(FIRST, "\n## ", "\n\n## "),
            {FIRST},
            {"docs/actions/index.md", "docs/owners/index.md", "docs/metrics/index.md", SECOND},
        ),
    ],
    ids=["prose", "title", "pattern", "lines"],
)  # fmt: skip
def test_an_edit_costs_the_pages_that_show_something_of_it(
    builds: Builds, change: Callable[[Path], None], made: set[str], not_made: set[str]
) -> None:
    builds.made()
    assert builds.made() == set()
    change(builds.folder)
    again = {f"docs/{uri}" for uri in builds.made()}
    assert made <= again
    assert not_made.isdisjoint(again)
    assert builds.made() == set()


@pytest.mark.parametrize(
    "old", ["12 % of requests timed out", "340 orders were placed late", "The dashboard did not show the leak"]
)
def test_a_sentence_that_no_other_page_shows_costs_its_own_pages_alone(builds: Builds, old: str) -> None:
    builds.made()
    edited(FIRST, old, f"{old}, and more")(builds.folder)
    assert builds.made() <= {FIRST.removeprefix("docs/"), "exercises/2026/01-checkout.md"}


def test_a_first_sentence_costs_the_pages_that_show_it(builds: Builds) -> None:
    builds.made()
    edited(FIRST, "Checkout answered slowly", "Checkout hardly answered")(builds.folder)
    assert {FIRST.removeprefix("docs/"), "postmortems/index.md", "postmortems/2026/index.md"} <= builds.made()


def test_another_day_costs_the_pages_that_tell_of_the_day(builds: Builds) -> None:
    everything = builds.made()
    again = builds.made(date(2026, 4, 2))
    assert "patterns/index.md" in again
    assert len(again) < len(everything) / 2


def test_an_answer_that_changes_while_a_part_is_not_asked_for_is_not_missed(builds: Builds) -> None:
    builds.made()
    page = builds.folder / SECOND
    text = page.read_bytes()
    page.unlink()
    edited(FIRST, "Checkout times out", "Checkout is slow")(builds.folder)
    builds.made()
    page.write_bytes(text)
    assert SECOND.removeprefix("docs/") in builds.made()


@pytest.mark.parametrize("name", ["mkdocs-1.7.0", "pymdown_extensions-99.0", "other-1.0"])
def test_another_version_of_anything_is_another_key(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path / "cache"))
    monkeypatch.syspath_prepend(str(tmp_path / "installed"))
    (tmp_path / "installed").mkdir()
    keys = []
    for folder in ("", f"{name}.dist-info"):
        (tmp_path / "installed" / folder).mkdir(exist_ok=True)
        memos._made_with.cache_clear()
        keys.append(open_memo(tmp_path / "site", Settings(incremental=True), preview=False).base)
    memos._made_with.cache_clear()
    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    ("environment", "is_kept"),
    [
        ({}, True),
        ({"CI": "true"}, False),
        ({"CI": "1"}, False),
        ({"CI": "false"}, True),
        ({"CI": "true", FOLDER: "cache"}, True),
    ],
)
def test_a_job_of_ci_keeps_nothing_unless_a_folder_is_named(
    environment: dict[str, str], is_kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CI", FOLDER):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    for name, value in environment.items():
        monkeypatch.setenv(name, str(tmp_path / value) if name == FOLDER else value)
    assert bool(open_memo(tmp_path / "site", Settings(), preview=False)) is is_kept


def test_nothing_is_kept_where_the_settings_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path / "cache"))
    assert not open_memo(tmp_path / "site", Settings(incremental=False), preview=False)
    assert not (tmp_path / "cache").exists()


def test_a_store_that_cannot_be_used_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("POSTMORTEMS_CACHE", str(tmp_path / "cache"))
    caplog.set_level("INFO")
    store = open_store(tmp_path / "site", "build")
    store.close()
    store.path.write_bytes(b"no database" * 100)
    memo = open_memo(tmp_path / "site", Settings(incremental=True), preview=False)
    assert not memo
    memo.close()
    assert caplog.messages == [f"postmortems: {store.path}: was damaged; the next run recreates it"]

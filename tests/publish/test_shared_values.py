"""Values that several data files share: those of one document are made again when it changes, and no others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.publish.knowledge_base import FILES, FIRST, SECOND, THIRD
from tests.publish.random_changes import edited

from postmortems.model.postmortem import Postmortem
from postmortems.pipeline import run_pipeline
from postmortems.publish.incremental.memo import Memo
from postmortems.publish.incremental.parts import Parts
from postmortems.read.store import FOLDER, open_store
from postmortems.render.data import data_context
from postmortems.render.pages import search_page
from postmortems.render.pages.site import Site
from postmortems.settings import Settings


class Files:
    """The data files of a folder, made by one build after another. `records` and `words` are the paths of what was made
    of them in the last one."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.records: set[str] = set()
        self.words: set[str] = set()
        self._last: Parts | None = None
        for name, text in FILES.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        make, hold = data_context.action_records, search_page.words_held

        def action_records(postmortem: Postmortem, *given: object) -> object:
            self.records.add(f"docs/{postmortem.path}")
            return make(postmortem, *given)  # type: ignore[arg-type]

        def words_held(subject: Postmortem) -> str:
            self.words.add(f"docs/{subject.path}")
            return hold(subject)

        monkeypatch.setattr(data_context, "action_records", action_records)
        monkeypatch.setattr(search_page, "words_held", words_held)

    def make(self, site_url: str = "", *, preview: bool = False, close: bool = True) -> None:
        """Make all, as one build after another or in the memory of a preview; they are what a whole build makes."""
        store = open_store(self.folder)
        run = run_pipeline(self.folder / "docs", Settings(), date(2026, 4, 1), store=store)
        store.close()
        memo = Memo(open_store(self.folder, "build"))
        site = Site(run.corpus, run.analysis, run.settings, run.today)
        parts = Parts(memo, site, run.key, self._last if preview else None)
        self.records, self.words = set(), set()
        data = site.data("S", site_url, "", parts.remember)
        made = {uri: parts.text(uri, make, site_url) for uri, make in data.items()}
        if close:
            parts.close()
        memo.close()
        self._last = parts
        records, words = {*self.records}, {*self.words}
        assert made == {uri: make() for uri, make in site.data("S", site_url, "").items()}
        self.records, self.words = records, words


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    monkeypatch.setenv(FOLDER, str(tmp_path / "cache"))
    return Files(tmp_path / "site", monkeypatch)


def test_only_the_values_of_what_has_changed_are_made_again(files: Files) -> None:
    files.make()
    assert files.records == {FIRST, SECOND, THIRD}
    files.make()
    assert files.records == files.words == set()
    edited(FIRST, "Test the error path", "Test all error paths")(files.folder)
    files.make()
    assert files.records == files.words == {FIRST}
    edited(SECOND, "340 orders", "350 orders")(files.folder)
    files.make()
    assert files.records == files.words == {SECOND}


def test_at_another_address_the_records_are_others(files: Files) -> None:
    files.make("https://one.example/")
    files.make("https://two.example/")
    assert (files.records, files.words) == ({FIRST, SECOND, THIRD}, set())


def test_a_document_that_goes_and_comes_back_is_made_again(files: Files) -> None:
    files.make()
    text = (files.folder / SECOND).read_bytes()
    (files.folder / SECOND).unlink()
    files.make()
    assert files.records == set()
    (files.folder / SECOND).write_bytes(text)
    files.make()
    assert files.records == files.words == {SECOND}


@pytest.mark.parametrize("close", [True, False], ids=["each kept", "none kept"])
def test_an_edit_that_is_taken_back_in_a_preview_finds_no_old_value(files: Files, close: bool) -> None:
    there, back = ("Test the error path", "Test all error paths"), ("Test all error paths", "Test the error path")
    files.make()
    for old, new in (there, back, there, back):
        edited(FIRST, old, new)(files.folder)
        files.make(preview=True, close=close)
        assert FIRST in files.records

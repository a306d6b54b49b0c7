"""The search's index of a preview, which is made behind its pages."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import Event

import pytest
from tests.conftest import Write
from tests.publish.preview import preview as serve

from postmortems.publish import pagefind
from postmortems.publish.incremental.memo import Memo
from postmortems.publish.incremental.search_entries import PagefindIndex
from postmortems.publish.preview_index import Checked, PreviewIndex
from postmortems.render.data.search_documents import page_about, search_document

pytestmark = pytest.mark.skipif(pagefind.program() is None, reason="Pagefind's binary is not installed")


@pytest.fixture
def preview() -> Iterator[PreviewIndex]:
    found = PreviewIndex(quiet=0)
    yield found
    found.close()


def made(*addresses: str) -> Callable[[Checked], PagefindIndex]:
    """What makes the index of pages at these addresses."""
    documents = [
        search_document(page_about(f"Page {address}", address), "<p>checkout failed</p>", "en") for address in addresses
    ]
    return lambda checked: PagefindIndex(Memo(None), cache(lambda: tuple(checked(documents))), [], "en")


def names_file(names: Mapping[str, str]) -> Mapping[str, str]:
    """A file about the documents of an index."""
    return {"search/names.json": json.dumps(sorted(names))}


def build(preview: PreviewIndex, index: Callable[[Checked], PagefindIndex], site: Path) -> None:
    """One build, up to where the index is there."""
    preview.make(index, names_file, site)
    assert preview._thread is not None
    preview._thread.join()


def listed(site: Path) -> object:
    """The documents that the index of a site has."""
    fragments = len(list((site / pagefind.FOLDER / "fragment").iterdir()))
    names = json.loads((site / "search/names.json").read_text("utf-8"))
    assert fragments == len(names)
    return names


def test_each_build_gets_its_own_index(preview: PreviewIndex, tmp_path: Path) -> None:
    build(preview, made("a/"), tmp_path / "1")
    build(preview, made("a/", "b/"), tmp_path / "2")
    assert (listed(tmp_path / "1"), listed(tmp_path / "2")) == (["a/"], ["a/", "b/"])


def test_the_same_documents_are_not_read_again(
    preview: PreviewIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(preview, made("a/"), tmp_path / "1")
    monkeypatch.setattr(pagefind, "Indexing", None)
    build(preview, made("a/"), tmp_path / "2")
    assert listed(tmp_path / "2") == ["a/"]


def test_a_build_that_another_one_follows_has_the_last_index_and_says_nothing(
    preview: PreviewIndex, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build(preview, made("a/"), tmp_path / "1")
    with caplog.at_level(logging.WARNING):
        preview.make(made(*(f"{number}/" for number in range(400))), names_file, tmp_path / "2")
        preview.stop()
    assert caplog.messages == []
    assert not (tmp_path / "2").exists() or listed(tmp_path / "2") == ["a/"]
    build(preview, made("b/"), tmp_path / "3")
    assert listed(tmp_path / "3") == ["b/"]


def test_what_fails_is_a_warning_and_the_last_index_stays(
    preview: PreviewIndex, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(checked: Checked) -> PagefindIndex:
        raise ValueError("no words")

    build(preview, made("a/"), tmp_path / "1")
    with caplog.at_level(logging.WARNING):
        build(preview, fails, tmp_path / "2")
    assert caplog.messages == ["postmortems: the search has no index: ValueError: no words"]
    assert listed(tmp_path / "2") == ["a/"]


def test_it_ends_at_the_next_document_when_another_build_begins(preview: PreviewIndex, tmp_path: Path) -> None:
    is_begun = Event()

    def endless(checked: Checked) -> PagefindIndex:
        def documents() -> Iterator[str]:
            while True:
                is_begun.set()
                yield search_document(page_about("Page", "a/"), "<p>checkout failed</p>", "en")

        return PagefindIndex(Memo(None), lambda: tuple(checked(documents())), [], "en")

    preview.make(endless, names_file, tmp_path)
    assert is_begun.wait(60)
    thread = preview._thread
    preview.stop()
    assert [*tmp_path.iterdir()] == []
    assert thread is not None
    assert not thread.is_alive()


def test_it_waits_for_another_edit_before_it_begins(tmp_path: Path) -> None:
    begun: list[Checked] = []

    def index(checked: Checked) -> PagefindIndex:
        begun.append(checked)
        return made("a/")(checked)

    preview = PreviewIndex(quiet=60)
    preview.make(index, names_file, tmp_path)
    preview.stop()
    assert begun == []
    preview = PreviewIndex(quiet=0)
    build(preview, index, tmp_path)
    assert (len(begun), listed(tmp_path)) == (1, ["a/"])
    preview.close()


def test_a_preview_that_is_terminated_leaves_nothing(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, temporary = write({}), tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with serve(folder) as site:
        site.until(f"{pagefind.FOLDER}/pagefind-entry.json", bool)
        assert [*temporary.glob("postmortems-index-*")]
        site.server.terminate()
        site.server.wait(20)
    assert [*temporary.iterdir()] == []

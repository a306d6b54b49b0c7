"""Places outside the docs folder: a preview is built again when one appears, is edited, goes and comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Event, Thread

import pytest
from mkdocs.livereload import LiveReloadServer
from tests.conftest import Write
from tests.publish.preview import preview
from tests.source_repositories import CARDS, PAYMENTS, SOURCES, told

from postmortems.publish.watched_places import WatchedPlaces

PAGE = "postmortems/payments/2026/01-cards/"
ENOUGH = 60
"""Seconds after which a build never comes."""


@contextmanager
def watching(folder: Path, places: Callable[[], list[str]], *also: str) -> Iterator[Callable[[], object]]:
    """MkDocs' server without a site; gives what waits for its next build."""
    builds: Queue[object] = Queue()
    looked = Event()

    def named() -> list[str]:
        looked.set()
        return places()

    server = LiveReloadServer(lambda: builds.put("built"), "127.0.0.1", 0, str(folder), polling_interval=0.05)
    server.shutdown_delay = 0.02
    WatchedPlaces(server, named).begin()
    for place in (str(folder / "mkdocs.yml"), *also):
        server.watch(place)
    thread = Thread(target=server.serve)
    looked.clear()
    thread.start()
    assert looked.wait(ENOUGH)
    try:
        yield lambda: builds.get(timeout=ENOUGH)
    finally:
        server.shutdown(wait=True)
        thread.join()
    assert builds.empty()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "mkdocs.yml").touch()
    return tmp_path


@pytest.mark.parametrize("is_also_watched", [False, True])
def test_a_folder_is_seen_whenever_it_appears(site: Path, is_also_watched: bool) -> None:
    source = site / "sources/payments/docs"
    also = [str(source)] if is_also_watched else []
    if is_also_watched:
        source.mkdir(parents=True)
    with watching(site, lambda: [str(source)], *also) as next_build:
        if not is_also_watched:
            source.mkdir(parents=True)
            next_build()
        for _ in range(2):
            (source / "index.md").touch()
            next_build()
            source.rename(site / "gone")
            next_build()
            (site / "gone").rename(source)
            next_build()
            (source / "index.md").unlink()
            next_build()


def test_a_file_is_seen_whenever_it_appears(site: Path) -> None:
    catalogue = site / "services.yml"
    with watching(site, lambda: [str(catalogue)]) as next_build:
        for _ in range(2):
            catalogue.touch()
            next_build()
            catalogue.unlink()
            next_build()


def test_what_is_named_later_is_watched(site: Path) -> None:
    source = site / "sources"
    source.mkdir()
    named: list[str] = []
    with watching(site, lambda: named) as next_build:
        named.append(str(source))
        next_build()
        (source / "index.md").touch()
        next_build()


def test_an_error_ends_no_answer(site: Path) -> None:
    places = iter(([], [1], [str(site / "sources")]))

    def named() -> list[str]:
        return next(places, [str(site / "sources")])  # type: ignore[return-value]

    with watching(site, named) as next_build:
        (site / "sources").mkdir()
        next_build()


@pytest.mark.large
def test_the_pages_of_a_checkout_come_and_go_with_it(write: Write) -> None:
    folder = write(SOURCES)
    source, away = folder / PAYMENTS, folder / "away"
    source.rename(away)
    with preview(folder) as site:
        site.until("", lambda page: "does not exist" in page)
        shutil.copytree(away, source)
        site.until(PAGE, lambda page: "Cards are refused" in page)
        shutil.rmtree(source)
        site.until("", lambda page: "does not exist" in page)
        away.rename(source)
        site.until(PAGE, lambda page: "Cards are refused" in page)
        (folder / CARDS).write_text(told("Cards are late", "2026-04-02"), "utf-8")
        site.until(PAGE, lambda page: "Cards are late" in page)

"""Pages that were drawn ahead by other processes are the pages that would have been drawn here."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from postmortems import workers
from postmortems.pipeline import run_pipeline
from postmortems.publish.prerender import Ahead
from postmortems.render.base.page import Page
from postmortems.render.pages.site import Site
from postmortems.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"
TODAY = date(2026, 11, 2)


@pytest.fixture(scope="module")
def site() -> Site:
    run = run_pipeline(DOCS, Settings(), TODAY)
    return Site(run.corpus, run.analysis, Settings(), TODAY)


def pages_of(site: Site) -> list[tuple[str, str]]:
    return [(uri, "../../") for uri in (*site.corpus.by_path, *site.generated)]


def page_of(site: Site, uri: str, root: str) -> Page | None:
    """The page as it is drawn here."""
    page = site.page(uri, root)
    return page.painted() if page else None


def test_files_and_pages_are_the_same(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    pages = pages_of(site)
    assert len(pages) > 100  # else there would be no worker
    ahead = Ahead(site, site.data("Name"), pages)
    try:
        for uri, make in site.data("Name").items():
            assert ahead.text(uri) == make()
        for uri, root in reversed(pages):
            assert ahead.page(uri, root) == page_of(site, uri, root)
    finally:
        ahead.close()


def test_a_page_that_nobody_announced_is_drawn_when_it_is_asked_for(site: Site) -> None:
    ahead = Ahead(site, {})
    uri, root = pages_of(site)[0]
    assert ahead.page(uri, root) == page_of(site, uri, root)
    assert ahead.page("guide/nothing.md", "") is None

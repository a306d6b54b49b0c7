"""What pages ask their server for: nothing of another site, and the search index only when somebody searches."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.browser.conftest import served
from tests.browser.knowledge_base import IncidentFile, build
from tests.browser.window import Served, Window, opened

pytestmark = pytest.mark.browser

INDEX = "search/search_index.json"
INCIDENTS = (
    IncidentFile("pool", "2026-03-02T14:20:00Z", "SEV1", root_cause="connection pool exhaustion"),
    IncidentFile("certificate", "2025-11-04T10:00:00Z", "SEV3", title="Zertifikate expired"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site with all that Material's search can do, which loads pages without reloading."""
    folder = tmp_path_factory.mktemp("requests")
    with served(folder / "site") as site:
        build(folder, INCIDENTS, "[navigation.instant, search.highlight, search.share, search.suggest]", site.address)
        yield site


def asked(page: Page) -> list[str]:
    """The paths that the page asks for from now on; the list grows while the page lives."""
    paths: list[str] = []
    page.on("request", lambda request: paths.append(urlsplit(request.url).path))
    return paths


def test_no_page_asks_for_the_search_index_or_the_site_map_when_it_opens(own: Served, window: Window) -> None:
    paths = asked(window.page)
    for address in own.typical():
        window.open(own, address)
    assert [path for path in paths if path.endswith((INDEX, "/sitemap.xml"))] == []
    assert window.taken() == []


@pytest.mark.parametrize("width", [390, 1440])
def test_the_box_in_the_header_leads_to_the_search_page(width: int, chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, f"{site.address}services/checkout/", width)
    if width > 390:
        page.locator(".pm-headsearch input").fill("zertifikate")
    page.locator(".pm-headsearch button").click()
    page.wait_for_url("**/search/?q=*")
    if width == 390:
        page.locator(".pm-search input").fill("zertifikate")
    expect(page.locator(".pm-found .pm-hit__t").first).to_have_text("Zertifikate expired")
    assert wrong == []
    page.context.close()


def test_what_is_typed_before_the_scripts_are_there_is_asked(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, site.address)
    held: list[Route] = []
    page.route("**/search_words.js", lambda route: held.append(route))
    page.goto(f"{site.address}search/")
    page.locator(".pm-search input").fill("zertifikate")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(page.locator(".pm-found .pm-hit__t").first).to_have_text("Zertifikate expired")
    expect(page.locator(".pm-search input")).to_have_value("zertifikate")
    assert page.url.endswith("/search/?q=zertifikate")
    assert wrong == []
    page.context.close()


def test_the_search_finds_below_a_folder_of_a_server(chromium: Browser, site: Served, tmp_path: Path) -> None:
    shutil.copytree(site.root, tmp_path / "team/incidents")
    with served(tmp_path) as server:
        # The policy names the site's address, as `site_url` gave it.
        old, new = (urlsplit(one.address).netloc for one in (site, server))
        policy = (site.root / "csp.txt").read_text("utf-8").replace(f"{old}/", f"{new}/team/incidents/")
        (tmp_path / "csp.txt").write_text(policy, "utf-8")
        page, wrong = opened(chromium, f"{server.address}team/incidents/search/?q=zertifikate")
        page.locator(".pm-found .pm-hit__t").first.click()
        page.wait_for_url("**/team/incidents/postmortems/2025/1104-certificate/")
        assert wrong == []
        page.context.close()


def test_the_index_of_postmortems_weighs_little(own: Served, window: Window) -> None:
    weights: dict[str, int] = {}
    window.page.on("response", lambda got: weights.update({got.url: len(gzip.compress(got.body(), 6))}))
    window.open(own, "postmortems/")
    window.page.wait_for_load_state("networkidle")
    # The theme is 75 kB of it, the 44 incidents with their picture 31 kB; the search index would be 227 kB.
    assert sum(weights.values()) < 150_000, weights


@pytest.mark.parametrize("host", ["github.com", "gitlab.com"])
def test_a_repository_is_linked_and_its_host_is_asked_for_nothing(host: str, window: Window, tmp_path: Path) -> None:
    repository = f"https://{host}/example/incidents"
    with served(build(tmp_path, INCIDENTS[:1], address=f"\nrepo_url: {repository}")) as site:
        for width in (390, 1440):
            window.open(site, "postmortems/", width)
            window.page.wait_for_load_state("networkidle")
            links = window.page.locator("a.md-source")
            assert {link.get_attribute("href") for link in links.all()} == {repository}
            assert links.locator("svg").count() == links.count() == 2
    assert window.taken() == []


def test_a_slash_leads_to_the_search(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, f"{site.address}services/checkout/")
    page.keyboard.press("/")
    page.keyboard.type("zert/ifikate")
    expect(page.locator(".pm-headsearch input")).to_have_value("zert/ifikate")
    assert wrong == []
    page.context.close()

"""What pages ask their server for: nothing of another site, and the search index only when somebody searches."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
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


def loads_of_the_index(paths: list[str]) -> int:
    return sum(path.endswith(INDEX) for path in paths)


def found(page: Page) -> list[str]:
    """The paths of what a search has found."""
    links = page.locator(".md-search-result__link")
    links.first.wait_for()
    return [urlsplit(str(link)).path for link in links.evaluate_all("links => links.map(link => link.href)")]


def test_no_page_asks_for_the_search_index_or_the_site_map_when_it_opens(own: Served, window: Window) -> None:
    paths = asked(window.page)
    for address in own.typical():
        window.open(own, address)
    assert [path for path in paths if path.endswith((INDEX, "/sitemap.xml"))] == []
    assert window.taken() == []


@pytest.mark.parametrize("way", ["click", "/", "s", "f"])
def test_the_search_finds_however_it_is_opened(way: str, chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, f"{site.address}patterns/")
    paths = asked(page)
    if way == "click":
        page.locator("[data-md-component=search-query]").click()
    else:
        page.keyboard.press(way)
    page.keyboard.type("zertifikate")
    assert "/postmortems/2025/1104-certificate/" in found(page)
    assert loads_of_the_index(paths) == 1
    assert wrong == []
    page.context.close()


def test_the_search_finds_on_a_phone(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, f"{site.address}postmortems/", 390)
    paths = asked(page)
    page.locator("header [for=__search]").first.click()
    page.keyboard.type("zertifikate")
    assert "/postmortems/2025/1104-certificate/" in found(page)
    assert loads_of_the_index(paths) == 1
    assert wrong == []
    page.context.close()


def test_an_address_with_a_question_is_answered(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, f"{site.address}?q=zertifikate")
    assert "/postmortems/2025/1104-certificate/" in found(page)
    assert wrong == []
    page.context.close()


def test_the_search_finds_and_marks_words_after_a_page_without_a_reload(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, site.address)
    paths = asked(page)
    page.wait_for_load_state("networkidle")  # the theme loads pages itself once it has the site map
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Search is slow").click()
    page.wait_for_url("**/postmortems/?service=search")
    expect(page.locator(".pm-count")).to_be_visible()
    assert loads_of_the_index(paths) == 0
    page.wait_for_timeout(250)  # the theme closes the search 125 ms after it has gone to another page
    page.keyboard.press("/")
    page.keyboard.type("leaked")
    found(page)
    page.locator(".md-search-result__link", has_text="Primary Cause").first.click()
    page.wait_for_url("**?h=leaked*")
    expect(page.locator(".md-content mark").first).to_have_text("leaked")
    assert loads_of_the_index(paths) == 1
    assert page.evaluate("window.same")
    # A page that was left for another is shown again with its words marked, though nobody searches any more.
    page.reload()
    expect(page.locator(".md-content mark").first).to_have_text("leaked")
    assert wrong == []
    page.context.close()


def test_words_are_marked_where_back_leads_to_them(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, f"{site.address}postmortems/2026/0302-pool/?h=leaked")
    expect(page.locator(".md-content mark").first).to_have_text("leaked")
    page.locator(".md-header .md-logo").click()
    page.wait_for_url(site.address)
    page.reload()
    paths = asked(page)
    page.go_back()
    expect(page.locator(".md-content mark").first).to_have_text("leaked")
    assert loads_of_the_index(paths) == 1
    assert wrong == []
    page.context.close()


def test_no_request_but_the_themes_waits(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, site.address)
    status = page.evaluate(
        """address => new Promise(resolve => {
            const request = new XMLHttpRequest();
            request.open("GET", address);
            request.onload = () => resolve(request.status);
            request.send();
        })""",
        INDEX,
    )
    assert status == 200
    assert page.evaluate("String(XMLHttpRequest.prototype.open)").endswith("{ [native code] }")
    assert wrong == []
    page.context.close()


def test_the_search_finds_below_a_folder_of_a_server(chromium: Browser, site: Served, tmp_path: Path) -> None:
    shutil.copytree(site.root, tmp_path / "team/incidents")
    with served(tmp_path) as server:
        # The policy names the site's address, as `site_url` gave it.
        old, new = (urlsplit(one.address).netloc for one in (site, server))
        policy = (site.root / "csp.txt").read_text("utf-8").replace(f"{old}/", f"{new}/team/incidents/")
        (tmp_path / "csp.txt").write_text(policy, "utf-8")
        page, wrong = opened(chromium, f"{server.address}team/incidents/services/checkout/")
        paths = asked(page)
        page.keyboard.press("/")
        page.keyboard.type("zertifikate")
        assert "/team/incidents/postmortems/2025/1104-certificate/" in found(page)
        assert [path for path in paths if path.endswith(INDEX)] == [f"/team/incidents/{INDEX}"]
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

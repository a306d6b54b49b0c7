"""The repository's own site in a real browser: no error, no request elsewhere, nothing wider than the window."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.browser.window import opened

pytestmark = pytest.mark.browser

PAGES = {
    "home": "",
    "postmortems": "postmortems/",
    "year": "postmortems/2025/",
    "postmortem": "postmortems/2018/01-github-mysql-split/",
    "unknown moments": "postmortems/2015/01-circleci-db-queue/",
    "patterns": "patterns/",
    "pattern": "patterns/database-issues/",
    "services": "services/",
    "service": "services/cloudflare-waf/",
    "metrics": "metrics/",
    "rules": "guide/rules/",
    "settings": "guide/settings/",
    "template": "templates/postmortem-template/",
}


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_error_and_fits(name: str, width: int, chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, own_site + PAGES[name], width)
    assert wrong == []
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    assert page.locator("h1").count() == 1
    page.context.close()


@pytest.mark.parametrize("name", ["home", "postmortem", "pattern"])
def test_dark_mode_is_dark(name: str, chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, own_site + PAGES[name], 1440, "dark")
    assert wrong == []
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    red, green, blue = (int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")[:3])
    assert red + green + blue < 150
    page.context.close()


def test_without_javascript_everything_can_be_read(chromium: Browser, own_site: str) -> None:
    page, _ = opened(chromium, own_site + "postmortems/", 1440, script=False)
    titles = page.locator(".pm-row__title")
    assert titles.count() >= 15
    assert titles.first.is_visible()
    titles.first.click()
    assert page.locator(".pm-rail").is_visible()
    page.context.close()


def test_a_mark_of_the_picture_leads_to_its_postmortem(chromium: Browser, own_site: str) -> None:
    page, _ = opened(chromium, own_site + "postmortems/", 1440)
    mark = page.locator(".pm-chart--wide a.pm-mark").first
    assert mark.locator("title").count() == 1
    target = mark.get_attribute("href")
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/" + str(target).removeprefix("../").removeprefix("postmortems/"))
    assert page.locator(".pm-card").is_visible()
    page.context.close()


def test_search_finds_a_symptom_from_a_timeline(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, own_site, 1440)
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type("wraparound")
    page.locator(".md-search-result__link").first.wait_for()
    hits = page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")
    assert any("mandrill" in hit or "joyent" in hit for hit in hits)
    assert wrong == []
    page.context.close()


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        ("home", "Home"),
        ("postmortem", "Postmortems"),
        ("year", "Postmortems"),
        ("pattern", "Patterns"),
        ("service", "Services"),
        ("metrics", "Metrics"),
        ("rules", "Guide"),
        ("template", "Guide"),
    ],
)
def test_the_tab_of_a_page_is_lit(name: str, tab: str, chromium: Browser, own_site: str) -> None:
    page, _ = opened(chromium, own_site + PAGES[name], 1440)
    assert [text.strip() for text in page.locator(".md-tabs__item--active").all_inner_texts()] == [tab]
    page.context.close()


def test_a_postmortem_prints_on_paper_as_a_light_page(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, own_site + PAGES["postmortem"], 1440, "dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.pm')).color") == "rgb(0, 0, 0)"
    assert not page.locator(".md-header").is_visible()
    assert wrong == []
    page.context.close()

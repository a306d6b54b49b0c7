"""What readers do on the repository's own site, in a real browser; test_every_kind.py looks at all kinds of pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import served
from tests.browser.window import opened

pytestmark = pytest.mark.browser


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


def test_search_finds_a_symptom_from_a_timeline(chromium: Browser, built: Callable[[str], Path]) -> None:
    with served(built("own"), search=True) as site:
        page, wrong = opened(chromium, site.address, 1440)
        page.locator("[data-md-component=search-query]").click()
        page.keyboard.type("wraparound")
        page.locator(".md-search-result__link").first.wait_for()
        hits = page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")
        assert any("mandrill" in hit or "joyent" in hit for hit in hits)
        assert wrong == []
        page.context.close()

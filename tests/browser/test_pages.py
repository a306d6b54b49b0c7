"""What readers do on the repository's own site, in a real browser; test_every_kind.py looks at all kinds of pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
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
    assert page.locator(".pm-icf").is_visible()
    page.context.close()


def test_the_item_that_a_link_leads_to_is_marked(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, own_site + "actions/", 1440)
    page.locator("details:has(.pm-arow__t) > summary").evaluate_all(
        "all => all.forEach(summary => summary.parentElement.open = true)"
    )
    page.locator("a[href*='#a-']").first.click()
    page.wait_for_url("**/#a-*")
    item = page.locator(".pm-actions > li:target")
    assert item.is_visible()
    top = page.evaluate("document.querySelector(':target').getBoundingClientRect().top")
    assert page.locator(".md-header").bounding_box()["height"] <= top < 900  # type: ignore[index]
    assert item.evaluate("item => getComputedStyle(item).outlineStyle") == "solid"
    assert wrong == []
    page.context.close()


def test_a_page_that_is_not_found_begins_where_all_others_do(chromium: Browser, own_site: str) -> None:
    lefts = []
    for address in ("404.html", "metrics/"):
        page, _ = opened(chromium, own_site + address, 1440)
        lefts.append((page.locator("h1").bounding_box() or {})["x"])
        page.context.close()
    assert lefts[0] == lefts[1]

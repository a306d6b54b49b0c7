"""The bar above services and action items: what it finds, what it folds away, what the address remembers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.window import Served, opened

pytestmark = pytest.mark.browser


def test_services_are_found_as_words_are_typed(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, f"{own_site}services/")
    whole = page.locator(".pm-count").inner_text()
    page.locator("#pm-find").press_sequentially("Google")
    expect(page.locator(".pm-svc:visible")).to_have_count(1)
    assert page.url.endswith("?text=Google")
    shown = page.locator(".pm-svc__once li:visible > span:first-child").all_inner_texts()
    assert all(not words.rstrip().endswith(",") for words in shown)
    page.locator("#pm-find").fill("google-cloud-vpn")
    expect(page.locator("[data-find]:visible a")).to_have_text(["google-cloud-vpn"])
    page.locator("#pm-find").fill("nothing like it")
    expect(page.locator("[data-nothing]")).to_be_visible()
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".pm-count")).to_have_text(whole)
    assert page.url == f"{own_site}services/"
    assert wrong == []
    page.context.close()


def test_action_items_are_narrowed_by_owner_and_kind(chromium: Browser, complete: Served) -> None:
    page, wrong = opened(chromium, f"{complete.address}actions/")
    items = page.locator("[data-find]:visible")
    before = page.locator("[data-find]").count()
    page.get_by_text("Owner", exact=True).first.click()
    choice = page.locator(".pm-menu[open] .pm-choice").first
    name, number = choice.locator("bdi").inner_text(), int(choice.locator(".pm-n").inner_text())
    choice.click()
    expect(items).to_have_count(number)
    assert set(page.locator("[data-find]:visible .pm-arow__owner").all_inner_texts()) == {name}
    assert page.locator(".pm-count").inner_text() == f"{number} of {before}"
    # What the filters do not reach steps aside.
    assert page.locator("[data-unfiltered]:visible").count() == 0
    page.keyboard.press("Escape")
    page.get_by_text("Kind", exact=True).first.click()
    kind = page.locator(".pm-menu[open] .pm-choice:not(.is-none)").first
    left = int(kind.locator(".pm-n").inner_text())
    kind.click()
    expect(items).to_have_count(left)
    page.reload()
    expect(items).to_have_count(left)
    page.locator(".pm-on").first.click()
    page.locator(".pm-on").first.click()
    expect(page.locator(".pm-on")).to_have_count(0)
    assert page.locator("[data-unfiltered]:visible").count() > 0
    assert wrong == []
    page.context.close()


@pytest.mark.parametrize("address", ["actions/?owner=nobody-here", "services/?text=zzz"])
def test_without_scripts_the_page_is_whole(address: str, chromium: Browser, complete: Served) -> None:
    page, _ = opened(chromium, f"{complete.address}{address}", script=False)
    assert page.locator("[data-find-bar]:visible").count() == 0
    assert page.locator(".pm-arows > li:visible, .pm-svc:visible").count() > 3
    page.context.close()

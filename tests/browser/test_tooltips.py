"""Titles of marks and clipped names: a pointer, keys and a finger reach them, and links are never in their way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.window import Served, opened

pytestmark = pytest.mark.browser

MARK = "svg.pm-chart--wide a.pm-mark"


def test_a_pointer_shows_the_title_of_a_mark_and_the_browser_no_second_one(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, f"{own_site}postmortems/")
    mark = page.locator(MARK).first
    title = mark.locator("title").text_content() or ""
    mark.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    assert tip.inner_text().split("\n") == title.strip().split("\n")
    assert mark.locator("title").count() == 0
    assert mark.get_attribute("aria-label") == title.strip()
    tip.hover()
    expect(tip).to_be_visible()
    page.mouse.move(2, 2)
    expect(tip).not_to_be_visible()
    assert mark.locator("title").text_content() == title
    assert mark.get_attribute("aria-label") is None
    assert wrong == []
    page.context.close()


def test_keys_reach_it_and_escape_closes_it(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, f"{own_site}postmortems/")
    mark = page.locator(MARK).nth(1)
    page.locator(MARK).first.focus()
    page.keyboard.press("Tab")
    expect(mark).to_be_focused()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).not_to_be_visible()
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/postmortems/2*/**")
    assert wrong == []
    page.context.close()


def test_a_fingers_first_tap_shows_and_the_second_follows(chromium: Browser, own_site: str) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, has_touch=True)
    page = context.new_page()
    page.goto(f"{own_site}postmortems/")
    mark = page.locator(MARK).first
    mark.tap()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    assert page.url == f"{own_site}postmortems/"
    page.touchscreen.tap(5, 300)
    expect(tip).not_to_be_visible()
    mark.tap()
    mark.tap()
    page.wait_for_url("**/postmortems/2*/**")
    context.close()


def test_a_finger_follows_a_link_in_the_text_at_once(chromium: Browser, own_site: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{own_site}services/")
    page.locator("a.pm-name[title]").first.tap()
    page.wait_for_url("**/postmortems/**")
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_it_never_leaves_the_window(width: int, chromium: Browser, odd: Served) -> None:
    page, wrong = opened(chromium, f"{odd.address}postmortems/", width)
    marks = page.locator("svg a:visible")
    for number in {0, marks.count() // 2, marks.count() - 1}:
        if not marks.count():
            break
        marks.nth(number).scroll_into_view_if_needed()
        page.evaluate(
            "n => [...document.querySelectorAll('svg a')].filter(a => a.checkVisibility())[n].focus({focusVisible: true})",
            number,
        )
        box = page.get_by_role("tooltip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 900
    assert wrong == []
    page.context.close()


def test_without_scripts_titles_stay(chromium: Browser, own_site: str) -> None:
    page, _ = opened(chromium, f"{own_site}postmortems/", script=False)
    assert page.locator(f"{MARK} > title").count() > 30
    page.context.close()

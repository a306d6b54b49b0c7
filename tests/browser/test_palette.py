"""The palette of commands: a page by a few letters of its name, by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import served
from tests.browser.window import Served, opened

pytestmark = pytest.mark.browser


def palette(page: Page) -> Page:
    page.keyboard.press("Control+k")
    expect(page.locator(".pm-palette [role=option]").first).to_be_visible()
    return page


def test_a_few_letters_lead_to_a_page(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, f"{own_site}metrics/")
    palette(page)
    expect(page.get_by_role("combobox", name="Go to")).to_be_focused()
    page.keyboard.type("retry st")
    expect(page.locator("[aria-selected=true]")).to_contain_text("Retry storms")
    assert page.get_by_role("combobox", name="Go to").get_attribute("aria-activedescendant") == "pm-palette-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/patterns/retry-storms/")
    assert wrong == []
    page.context.close()


def test_it_finds_incidents_services_patterns_and_open_action_items(chromium: Browser, complete: Served) -> None:
    page, wrong = opened(chromium, complete.address)
    index = page.evaluate("fetch('data/index.json').then(reply => reply.json())")
    title = index["fields"].index("title")
    names = {
        "Incident": index["postmortems"][0][title],
        "Service": index["services"][0][1],
        "Pattern": index["patterns"][0][1],
        "Action item": index["open_actions"][0][2],
    }
    palette(page)
    for kind, name in names.items():
        page.get_by_role("combobox", name="Go to").fill(name.upper())
        found = page.locator("[role=option]", has_text=name).filter(has_text=kind)
        expect(found.first).to_be_visible()
        href = found.first.get_attribute("data-href")
        path, _, anchor = str(href).partition("#")
        got = page.evaluate("url => fetch(url).then(async reply => [reply.status, await reply.text()])", path)
        assert got[0] == 200
        assert not anchor or f'id="{anchor}"' in got[1]
    assert wrong == []
    page.context.close()


def test_arrows_move_escape_closes_and_focus_stays_in_and_comes_back(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, f"{own_site}services/")
    page.locator("#pm-find").focus()
    palette(page)
    chosen = page.locator("[aria-selected=true]")
    first = chosen.inner_text()
    page.keyboard.press("ArrowDown")
    assert chosen.count() == 1
    assert chosen.inner_text() != first
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert chosen.get_attribute("id") == page.locator("[role=option]").last.get_attribute("id")
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(page.locator(".pm-palette")).not_to_be_visible()
    expect(page.locator("#pm-find")).to_be_focused()
    assert wrong == []
    page.context.close()


def test_nothing_is_loaded_before_it_opens(chromium: Browser, own_site: str) -> None:
    page, _ = opened(chromium, f"{own_site}services/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    palette(page)
    assert [url.removeprefix(own_site) for url in asked] == [
        "assets/postmortems/palette.js",
        "data/index/years.json",
        "data/index.json",
    ]
    page.keyboard.press("Escape")
    # Chromium closes it a moment later, and the same key would close it, too.
    expect(page.locator(".pm-palette")).not_to_be_visible()
    page.keyboard.press("Meta+k")
    expect(page.get_by_role("combobox", name="Go to")).to_be_focused()
    assert len(asked) == 3
    page.context.close()


def test_what_is_not_found_is_said_and_markup_is_text(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, own_site)
    palette(page)
    page.keyboard.type("<b>.*[")
    expect(page.locator(".pm-palette__said")).to_have_text("Nothing found")
    page.keyboard.press("Enter")
    assert page.url == own_site
    assert wrong == []
    page.context.close()


def test_of_many_the_newest_years_are_read_first_and_all_once_somebody_types(
    chromium: Browser, built: Callable[[str], Path]
) -> None:
    with served(built("many")) as many:
        page, wrong = opened(chromium, many.address)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(many.address)))
        palette(page)
        years = page.evaluate("fetch('data/index/years.json').then(reply => reply.json())")["years"]
        files = [each["file"] for each in years]
        assert [url for url in asked if url in files] == files[:1]
        assert page.locator("[role=option]").count() == 8
        page.keyboard.type("outage of")
        expect(page.locator(".pm-palette__said")).not_to_contain_text("Newest")
        assert sorted({url for url in asked if url in files}) == sorted(files)
        assert "data/index.json" not in asked
        assert wrong == []
        page.context.close()

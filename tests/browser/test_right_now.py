"""What a responder uses in the middle of an incident: commands to copy, and the phase bar beside the timeline."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.browser.window import opened

pytestmark = pytest.mark.browser

LONG = "postmortems/2018/01-github-mysql-split/"
PATTERN = "patterns/retry-storms/"


def test_a_command_is_copied_by_its_button(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, own_site + PATTERN)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    command = page.locator(".pm-copy").first
    command.get_by_role("button", name="Copy").click()
    command.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == command.locator("code").text_content()
    assert wrong == []
    page.context.close()


def test_without_scripts_one_click_takes_the_whole_command(chromium: Browser, own_site: str) -> None:
    page, _ = opened(chromium, own_site + PATTERN, script=False)
    assert page.locator(".pm-copy button").count() == 0
    code = page.locator(".pm-copy code").first
    assert code.evaluate("code => getComputedStyle(code).userSelect") == "all"
    page.context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_right_now_is_on_the_first_screen(chromium: Browser, own_site: str, width: int) -> None:
    page, _ = opened(chromium, own_site + PATTERN, width)
    step = page.locator(".pm-now li").nth(1 if width < 500 else 4).bounding_box()
    assert step
    assert step["y"] + step["height"] < 844
    page.context.close()


@pytest.mark.parametrize(("width", "is_beside"), [(1440, True), (1024, False), (390, False)])
def test_the_phase_bar_stays_in_view_beside_the_timeline(
    chromium: Browser, own_site: str, width: int, *, is_beside: bool
) -> None:
    page, _ = opened(chromium, own_site + LONG, width)
    page.locator(".pm-ev").nth(8).evaluate("event => event.scrollIntoView({block: 'center'})")
    bar = page.locator(".pm-beside")
    assert bar.is_visible() is is_beside
    if is_beside:
        box, header = bar.bounding_box(), page.locator(".md-header").bounding_box()
        assert box
        assert header
        assert header["height"] <= box["y"] < box["y"] + box["height"] < 900
    page.context.close()

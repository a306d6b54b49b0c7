"""An exercise is played on a phone without scripts: each step only after the one before, and nothing of a later one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.browser.window import opened

pytestmark = pytest.mark.browser

EXERCISE = "exercises/2018/01-github-mysql-split/"
SPOILERS = ("MySQL", "partition", "SEV1", "failover")


def test_a_phone_plays_it_without_scripts(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, own_site + EXERCISE, 390, script=False)
    steps = page.locator(".pm-play > details")
    # Text of what no one has opened is in the page, and not to be seen.
    whole = [text.split("\n")[0] for text in page.locator(".pm-play__what").all_text_contents()]
    assert steps.count() == len(whole) - 1 > 10

    def seen() -> str:
        return page.locator("body").inner_text()

    assert whole[0] in seen()
    for number in range(steps.count()):
        assert [text for text in whole[number + 1 :] if text in seen()] == []
        assert not [word for word in SPOILERS if word.lower() in seen().lower()] or number > 0
        assert steps.nth(number).is_visible()
        assert [steps.nth(later).is_visible() for later in range(number + 1, steps.count())] == [False] * (
            steps.count() - number - 1
        )
        assert "The exercise ends here" not in seen()
        steps.nth(number).locator("> summary").click()
        assert whole[number + 1] in seen()
    assert "The exercise ends here" in seen()
    assert "MySQL" not in page.locator(".pm-notes").inner_text()
    page.locator(".pm-notes > summary").click()
    assert "MySQL" in page.locator(".pm-notes").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert wrong == []
    page.context.close()


def test_what_was_done_is_seen_once_it_is_opened(chromium: Browser, own_site: str) -> None:
    page, _ = opened(chromium, own_site + EXERCISE, 390, script=False)
    assert "Triage by several engineers" not in page.locator("body").inner_text()
    page.get_by_text("What the team did").first.click()
    assert "Triage by several engineers" in page.locator("body").inner_text()
    page.context.close()


def test_paper_has_every_step_and_the_notes(chromium: Browser, own_site: str) -> None:
    page, _ = opened(chromium, own_site + EXERCISE)
    page.emulate_media(media="print")
    steps = page.locator(".pm-play__what")
    assert all(steps.nth(number).is_visible() for number in range(steps.count()))
    assert page.locator(".pm-notes h3").first.is_visible()
    page.context.close()


def test_the_list_is_narrowed_by_what_an_exercise_is_about(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, own_site + "exercises/")
    page.get_by_role("searchbox", name="Find an exercise").fill("github-webhooks")
    assert page.locator(".pm-filters .pm-count").inner_text().startswith("1 of ")
    assert page.locator(".pm-first a:visible").all_inner_texts() == ["GitHub, 21 Oct 2018, 22:54"]
    assert wrong == []
    page.context.close()

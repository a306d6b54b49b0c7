"""A postmortem on paper: a usual one on two A4 pages, with nothing lost that its author wrote."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser
from tests.browser.window import Served, opened

pytestmark = pytest.mark.browser

PAPER = 688
"""The width of A4 between its margins, in CSS pixels."""
PAGE_HEIGHT = 1030
KIND = "postmortems/*/*/"
SAMPLE = 12
"""The number of pages, from the smallest to the largest, that are printed."""


def test_three_of_four_postmortems_take_two_pages(chromium: Browser, team: Served) -> None:
    addresses = team.kinds[KIND]
    page, _ = opened(chromium, team.address)
    lengths = []
    for address in addresses[:: len(addresses) // SAMPLE]:
        page.goto(team.address + address)
        printed = page.pdf(prefer_css_page_size=True)
        lengths.append(len(re.findall(rb"/Type\s*/Page\b", printed)))
    assert len(lengths) >= SAMPLE
    assert sum(length > 2 for length in lengths) <= len(lengths) / 4, lengths
    page.context.close()


def test_on_paper_the_head_is_whole_and_events_stand_beside_their_dots(chromium: Browser, team: Served) -> None:
    addresses = team.kinds[KIND]
    page, _ = opened(chromium, team.address + addresses[len(addresses) // 2], PAPER)
    page.emulate_media(media="print")
    heading, facts = page.locator(".pm h1").bounding_box(), page.locator(".pm-moments").bounding_box()
    assert heading
    assert facts
    assert heading["y"] < facts["y"] + facts["height"] < PAGE_HEIGHT / 2
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll(".pm-ev")].filter((event) => {
          const [elapsed, body] = [".pm-ev__el", ".pm-ev__body"].map((part) => event.querySelector(part));
          const range = document.createRange();
          range.selectNodeContents(elapsed);
          const gap = body.getBoundingClientRect().left - range.getBoundingClientRect().right;
          return elapsed.textContent && gap < 12;
        }).length"""
    )
    assert overlaps == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.pm-ev'), '::after').gridColumnEnd") == "4"
    page.context.close()


def test_on_paper_nothing_authored_is_lost_and_what_is_folded_stays_so(chromium: Browser, team: Served) -> None:
    addresses = team.kinds[KIND]
    page, _ = opened(chromium, team.address + addresses[len(addresses) // 2], PAPER)
    authored = """() => [...document.querySelectorAll(
        ".pm-postmortem > :is(p, ul), .pm-ev__what, .pm-ev__doing, .pm-act-what"
      )].filter((part) => !part.matches(".pm-note, .pm-morein")).map((part) => part.checkVisibility())"""
    on_screen = page.evaluate(authored)
    page.emulate_media(media="print")
    assert page.evaluate(authored) == on_screen
    assert len(on_screen) > 10
    assert not page.locator("details.pm-data").first.is_visible()
    assert not page.locator(".pm-step").is_visible()
    page.context.close()

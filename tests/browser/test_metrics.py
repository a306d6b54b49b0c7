"""The metrics page of a company with 200 postmortems, as a lead sees it: on a screen, a phone and paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser
from tests.browser.window import Served, Window, opened

SMALLEST = """() => Math.min(...[...document.querySelectorAll(".pm-metrics :is(svg text, p, span, b, figcaption, h2)")]
  .filter(part => part.checkVisibility() && part.textContent.trim() && !part.closest(".pm-vh, .pm-skip"))
  .map(part => parseFloat(getComputedStyle(part).fontSize) * (part.ownerSVGElement ? part.getScreenCTM().a : 1)))"""

OVERLAPS = """() => [...document.querySelectorAll(".pm-metrics svg")].filter(svg => svg.checkVisibility()).flatMap(svg => {
  const boxes = [...svg.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([words, one], place) => boxes.slice(place + 1)
    .filter(([, other]) => one.left < other.right - 1 && other.left < one.right - 1
      && one.top < other.bottom - 3 && other.top < one.bottom - 3)
    .map(([others]) => `${words} / ${others}`));
})"""


def test_the_first_screen_has_all_tiles_and_the_first_finding(team: Served, window: Window) -> None:
    window.open(team, "metrics/", 1440)
    tiles = [tile.bounding_box() or {} for tile in window.page.locator(".pm-tile").all()]
    assert len(tiles) == 5
    assert all(tile["y"] + tile["height"] < 600 for tile in tiles)
    title = window.page.locator("h2").first
    assert title.inner_text().startswith("SEV")
    assert (title.bounding_box() or {})["y"] < 700
    window.look(390)
    lefts = {round((tile.bounding_box() or {})["x"]) for tile in window.page.locator(".pm-tile").all()}
    assert len(lefts) == 2


@pytest.mark.parametrize("width", [1440, 1024, 768, 390])
def test_text_is_large_enough_and_overlaps_nothing(width: int, team: Served, window: Window) -> None:
    window.open(team, "metrics/", width)
    assert window.ask(SMALLEST) >= 11.9
    assert window.ask(OVERLAPS) == []
    assert window.ask("document.documentElement.scrollWidth") <= width


def test_it_is_printed_on_four_pages(team: Served, chromium: Browser) -> None:
    page, _ = opened(chromium, f"{team.address}metrics/")
    printed = page.pdf(prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 4
    page.context.close()

"""First screens: what a reader sees without scrolling, on a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.window import Served

pytestmark = pytest.mark.browser

TOP = """where => {
    const found = [...document.querySelectorAll(where)].find(one => one.checkVisibility());
    return found.getBoundingClientRect().top;
}"""


@pytest.mark.parametrize(
    ("page", "where", "wide", "narrow"),
    [
        pytest.param("postmortems/", "#list li.pm-row", 700, 360, id="index"),
        pytest.param("", ".pm-hero svg", 420, 420, id="home: the timeline"),
        pytest.param("", "#recurs", 700, 1100, id="home: what recurs"),
    ],
)
@pytest.mark.parametrize("site", ["own", "complete", "odd"])
def test_the_answer_is_on_the_first_screen(
    page: str, where: str, wide: int, narrow: int, site: str, chromium: Browser, request: pytest.FixtureRequest
) -> None:
    served: Served = request.getfixturevalue(site)
    for width, height, most in ((1440, 900, wide), (390, 844, narrow)):
        context = chromium.new_context(viewport={"width": width, "height": height})
        window = context.new_page()
        window.goto(served.address + page)
        assert window.evaluate(TOP, where) <= most, (width, site)
        assert window.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, site)
        context.close()


@pytest.mark.parametrize("site", ["own", "complete"])
def test_the_picture_of_all_that_is_found_has_the_title_of_all(
    site: str, chromium: Browser, request: pytest.FixtureRequest
) -> None:
    """The script's median is that of `analyse/survival.py`, with lengths whose end is unknown."""
    served: Served = request.getfixturevalue(site)
    window = chromium.new_page()
    window.goto(f"{served.address}postmortems/")
    said = [window.locator(f".pm-claim__{part}").inner_text() for part in ("all", "of")]
    assert re.search(r"within .* took", said[0])
    window.goto(f"{served.address}postmortems/?severity=SEV1&severity=SEV2&severity=SEV3&severity=SEV4")
    expect(window.locator(".pm-count")).to_contain_text(" of ")
    assert [window.locator(f".pm-claim__{part}").inner_text() for part in ("all", "of")] == said
    window.close()


def test_a_long_page_has_a_way_back_to_its_top(own: Served, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    window = context.new_page()
    window.goto(f"{own.address}postmortems/")
    button = window.get_by_role("button", name="Back to top")
    assert button.evaluate("button => button.hidden && getComputedStyle(button).opacity") == "0"
    # The theme shows it once somebody scrolls upwards; its script may still be on its way.
    for _ in range(20):
        window.evaluate("scrollTo(0, 4000)")
        window.wait_for_timeout(100)
        window.evaluate("scrollTo(0, 3500)")
        window.wait_for_timeout(100)
        if not button.evaluate("button => button.hidden"):
            break
    expect(button).to_have_css("opacity", "1")
    box = button.bounding_box()
    assert box
    assert box["y"] > 800
    button.click()
    expect(button).to_have_css("opacity", "0")
    assert window.evaluate("scrollY") == 0
    context.close()


SEPARATORS_AT_A_LINES_BEGIN = """() => {
    const wrong = [], texts = document.createTreeWalker(document.querySelector(".pm"), NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const box = (node, at) => {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect();
    };
    let before = null;
    for (let node; (node = texts.nextNode());) {
        if (!node.parentElement.checkVisibility() || node.parentElement.closest("svg")) continue;
        for (let at = 0; at < node.data.length; at++) {
            if (/\\s/.test(node.data[at])) continue;
            const here = box(node, at);
            if (node.data[at] === "·" && before && here.top >= before.bottom) wrong.push(node.data);
            if (here.width) before = here;
        }
    }
    // What a style sheet puts before an owner's name begins on the line of what precedes it.
    for (const owner of document.querySelectorAll(".pm-name__owner")) {
        const first = owner.getClientRects()[0], line = owner.previousElementSibling;
        if (first && line && first.top >= [...line.getClientRects()].at(-1).bottom) wrong.push(owner.textContent);
    }
    return wrong;
}"""


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_no_line_begins_with_a_separator(width: int, team: Served, chromium: Browser) -> None:
    window = chromium.new_page(viewport={"width": width, "height": 900})
    found = {}
    for page in ("", "patterns/", "services/", "postmortems/", "reviews/", "patterns/capacity-limits/"):
        window.goto(team.address + page)
        found[page] = window.evaluate(SEPARATORS_AT_A_LINES_BEGIN)
    assert {page: wrong for page, wrong in found.items() if wrong} == {}
    window.close()

"""The index of incidents that strain it: very long, very short, at the same minute, in other scripts, with 60 services."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import served
from tests.browser.knowledge_base import IncidentFile, build
from tests.browser.window import opened

pytestmark = pytest.mark.browser

UNBROKEN = "x" * 300
ODD = (
    IncidentFile("long", "2026-03-02T14:20:00Z", "SEV1", title=("A title that goes on and on " * 11)[:300]),
    IncidentFile("unbroken", "2026-03-03T14:20:00Z", title=UNBROKEN, owner="y" * 120, services=("z" * 90, "w")),
    IncidentFile(
        "japanese", "2026-02-02T14:20:00Z", title="決済の接続が枯渇し、購入が止まった。" * 6, services=("決済",)
    ),
    IncidentFile("arabic", "2026-02-03T14:20:00Z", title="توقف الدفع (v2.1)", owner="فريق الدفع"),
    IncidentFile("services", "2026-01-03T14:20:00Z", services=tuple(f"service-{number:02}" for number in range(60))),
    IncidentFile("twin", "2025-06-01T10:00:00Z"),
    IncidentFile("other-twin", "2025-06-01T10:00:00Z", patterns=("deployment-problems",)),
    IncidentFile("three-minutes", "2025-07-01T10:00:00Z", "SEV1", detected=0, resolved=3),
    IncidentFile("forty-days", "2025-07-02T10:00:00Z", "SEV1", resolved=40 * 24 * 60),
    IncidentFile("unknown", "2025-08-01T10:00:00Z", "SEV4", detected=None, resolved=None),
    IncidentFile("as-unknown", "2025-08-01T10:00:00Z", "SEV4", detected=None, resolved=None),
)


@pytest.fixture(scope="module")
def strained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the postmortems above."""
    with served(build(tmp_path_factory.mktemp("strained"), ODD, "[navigation.tabs]")) as site:
        yield site.address


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("path", ["postmortems/", "postmortems/2026/"])
def test_nothing_leaves_the_page_or_its_column(width: int, path: str, chromium: Browser, strained: str) -> None:
    page, wrong = opened(chromium, strained + path, width)
    page.locator(".pm-filters__open").evaluate("button => button.click()")
    for menu in page.locator(".pm-menu:not([hidden])").all():
        menu.evaluate("menu => { menu.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        box = menu.locator(".pm-pop").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    over = page.locator(".pm-row__what, .pm-choice, .pm-row__sev").evaluate_all(
        "parts => parts.filter(part => part.scrollWidth > part.clientWidth + 1).map(part => part.textContent)"
    )
    assert over == []
    assert wrong == []
    page.context.close()


def test_a_long_title_is_cut_to_three_lines_and_told_whole(chromium: Browser, strained: str) -> None:
    page, _ = opened(chromium, f"{strained}postmortems/")
    for name, cut in (("unbroken", True), ("long", True), ("twin", False)):
        title = page.locator(f".pm-row__title[href*='-{name}/']").first
        height, line = title.evaluate("it => [it.offsetHeight, parseFloat(getComputedStyle(it).lineHeight)]")
        assert height <= 3 * line + 1
        assert title.get_attribute("title") == (title.text_content() if cut else None)
    page.context.close()


@pytest.mark.parametrize(
    ("width", "form", "head"),
    [(1440, "wide", ".pm-head"), (900, "mid", ".pm-head"), (390, "narrow", ".pm-q2 circle:not(.pm-hit)")],
)
def test_no_mark_covers_another(width: int, form: str, head: str, chromium: Browser, strained: str) -> None:
    page, _ = opened(chromium, f"{strained}postmortems/", width)
    page.locator(".pm-folds > details").first.evaluate("fold => { fold.open = true; }")
    heads = page.locator(f".pm-chart--{form} {head}").evaluate_all(
        """heads => heads.map(head => {
            const box = head.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2, box.width];
        })"""
    )
    assert len(heads) == len(ODD)
    for (x, y, size), (other_x, other_y, _) in combinations(heads, 2):
        assert max(abs(x - other_x), abs(y - other_y)) > size * 0.6
    page.context.close()


def test_the_rest_of_many_values_is_found_by_name(chromium: Browser, strained: str) -> None:
    page, wrong = opened(chromium, f"{strained}postmortems/")
    menu = page.locator(".pm-menu[data-group=service]")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.locator(".pm-choice:visible").count() == 12
    page.keyboard.press("Tab")
    expect(page.get_by_label("Find in service")).to_be_focused()
    page.keyboard.type("CE-41")
    assert menu.locator(".pm-choice:visible input + span").all_inner_texts() == ["service-41"]
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".pm-count")).to_have_text(f"1 of {len(ODD)}")
    # Who opens the address finds what was chosen beside the frequent ones.
    page.goto(page.url)
    menu.locator("summary").click()
    chosen = menu.locator("input:checked")
    assert chosen.evaluate("box => box.value") == "service-41"
    assert chosen.locator("..").is_visible()
    assert wrong == []
    page.context.close()

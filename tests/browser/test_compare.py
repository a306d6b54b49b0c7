"""Two or three incidents side by side: what the page shows, what it says where it cannot, and that all of it is text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import served
from tests.browser.knowledge_base import IncidentFile, build
from tests.browser.window import opened

pytestmark = pytest.mark.browser

ODD = "<img src=x onerror=alert(1)> & Co"
INCIDENTS = (
    IncidentFile("pool", "2026-03-02T14:20:00Z", "SEV1", root_cause="pool exhaustion", detected=30, resolved=90),
    IncidentFile("lock", "2026-01-10T09:00:00Z", root_cause="pool exhaustion", services=("checkout", "search")),
    IncidentFile("open", "2025-11-05T10:00:00Z", resolved=None, owner=ODD, services=(ODD,)),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site of the incidents above."""
    folder = tmp_path_factory.mktemp("compare")
    with served(folder / "site") as site:
        build(folder, INCIDENTS, "[navigation.tabs]", site.address)
        yield site.address


def ids(site: str, chromium: Browser) -> list[str]:
    """The ids of all postmortems, newest first."""
    page, _ = opened(chromium, site)
    found: list[str] = page.evaluate(
        "fetch('data/index.json').then(r => r.json()).then(i => i.postmortems.map(p => p[0]))"
    )
    page.context.close()
    return found


def test_incidents_stand_side_by_side(chromium: Browser, site: str) -> None:
    page, wrong = opened(chromium, f"{site}compare/?ids={','.join(ids(site, chromium))}")
    expect(page.locator(".pm-compare__table thead th")).to_have_count(3)
    rows = {
        row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in page.locator("tbody tr").all()
    }
    assert rows["Root cause"][:2] == ["pool exhaustion", "pool exhaustion"]
    assert rows["Detected after"][0] == "30 min"
    assert rows["Resolved after"] == ["1 h 30 min", rows["Resolved after"][1], "unknown"]
    assert rows["Owner"][2] == ODD
    assert rows["Action items"][0] != "page could not be loaded"
    # What two of them share and the third has not is no common ground.
    assert page.locator("tbody tr").nth(3).locator("b").count() == 0
    bars = page.locator(".pm-compare__bar").evaluate_all(
        "bars => bars.map(bar => [...bar.children].reduce((sum, part) => sum + +part.getAttribute('width'), 0))"
    )
    assert max(bars) == pytest.approx(900, abs=5)
    assert wrong == []
    page.context.close()


def test_what_all_share_is_bold(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, f"{site}compare/?ids={','.join(ids(site, chromium)[:2])}")
    cause = page.locator("tbody tr", has=page.get_by_role("rowheader", name="Root cause", exact=True))
    expect(cause.locator("b")).to_have_text(["pool exhaustion", "pool exhaustion"])
    page.context.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "No incidents chosen."),
        ("?ids=", "No incidents chosen."),
        ("?ids=nope,%3Cimg%20src=x%20onerror=alert(1)%3E", "No postmortem has the id “<img src=x onerror=alert(1)>”."),
        ("?ids=%25E0%25A4%25A", "No postmortem has the id “%E0%A4%A”."),
    ],
)
def test_what_cannot_be_compared_is_said(query: str, expected: str, chromium: Browser, site: str) -> None:
    page, wrong = opened(chromium, f"{site}compare/{query}")
    expect(page.locator("[data-state]")).to_contain_text(expected)
    assert page.locator(".pm-compare__table").count() == 0
    assert wrong == []
    page.context.close()


def test_a_postmortem_leads_to_it(chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, f"{own_site}postmortems/2018/01-github-mysql-split/")
    page.get_by_role("link", name="Compare side by side").click()
    expect(page.locator(".pm-compare__table thead th")).to_have_count(3)
    expect(page.locator("tbody tr", has=page.get_by_role("rowheader", name="What helped"))).to_contain_text(
        "Alerts fired"
    )
    assert wrong == []
    page.context.close()


def test_on_a_phone_it_is_no_wider_than_the_window(chromium: Browser, site: str) -> None:
    page, wrong = opened(chromium, f"{site}compare/?ids={','.join(ids(site, chromium))}", 390)
    expect(page.locator(".pm-compare__table thead th")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wrong == []
    page.context.close()


def test_without_scripts_it_says_so(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, f"{site}compare/?ids=x", script=False)
    expect(page.locator("[data-state]")).to_contain_text("Comparing needs scripts.")
    page.context.close()

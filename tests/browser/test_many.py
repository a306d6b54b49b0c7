"""The index of more incidents than one page lists: cells of months, years, and filters on the rows of all years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.conftest import served
from tests.browser.window import opened
from tests.sites import HOSTILE, MANY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def many(built: Callable[[str], Path]) -> Iterator[str]:
    """The address of a site with that many generated postmortems and a hostile one."""
    with served(built("many")) as site:
        yield site.address


def said(page: Page) -> Locator:
    return page.locator(".pm-count")


def rows(page: Page) -> dict[str, list[object]]:
    """The HTML of each row, by the path of its postmortem; its links by where they lead."""
    found = page.locator("#list .pm-row:not(.pm-row--head):visible").evaluate_all(
        """rows => rows.map(row => {
            const copy = row.cloneNode(true);
            [...row.querySelectorAll("a")].forEach((a, place) => copy.querySelectorAll("a")[place].setAttribute("href", a.pathname));
            return [row.querySelector(".pm-row__title").pathname, copy.innerHTML];
        })"""
    )
    return {str(row[0]): row for row in found}


def test_before_a_choice_the_years_carry_the_lists_and_no_data_is_loaded(chromium: Browser, many: str) -> None:
    page, wrong = opened(chromium, many)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{many}postmortems/")
    expect(said(page)).to_have_text(f"{MANY + 1} postmortems")
    assert page.locator("#years").is_visible()
    assert page.locator("#list .pm-row:visible").count() == 0
    assert not [url for url in asked if re.search(r"/2\d\d\d/|results.js", url)]
    assert wrong == []
    page.context.close()


def test_what_is_found_is_listed_as_its_year_lists_it(chromium: Browser, many: str) -> None:
    page, wrong = opened(chromium, f"{many}postmortems/?severity=SEV1&severity=SEV2")
    expect(said(page)).to_contain_text(f" of {MANY + 1}")
    assert not page.locator("#years").is_visible()
    listed = rows(page)
    assert len(listed) == int(said(page).inner_text().split()[0]) > 20
    in_years: dict[str, list[object]] = {}
    for year in page.locator(".pm-results h2 > span:first-child").all_inner_texts():
        page.goto(f"{many}postmortems/{year}/?severity=SEV1&severity=SEV2")
        expect(said(page)).to_contain_text(" of ")
        in_years |= rows(page)
    assert listed.keys() == in_years.keys()
    for way, row in listed.items():
        assert row == in_years[way]
    assert wrong == []
    page.context.close()


def test_cells_count_what_is_found_and_lead_to_it(chromium: Browser, many: str) -> None:
    page, wrong = opened(chromium, f"{many}postmortems/?severity=SEV2&state=over")
    expect(said(page)).to_contain_text(" of ")
    number = int(said(page).inner_text().split()[0])
    apart = page.locator(".pm-results .pm-badge", has_text=re.compile("Drill|Near miss")).count()
    titles = page.locator(".pm-chart--wide a[data-tally]").locator("title").all_text_contents()
    cells = [
        match for title in titles if (match := re.fullmatch(r"(\w+ \d+): (\d+) of (\d+) (SEV\d) incidents?", title))
    ]
    assert len(cells) == len(titles)
    assert sum(int(match[2]) for match in cells) == number - apart
    assert {match[4] for match in cells if int(match[2])} == {"SEV2"}
    bright = page.locator(".pm-chart--wide a[data-tally]:not(.is-out)")
    assert bright.count() == sum(int(match[2]) > 0 for match in cells)
    words = bright.first.locator("title").text_content() or ""
    bright.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?severity=SEV2&state=over#m*")
    month, count = re.findall(r"^(\w+) \d+: (\d+)", words)[0]
    part = page.locator(".pm-part", has=page.get_by_role("heading", name=re.compile(f"^{month}")))
    assert part.locator(".pm-row:visible").count() >= int(count)
    assert wrong == []
    page.context.close()


def test_a_pattern_leads_to_its_incidents_on_the_index(chromium: Browser, many: str) -> None:
    page, wrong = opened(chromium, f"{many}patterns/capacity-limits/")
    everything = page.get_by_role("link", name=re.compile(r"^All \d+ incidents.* with this pattern$")).first
    total = sum(map(int, re.findall(r"\d+", everything.inner_text())))
    everything.click()
    expect(said(page)).to_have_text(f"{total} of {MANY + 1}")
    assert wrong == []
    page.context.close()


def test_two_hundred_rows_are_listed_and_the_rest_is_counted(chromium: Browser, many: str) -> None:
    page, _ = opened(chromium, f"{many}postmortems/?severity=SEV2&severity=SEV3&severity=SEV4")
    expect(said(page)).to_contain_text(", 200 shown")
    number = int(said(page).inner_text().split()[0])
    assert number > 200
    assert page.locator(".pm-results li.pm-row:visible").count() == 200
    expect(page.locator(".pm-rest")).to_contain_text(f"{number - 200} more match")
    page.get_by_role("link", name="clear", exact=True).click()
    expect(page.locator("#years")).to_be_visible()
    assert not page.locator(".pm-results").is_visible()
    page.context.close()


def test_markup_in_a_year_stays_text(chromium: Browser, many: str) -> None:
    page, wrong = opened(chromium, f"{many}postmortems/?text=quotes+braces")
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    expect(said(page)).to_have_text(f"1 of {MANY + 1}")
    row = page.locator(".pm-results li.pm-row")
    assert row.locator(".pm-row__title").inner_text() == HOSTILE.title
    assert row.locator(".pm-row__meta").inner_text() == f"{HOSTILE.owner}\xa0· <b>bold</b>, second and 1 more"
    assert row.locator("img, script").count() == 0
    row.locator(".pm-row__title").click()
    page.wait_for_url("**/postmortems/2024/1230-hostile/")
    assert wrong == []
    page.context.close()


def test_free_text_searches_causes_and_summaries(chromium: Browser, many: str) -> None:
    page, _ = opened(chromium, f"{many}postmortems/")
    page.locator("#pm-text").fill("alert(3)")
    expect(said(page)).to_have_text(f"1 of {MANY + 1}")
    page.locator("#pm-text").fill("checkout answered slowly")
    expect(said(page)).to_have_text(f"1 of {MANY + 1}")
    page.context.close()


def test_where_a_year_cannot_be_loaded_the_page_says_so_and_tries_again(chromium: Browser, many: str) -> None:
    page, _ = opened(chromium, f"{many}postmortems/")
    page.route("**/postmortems/2024/", lambda route: route.abort())
    page.locator(".pm-menu[data-group=severity] summary").click()
    page.locator("input[value=SEV1]").click()
    expect(said(page)).to_have_text("Could not load the incidents. Reload the page to try again.")
    page.unroute("**/postmortems/2024/")
    page.locator("input[value=SEV2]").click()
    expect(said(page)).to_contain_text(" of ")
    page.context.close()


def test_data_is_asked_for_once(chromium: Browser, many: str) -> None:
    page, _ = opened(chromium, f"{many}postmortems/?severity=SEV1")
    expect(said(page)).to_contain_text(" of ")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".pm-menu[data-group=severity] summary").click()
    for value in ("SEV2", "SEV3", "SEV2"):
        page.locator(f"input[value={value}]").click()
    page.go_back()
    assert [url for url in asked if re.search(r"/2\d\d\d/", url)] == []
    page.context.close()


def test_on_a_phone_it_fits_and_nothing_is_wrong(chromium: Browser, many: str) -> None:
    page, wrong = opened(chromium, f"{many}postmortems/?severity=SEV1", 390, "dark")
    expect(said(page)).to_contain_text(" of ")
    assert page.locator(".pm-results li.pm-row").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wrong == []
    page.context.close()


def test_the_pages_scripts_are_small() -> None:
    assets = Path(__file__).parents[2] / "plugins" / "postmortems" / "render" / "assets"
    assert {
        name: len((assets / name).read_bytes()) // 1024 for name in ("index.js", "index_picture.js", "results.js")
    } == {
        "index.js": 14,
        "index_picture.js": 5,
        "results.js": 3,
    }

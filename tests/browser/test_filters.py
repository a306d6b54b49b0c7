"""The filters above the list of incidents: what they find, what they count, and what the address remembers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.conftest import served
from tests.browser.knowledge_base import IncidentFile, build
from tests.browser.window import opened

pytestmark = pytest.mark.browser

BOTH = ("database-issues", "deployment-problems")
INCIDENTS = (
    IncidentFile("pool", "2026-03-02T14:20:00Z", "SEV1", root_cause="connection pool exhaustion", detected=30),
    IncidentFile("lock", "2026-01-10T09:00:00Z", services=("checkout", "search"), patterns=BOTH),
    IncidentFile(
        "rollout", "2025-11-05T10:00:00Z", services=("search",), owner="Search", patterns=BOTH[1:], resolved=None
    ),
    IncidentFile(
        "certificat périmé", "2025-11-04T10:00:00Z", "SEV3", services=("login",), owner="Identity", patterns=()
    ),
    IncidentFile("cache", "2024-06-01T10:00:00Z", "SEV3", services=("search",), owner="Search", status="draft"),
    IncidentFile("exercise", "2024-05-01T10:00:00Z", "SEV3", services=("search",), owner="Search", kind="drill"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the postmortems above, on a site that loads pages without reloading."""
    folder = tmp_path_factory.mktemp("filters")
    with served(folder / "site") as site:
        build(folder, INCIDENTS, "[navigation.instant, navigation.tabs]", site.address)
        yield site.address


def shown(page: Page) -> list[str]:
    """What the list shows, without the word that all titles begin with."""
    titles = page.locator(".pm-row__title:visible").all_inner_texts()
    return [title.removeprefix("Outage ") for title in titles]


def bright(page: Page) -> list[str]:
    """The marks of the wide picture that have not stepped back."""
    titles = page.locator(".pm-chart--wide .pm-mark:not(.is-out) title").all_text_contents()
    return sorted(title.split("\n")[0].removeprefix("Outage ") for title in titles)


def counts(page: Page, group: str) -> dict[str, str]:
    """The number beside each choice of a group."""
    return {
        choice.locator("input + span").inner_text().strip(): choice.locator(".pm-n").inner_text()
        for choice in opened_menu(page, group).locator(".pm-choice").all()
    }


def opened_menu(page: Page, group: str) -> Locator:
    menu = page.locator(f".pm-menu[data-group={group}]")
    if not menu.evaluate("menu => menu.open"):
        menu.locator("summary").click()
    return menu


def choose(page: Page, group: str, value: str) -> None:
    opened_menu(page, group).locator(f"input[value='{value}']").click()


def said(page: Page) -> str:
    return page.locator(".pm-count").inner_text()


def query(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.search)"))


def test_a_choice_narrows_the_list_and_the_picture(chromium: Browser, site: str) -> None:
    page, wrong = opened(chromium, f"{site}postmortems/")
    assert said(page) == "6 postmortems"
    choose(page, "severity", "SEV2")
    expect(page.locator(".pm-count")).to_have_text("2 of 6")
    assert shown(page) == ["lock", "rollout"]
    assert bright(page) == ["lock", "rollout"]
    assert query(page) == "?severity=SEV2"
    assert page.locator(".pm-part:visible .pm-h2-note").all_inner_texts() == ["1 of 2", "1 of 2"]
    assert page.locator(".pm-chart--wide .pm-t-lane + .pm-t-tick").all_text_contents() == ["none", "2", "none"]
    assert wrong == []
    page.context.close()


def test_values_of_one_group_add_up_and_groups_narrow_each_other(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, f"{site}postmortems/")
    choose(page, "severity", "SEV2")
    choose(page, "severity", "SEV3")
    assert shown(page) == ["lock", "rollout", "certificat périmé", "cache", "exercise"]
    choose(page, "service", "search")
    assert shown(page) == ["lock", "rollout", "cache", "exercise"]
    choose(page, "state", "apart")
    assert shown(page) == ["exercise"]
    choose(page, "severity", "SEV3")
    assert shown(page) == []
    page.context.close()


def test_every_choice_says_what_it_would_leave(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, f"{site}postmortems/")
    assert counts(page, "severity") == {"SEV1": "1", "SEV2": "2", "SEV3": "3"}
    assert counts(page, "state") == {
        "Detected late": "1", "Incomplete times": "1", "Open action items": "6", "Draft or in review": "1",
        "Drill or near miss": "1",
    }  # fmt: skip
    choose(page, "service", "search")
    # The other groups by what is found; its own group as if nothing were chosen in it, since its values add up.
    assert counts(page, "severity") == {"SEV1": "0", "SEV2": "2", "SEV3": "2"}
    assert counts(page, "pattern") == {"Database issues": "3", "Deployment problems": "2"}
    assert counts(page, "service") == {"search": "4", "checkout": "2", "login": "1"}
    choose(page, "severity", "SEV2")
    assert counts(page, "severity") == {"SEV1": "0", "SEV2": "2", "SEV3": "2"}
    assert counts(page, "service") == {"search": "2", "checkout": "1", "login": "0"}
    page.context.close()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("severity=SEV1", ["pool"]),
        ("service=search&severity=SEV2", ["lock", "rollout"]),
        ("pattern=database-issues&owner=Search", ["cache", "exercise"]),
        ("state=draft", ["cache"]),
        ("state=over", ["pool"]),
        ("state=unknown", ["rollout"]),
        ("text=EXHAUSTION", ["pool"]),
        ("text=perime", ["certificat périmé"]),
        ("text=login%20certificat", ["certificat périmé"]),
        ("text=pool%20login", []),
        ("service=search&h=words+of+the+theme", ["lock", "rollout", "cache", "exercise"]),
    ],
)
def test_an_address_holds_the_whole_view(asked: str, expected: list[str], chromium: Browser, site: str) -> None:
    page, wrong = opened(chromium, f"{site}postmortems/?{asked}")
    expect(page.locator(".pm-count")).to_have_text(f"{len(expected)} of 6")
    assert shown(page) == expected
    page.reload()
    expect(page.locator(".pm-count")).to_have_text(f"{len(expected)} of 6")
    assert wrong == []
    page.context.close()


def test_back_and_forward_walk_through_the_choices(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, f"{site}postmortems/")
    choose(page, "severity", "SEV2")
    choose(page, "service", "checkout")
    assert shown(page) == ["lock"]
    page.go_back()
    expect(page.locator(".pm-count")).to_have_text("2 of 6")
    expect(page.locator("input[value=checkout]")).not_to_be_checked()
    page.go_back()
    expect(page.locator(".pm-count")).to_have_text("6 postmortems")
    page.go_forward()
    page.go_forward()
    expect(page.locator(".pm-count")).to_have_text("1 of 6")
    expect(page.locator("input[value=checkout]")).to_be_checked()
    page.context.close()


def test_typing_takes_one_step_in_the_history(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, f"{site}postmortems/")
    field = page.locator("#pm-text")
    field.press_sequentially("ca", delay=20)
    expect(page.locator(".pm-count")).to_have_text("2 of 6")
    field.press_sequentially("che", delay=20)
    expect(page.locator(".pm-count")).to_have_text("1 of 6")
    assert query(page) == "?text=cache"
    field.press("Enter")
    assert query(page) == "?text=cache"
    page.go_back()
    expect(page.locator(".pm-count")).to_have_text("6 postmortems")
    assert field.input_value() == ""
    page.context.close()


def test_clear_all_brings_the_page_back(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, f"{site}postmortems/")
    as_it_came = page.locator("#list").inner_text()
    clear = page.get_by_role("link", name="clear", exact=True)
    assert not clear.is_visible()
    choose(page, "severity", "SEV2")
    page.locator("#pm-text").fill("lock")
    expect(page.locator(".pm-count")).to_have_text("1 of 6")
    clear.click()
    expect(page.locator(".pm-count")).to_have_text("6 postmortems")
    assert query(page) == ""
    assert page.locator("#list").inner_text() == as_it_came
    assert len(bright(page)) == 5
    assert not clear.is_visible()
    expect(page.locator("#pm-text")).to_be_focused()
    page.context.close()


def test_where_nothing_is_found_the_page_says_so(chromium: Browser, site: str) -> None:
    page, wrong = opened(chromium, f"{site}postmortems/?severity=SEV1&service=login")
    empty = page.locator(".pm-nothing")
    expect(empty).to_contain_text("No postmortem has SEV1 and login.")
    expect(empty).to_contain_text("Without SEV1 there is 1; without login there is 1.")
    assert shown(page) == []
    assert not page.locator(".pm-picture").is_visible()
    empty.get_by_role("link", name="Drop SEV1").click()
    expect(page.locator(".pm-count")).to_have_text("1 of 6")
    assert query(page) == "?service=login"
    assert page.locator(".pm-picture").is_visible()
    page.go_back()
    empty.get_by_role("link", name="Clear all").click()
    expect(page.locator(".pm-count")).to_have_text("6 postmortems")
    assert not empty.is_visible()
    assert wrong == []
    page.context.close()


def test_a_value_that_nothing_here_has_finds_nothing_and_is_named(chromium: Browser, site: str) -> None:
    page, wrong = opened(chromium, f"{site}postmortems/2025/?service=checkout")
    expect(page.locator(".pm-nothing")).to_contain_text("No postmortem has service “checkout”.")
    assert said(page) == "0 of 2"
    choose(page, "severity", "SEV2")
    assert query(page) == "?severity=SEV2&service=checkout"
    assert wrong == []
    page.context.close()


def test_the_way_to_a_year_and_back_keeps_the_choices(chromium: Browser, site: str) -> None:
    page, wrong = opened(chromium, f"{site}postmortems/?service=search")
    page.locator(".pm-part__more:visible").nth(1).click()
    page.wait_for_url("**/postmortems/2025/?service=search")
    expect(page.locator(".pm-count")).to_have_text("1 of 2")
    assert shown(page) == ["rollout"]
    page.get_by_role("link", name="All years").click()
    page.wait_for_url("**/postmortems/?service=search")
    expect(page.locator(".pm-count")).to_have_text("4 of 6")
    assert wrong == []
    page.context.close()


@pytest.mark.parametrize(
    ("source", "words", "expected"),
    [
        ("patterns/deployment-problems/", "View on the timeline", ["lock", "rollout"]),
        ("services/search/", "All 3 incidents and 1 drill for this service", ["lock", "rollout", "cache", "exercise"]),
        ("owners/search/", "All 2 incidents and 1 drill for this owner", ["rollout", "cache", "exercise"]),
    ],
)
def test_pages_of_some_incidents_lead_to_them_on_the_index(
    source: str, words: str, expected: list[str], chromium: Browser, site: str
) -> None:
    page, wrong = opened(chromium, f"{site}{source}")
    page.get_by_role("link", name=words).click()
    expect(page.locator(".pm-count")).to_have_text(f"{len(expected)} of 6")
    assert shown(page) == expected
    assert wrong == []
    page.context.close()


def test_a_month_is_bold_where_the_row_above_is_hidden(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, f"{site}postmortems/")
    again = page.locator(".pm-row:visible .pm-row__day > .is-again")
    assert again.all_inner_texts() == ["Nov"]
    choose(page, "severity", "SEV3")
    assert shown(page)[0] == "certificat périmé"
    assert again.all_inner_texts() == []
    page.context.close()


def test_pages_that_are_loaded_without_a_reload_filter_too(chromium: Browser, site: str) -> None:
    page, wrong = opened(chromium, site)
    page.wait_for_load_state("networkidle")  # the theme loads pages itself once it has the site map
    page.evaluate("window.isTheSameDocument = true")
    page.get_by_role("link", name="Search is slow").click()
    expect(page.locator(".pm-count")).to_have_text("4 of 6")
    choose(page, "severity", "SEV2")
    expect(page.locator(".pm-count")).to_have_text("2 of 6")
    # A link to the same page without a query shows everything again.
    page.get_by_role("link", name="Postmortems", exact=True).first.click()
    expect(page.locator(".pm-count")).to_have_text("6 postmortems")
    page.get_by_role("link", name="Home", exact=True).first.click()
    expect(page.locator(".pm-count")).to_have_count(0)
    page.go_back()
    expect(page.locator(".pm-count")).to_have_text("6 postmortems")
    page.go_back()
    expect(page.locator(".pm-count")).to_have_text("2 of 6")
    choose(page, "severity", "SEV2")
    expect(page.locator(".pm-count")).to_have_text("4 of 6")
    assert page.evaluate("window.isTheSameDocument")
    assert wrong == []
    page.context.close()


def test_without_javascript_there_are_no_filters_and_the_whole_list(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, f"{site}postmortems/?severity=SEV2", script=False)
    assert not page.locator(".pm-filters").is_visible()
    assert len(shown(page)) == 6
    assert not page.locator(".pm-nothing").is_visible()
    page.context.close()


def test_on_a_phone_filters_and_older_years_are_folded(chromium: Browser, site: str) -> None:
    page, wrong = opened(chromium, f"{site}postmortems/", 390)
    assert shown(page) == ["pool", "lock"]
    assert not page.locator("input[value=SEV3]").is_visible()
    page.get_by_role("button", name="Filter").click()
    choose(page, "severity", "SEV3")
    # What is found is shown, wherever it stands.
    assert shown(page) == ["certificat périmé", "cache", "exercise"]
    choose(page, "severity", "SEV3")
    assert shown(page) == ["pool", "lock"]
    page.locator("#y2024").click()
    assert shown(page) == ["pool", "lock", "cache", "exercise"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wrong == []
    page.context.close()


def test_the_keyboard_reaches_every_choice(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, f"{site}postmortems/")
    page.locator("#pm-text").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Severity"
    page.keyboard.press("Enter")
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.value"))
    assert reached == ["SEV1", "SEV2", "SEV3"]
    page.locator("input[value=SEV2]").focus()
    page.keyboard.press("Space")
    assert shown(page) == ["lock", "rollout"]
    page.keyboard.press("Escape")
    assert not page.locator("input[value=SEV2]").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Severity · 1"
    hidden_marks = page.locator(".pm-chart--wide .pm-mark.is-out").evaluate_all("marks => marks.map(m => m.tabIndex)")
    assert set(hidden_marks) == {-1}
    page.context.close()


def test_what_is_active_is_named_and_can_be_dropped(chromium: Browser, site: str) -> None:
    page, wrong = opened(chromium, f"{site}postmortems/?severity=SEV2&severity=SEV3&service=search&text=o")
    chips = page.locator(".pm-on")
    assert chips.all_inner_texts() == ["“o”", "SEV2", "SEV3", "search"]
    assert page.locator(".pm-menu summary").all_inner_texts()[:3] == ["Severity · 2", "Service · 1", "Pattern"]
    chips.nth(2).click()
    assert chips.all_inner_texts() == ["“o”", "SEV2", "search"]
    assert query(page) == "?text=o&severity=SEV2&service=search"
    assert shown(page) == ["lock", "rollout"]
    page.locator("h1").click()
    assert page.locator(".pm-menu[open]").count() == 0
    assert wrong == []
    page.context.close()


def test_the_title_of_the_picture_is_true_of_what_is_found(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, f"{site}postmortems/")
    title = page.locator(".pm-claim__all")
    assert title.inner_text() == "Half were resolved within 1 h; the longest took 1 h"
    choose(page, "severity", "SEV2")
    assert title.inner_text() == "2 incidents"
    assert page.locator(".pm-claim__of").inner_text() == "too few known durations for a median (1 of 2 known)"
    page.go_back()
    expect(title).to_have_text("Half were resolved within 1 h; the longest took 1 h")
    page.context.close()


def test_filters_are_not_printed(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, f"{site}postmortems/")
    page.emulate_media(media="print")
    assert not page.locator(".pm-filters").is_visible()
    assert page.locator(".pm-row__title").first.is_visible()
    page.context.close()

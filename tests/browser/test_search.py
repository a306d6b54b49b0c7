"""The search page as somebody on call uses it: what it finds, in which order, and what it says where it finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import served
from tests.browser.window import Served, opened
from tests.builders import IncidentFile
from tests.commands import run
from tests.conftest import MKDOCS_YML, PATTERN

pytestmark = pytest.mark.browser

QUESTIONS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).parents[1].joinpath("analyse/questions.yml").read_text("utf-8")
)
ASK = """async asks => {
    const page = document.querySelector(".pm-searchpage");
    const { src } = document.querySelector("script[src*=search_page]");
    const { understood } = await import(new URL("search_words.js", src));
    const { open } = await import(new URL(`search_${page.dataset.engine}.js`, src));
    const index = open(new URL(page.dataset.root, location.href).href, page.dataset);
    const settings = JSON.parse(document.querySelector("#pm-search-words").content.textContent);
    const first = some => Promise.all(some.slice(0, 3).map(async hit => (await hit.load()).facts.at));
    const found = [];
    for (const ask of asks) {
        const { patterns, incidents } = await index.answers(await understood(ask, settings, index));
        found.push({ patterns: await first(patterns), incidents: await first(incidents) });
    }
    return found;
}"""
INCIDENTS = (
    IncidentFile("pool", "2026-03-02T14:20:00Z", "SEV1", title="The gizmo pool ran dry", services=("checkout",)),
    IncidentFile("certificate", "2025-11-04T10:00:00Z", "SEV3", title="The gizmo expired", services=("search",)),
    IncidentFile("odd", "2024-11-04T10:00:00Z", "SEV3", title="<img src=x onerror=alert(1)> gizmo &amp; 日本語"),
)
STEPS = "\n## Right now\n\n1. **Check** who waits.\n2. **Do** Stop the *gizmo* first.\n"


def build(folder: Path, engine: str) -> Path:
    docs = folder / "docs"
    (docs / "patterns").mkdir(parents=True)
    (docs / "index.md").write_text("# Home\n", "utf-8")
    (docs / "notes.md").write_text("# Notes\n\nA gizmo is a gizmo.\n", "utf-8")
    text = PATTERN.replace("signals: []", "signals: [gizmo queue]").rstrip() + f"\n{STEPS}"
    (docs / "patterns/database-issues.md").write_text(text, "utf-8")
    for incident in INCIDENTS:
        incident.write(docs)
    config = MKDOCS_YML.replace("- postmortems\n", f"- postmortems: {{search: {engine}}}\n")
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    done = run(folder, "mkdocs", "build", "-q")
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "site"


@pytest.fixture(scope="module", params=["pagefind", "material"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(build(tmp_path_factory.mktemp(request.param), request.param)) as site:
        yield site


def titles(page: Page) -> list[str]:
    page.locator(".pm-found .pm-hit__t").first.wait_for()
    return page.locator(".pm-found .pm-hit__t").all_inner_texts()


@pytest.mark.parametrize("part", QUESTIONS)
def test_nine_of_ten_questions_are_answered_in_the_first_three(part: str, chromium: Browser, own_site: str) -> None:
    page, wrong = opened(chromium, f"{own_site}search/")
    missed = {}
    for question, found in zip(
        QUESTIONS[part], page.evaluate(ASK, [one["ask"] for one in QUESTIONS[part]]), strict=True
    ):
        wanted = {f"patterns/{name}/" for name in question.get("patterns", ())}
        wanted |= {f"postmortems/{name}/" for name in question.get("incidents", ())}
        if not wanted <= {*found["patterns"], *found["incidents"]}:
            missed[question["ask"]] = found
    assert len(missed) <= len(QUESTIONS[part]) // 10, missed
    assert wrong == []
    page.context.close()


def test_patterns_come_first_then_incidents_then_pages(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, f"{site.address}search/?q=gizmo")
    found = titles(page)
    assert found[0].strip() == "Database issues"
    assert set(found[1:4]) == {
        "The gizmo pool ran dry",
        "The gizmo expired",
        "<img src=x onerror=alert(1)> gizmo &amp; 日本語",
    }
    assert found[4:] == ["Notes"]
    expect(page.locator("[role=status]")).to_have_text("1 pattern and 3 incidents for gizmo")
    pattern = page.locator(".pm-found .pm-hit--pat")
    expect(pattern.locator(".pm-hit__now")).to_contain_text("What helps now Stop the gizmo first.")
    expect(page.locator(".pm-found mark").first).to_have_text("gizmo")
    assert wrong == []
    page.context.close()


def test_choices_narrow_the_incidents_and_stand_in_the_address(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, f"{site.address}search/?q=gizmo")
    titles(page)
    counts = page.locator("[data-facet=severity] label").all_inner_texts()
    assert [" ".join(count.split()) for count in counts] == ["SEV1 1", "SEV3 2"]
    page.locator("[data-facet=severity] input[value=SEV1]").check()
    expect(page.locator("ol.pm-hits > li")).to_have_count(1)
    assert "severity=SEV1" in page.url
    years = page.locator("[data-facet=year] label").all_inner_texts()
    assert [" ".join(count.split()) for count in years] == ["2026 1"]
    page.go_back()
    expect(page.locator("ol.pm-hits > li")).to_have_count(3)
    assert wrong == []
    page.context.close()


def test_a_misspelt_word_is_put_right_and_said(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, f"{site.address}search/?q=gizmmo")
    assert "The gizmo expired" in titles(page)
    expect(page.locator("[role=status]")).to_contain_text("No match for gizmmo. Did you mean gizmo?")
    assert wrong == []
    page.context.close()


def test_a_label_that_is_the_title_is_not_said_again(chromium: Browser, site: Served) -> None:
    page, _ = opened(chromium, f"{site.address}search/?q=expired")
    assert titles(page)[0] == "The gizmo expired"
    expect(page.locator(".pm-found")).not_to_contain_text("Labels: . ")
    expect(page.locator(".pm-found")).not_to_contain_text("Labels: The gizmo expired")
    page.context.close()


def test_nothing_found_leads_on(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, f"{site.address}search/?q=qqqqqqqq")
    expect(page.locator("[role=status]")).to_have_text("No match for qqqqqqqq")
    expect(page.locator(".pm-searchpage > .pm-empty")).to_contain_text("This may be new here.")
    expect(page.locator(".pm-results")).to_be_hidden()
    assert wrong == []
    page.context.close()


def test_one_letter_is_not_searched_for(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, f"{site.address}search/")
    page.locator("#q").press_sequentially("g")
    expect(page.locator("[role=status]")).to_have_text("Type at least two letters.")
    expect(page.locator(".pm-allpatterns")).to_be_visible()
    page.locator("#q").press_sequentially("izmo")
    assert "The gizmo expired" in titles(page)
    assert wrong == []
    page.context.close()


def test_without_scripts_the_page_says_so_and_lists_the_patterns(chromium: Browser, site: Served) -> None:
    page, _ = opened(chromium, f"{site.address}search/?q=gizmo", script=False)
    expect(page.locator(".pm-searchpage noscript p")).to_contain_text("Search needs JavaScript.")
    expect(page.locator(".pm-allpatterns")).to_contain_text("Stop the gizmo first.")
    page.context.close()


def test_a_page_from_a_disk_says_that_it_cannot_search(chromium: Browser, site: Served) -> None:
    page = chromium.new_page()
    page.goto(f"file://{site.root}/search/index.html?q=gizmo")
    expect(page.locator("[role=status]")).to_contain_text("Search needs a web server")
    expect(page.locator(".pm-allpatterns")).to_be_visible()
    page.close()


def test_a_phone_shows_the_choices_behind_a_button(chromium: Browser, site: Served) -> None:
    page, wrong = opened(chromium, f"{site.address}search/?q=gizmo", 390)
    titles(page)
    expect(page.locator("[data-facet=severity]")).to_be_hidden()
    page.locator("label[for=pm-open]").click()
    expect(page.locator("[data-facet=severity]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert wrong == []
    page.context.close()

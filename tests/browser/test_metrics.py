"""The metrics page of a company with 200 postmortems, as a lead sees it: on a screen, a phone and paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import served
from tests.browser.window import Served, Window, opened
from tests.sites import BUILT_ON

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.metrics import metrics_of
from postmortems.analyse.overview import overview_of
from postmortems.model.postmortem import Postmortem
from postmortems.pipeline import run_pipeline
from postmortems.render.base.addresses import Addresses
from postmortems.render.base.context import PageContext
from postmortems.render.pages.metrics.filters import FILE
from postmortems.render.pages.metrics.tiles import tiles_of
from postmortems.settings import Settings

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


CHOSEN = """chosen => {
  const form = document.querySelector("form.pm-choose");
  for (const select of form.querySelectorAll("select")) {
    const option = [...select.options].find(one => one.value && one.textContent === chosen[select.name]);
    select.value = option ? option.value : "";
  }
  form.dispatchEvent(new Event("change"));
  return Object.fromEntries([...document.querySelectorAll(".pm-tile")].map(tile => [tile.dataset.tile,
    [".pm-tile__n", ".pm-tile__of", ".pm-tile__v"].map(part => tile.querySelector(part).textContent.replaceAll("\u00a0", " "))]));
}"""


def told(analysis: Analysis, settings: Settings, holds: Callable[[Postmortem], bool]) -> dict[str, list[str]]:
    """The tiles of a knowledge base that has only some of the incidents; repeats are those of the whole one."""
    members = tuple(member for member in analysis.postmortems if holds(member))
    some = Analysis(replace(analysis.corpus, postmortems=members), settings, analysis.today)
    context = PageContext(some.corpus, some, settings, Addresses())
    tiles = tiles_of(some.once(metrics_of), overview_of(some), context)
    of = {tile.key: [tile.number, tile.of.partition(". Columns")[0], tile.verdict] for tile in tiles}
    return {key: [words.replace("\N{NO-BREAK SPACE}", " ") for words in texts] for key, texts in of.items()}


def test_filters_count_again_by_the_rules_of_the_analysis(team: Served, window: Window) -> None:
    settings = Settings.model_validate({"corpus": "complete"})
    analysis = run_pipeline(team.root.parent / "docs", settings, BUILT_ON).analysis
    window.open(team, "metrics/")
    owners = sorted({name for one in analysis.incidents if (name := analysis.owner_name(one))})
    choices = [{"severity": name} for name in ("SEV1", "SEV2", "SEV3", "SEV4")] + [{"owner": name} for name in owners]
    choices += [{"severity": "SEV3", "owner": name} for name in owners[:4]]
    compared = 0
    for chosen in choices:
        shown = window.ask(f"({CHOSEN})({json.dumps(chosen)})")
        expected = told(
            analysis,
            settings,
            lambda one, chosen=chosen: (
                one.front_matter.severity == chosen.get("severity", one.front_matter.severity)  # type: ignore[misc]
                and analysis.owner_name(one) == chosen.get("owner", analysis.owner_name(one))
            ),
        )
        for key in ("detect", "recover", "overdue", "incidents"):
            assert shown[key] == expected[key], (chosen, key)
            compared += 1
    assert compared == 4 * len(choices)
    for year in {one.day.year for one in analysis.incidents if one.day}:
        shown = window.ask(f"({CHOSEN})({json.dumps({'year': str(year)})})")
        expected = told(analysis, settings, lambda one, year=year: one.year == year)  # type: ignore[misc]
        assert [shown[key][:2] for key in ("detect", "recover")] == [expected[key][:2] for key in ("detect", "recover")]
        assert shown["detect"][2] == "One year is chosen: nothing to compare"
    assert window.taken() == []


def test_a_filtered_view_hides_dots_says_what_is_left_and_comes_back(team: Served, window: Window) -> None:
    window.open(team, "metrics/")
    before = window.ask("document.querySelector('.pm-metrics').innerText")
    window.ask(f"({CHOSEN})({json.dumps({'severity': 'SEV2'})})")
    assert "severity=SEV2" in window.page.url
    shown = window.page.locator("#detection ~ .pm-multi figure:visible")
    assert shown.count() == 1
    assert re.search(r"\d+ of \d+ late\s· ", shown.inner_text())
    assert window.page.locator("#detection").inner_text().startswith("Time to detect: ")
    window.page.reload()
    assert window.page.locator("#detection ~ .pm-multi figure:visible").count() == 1
    window.page.locator(".pm-choose [type=reset]").click()
    window.page.wait_for_function("!location.search")
    assert window.ask("document.querySelector('.pm-metrics').innerText") == before
    assert window.taken() == []


def test_a_link_to_data_opens_its_fold(team: Served, window: Window) -> None:
    window.open(team, "metrics/")
    fold = window.page.locator("#numbers-detect")
    assert fold.get_attribute("open") is None
    window.page.locator("a[href='#numbers-detect']").click()
    assert fold.get_attribute("open") is not None


def test_more_incidents_than_a_page_lists_are_read_once_something_is_chosen(
    chromium: Browser, built: Callable[[str], Path]
) -> None:
    with served(built("many")) as site:
        page, wrong = opened(chromium, site.address)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(site.address)))
        page.goto(f"{site.address}metrics/")
        form, said = page.locator("form.pm-choose"), page.locator("form.pm-choose [role=status]")
        expect(form).to_be_visible()
        assert FILE not in asked
        lines = (site.root / FILE).read_text("utf-8").split(" ")
        place = form.locator("[name=severity] option", has_text="SEV2").get_attribute("value")
        form.locator("[name=severity]").select_option("SEV2")
        count = sum(line.split(",")[1] == place for line in lines)
        expect(said).to_contain_text(f"{count} of {len(lines)} incidents")
        form.locator("button").click()
        form.locator("[name=severity]").select_option("SEV1")
        expect(said).to_contain_text(f" of {len(lines)} incidents")
        assert (asked.count(FILE), wrong) == (1, [])
        page.context.close()


def test_a_file_that_cannot_be_read_is_said(chromium: Browser, built: Callable[[str], Path]) -> None:
    with served(built("many")) as site:
        page, _ = opened(chromium, site.address)
        page.route(f"**/{FILE}", lambda route: route.abort())
        page.goto(f"{site.address}metrics/?severity=SEV2")
        said = page.locator("form.pm-choose [role=status]")
        expect(said).to_have_text("Could not load the incidents. Reload the page to try again.")
        page.unroute(f"**/{FILE}")
        page.locator("form.pm-choose [name=severity]").select_option("SEV1")
        expect(said).to_contain_text(" incidents. Parts marked")
        page.context.close()

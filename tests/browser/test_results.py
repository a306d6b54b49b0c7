"""The results of filters on a site whose addresses end in .html, with incidents of unknown days, and as plain files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import served
from tests.browser.window import opened
from tests.builders import IncidentFile
from tests.commands import run
from tests.conftest import MKDOCS_YML

pytestmark = pytest.mark.browser

UNDATED = """\
---
title: An incident that nobody dated
status: draft
kind: incident
severity: SEV1
services: [lost-service]
owner: Archive
started_at: unknown
detected_at: unknown
mitigated_at: unknown
resolved_at: unknown
root_cause: unknown
patterns: []
---

## Executive Summary

Found in a drawer.
"""
COUNT = 302


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built below the folder `site`, of texts as short as can be."""
    folder = tmp_path_factory.mktemp("results")
    texts = dict.fromkeys(("archive/drawer", "2024/box"), UNDATED)
    for number in range(COUNT - 2):
        at = f"{2016 + number % 9}-{1 + number % 12:02}-03T14:20:00Z"
        dated = UNDATED.replace("started_at: unknown", f"started_at: {at}").replace("lost-service", "api")
        dated = dated.replace("SEV1", f"SEV{1 + number % 4}").replace("that nobody dated", f"of number {number}")
        texts[f"{at[:4]}/{number:03}-short"] = dated
    for place, text in texts.items():
        file = folder / "docs" / "postmortems" / place / "postmortem.md"
        file.parent.mkdir(parents=True)
        file.write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(MKDOCS_YML + "use_directory_urls: false\n", "utf-8")
    done = run(folder, "mkdocs", "build", "-q")
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "site"


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """The address of the site."""
    with served(folder) as site:
        yield site.address


def test_results_are_those_of_all_years_and_of_none(chromium: Browser, site: str) -> None:
    page, wrong = opened(chromium, f"{site}postmortems/index.html?severity=SEV1")
    count = page.locator(".pm-count")
    expect(count).to_contain_text(f" of {COUNT}")
    found = int(count.inner_text().split()[0])
    titles = page.locator(".pm-results .pm-row__title")
    assert titles.count() == found
    assert page.locator(".pm-results h2").last.inner_text() == "Year unknown 2 of 2"
    assert titles.last.inner_text() == "An incident that nobody dated"
    page.locator("input[value=lost-service]").evaluate("box => box.click()")
    expect(count).to_have_text(f"2 of {COUNT}")
    titles.first.click()
    page.wait_for_url("**/postmortems/archive/drawer/index.html")
    page.go_back()
    expect(count).to_have_text(f"2 of {COUNT}")
    page.locator("input[value=lost-service]").evaluate("box => box.click()")
    expect(titles).to_have_count(found)
    titles.first.click()
    page.wait_for_url("**/postmortems/2*/*/index.html")
    expect(page.locator("h1")).to_be_visible()
    assert wrong == []
    page.context.close()


def test_of_plain_files_the_page_says_that_nothing_could_be_loaded(chromium: Browser, folder: Path) -> None:
    page, _ = opened(chromium, f"{(folder / 'postmortems' / 'index.html').as_uri()}?severity=SEV1")
    expect(page.locator(".pm-count")).to_have_text("Could not load the incidents. Reload the page to try again.")
    assert page.locator("#years").is_visible()
    page.context.close()


@pytest.fixture(scope="module")
def one_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with 301 incidents of 2025, one in three of which is a SEV1, one of 2024 and an undated one."""
    folder = tmp_path_factory.mktemp("one-year")
    for number in range(301):
        at = datetime(2025, 1, 2) + timedelta(days=number)
        IncidentFile(
            f"n{number}", f"{at:%Y-%m-%d}T12:00:00+00:00", "SEV2" if number % 3 else "SEV1", patterns=()
        ).write(folder / "docs")
    IncidentFile("old", "2024-03-01T12:00:00+00:00", "SEV1", patterns=()).write(folder / "docs")
    file = folder / "docs/postmortems/2025/box/postmortem.md"
    file.parent.mkdir(parents=True)
    file.write_text(UNDATED, "utf-8")
    (folder / "mkdocs.yml").write_text(MKDOCS_YML, "utf-8")
    done = run(folder, "mkdocs", "build", "-q")
    assert done.returncode == 0, done.stderr[-3000:]
    with served(folder / "site") as site:
        yield site.address


@pytest.mark.parametrize(
    ("where", "found", "total", "parts"),
    [
        ("postmortems/", 103, 303, ["2025 101 of 301", "2024 1 of 1", "Year unknown 1 of 1"]),
        ("postmortems/2025/", 102, 302, ["October 10 of 29", "September 10 of 30", "Date unknown 1 of 1"]),
        ("postmortems/2025/month-09/", 10, 30, ["September 10 of 30"]),
    ],
)
def test_results_of_a_year_are_those_of_its_months(
    chromium: Browser, one_year: str, where: str, found: int, total: int, parts: list[str]
) -> None:
    page, wrong = opened(chromium, f"{one_year}{where}?severity=SEV1")
    expect(page.locator(".pm-count")).to_have_text(f"{found} of {total}")
    shown = page.locator("#list h2:visible").all_inner_texts()
    assert [*shown[:2], shown[-1]][-len(parts) :] == parts
    titles = page.locator(".pm-row__title:visible")
    assert titles.count() == found
    titles.first.click()
    expect(page.locator("h1")).to_contain_text("Outage n")
    assert wrong == []
    page.context.close()

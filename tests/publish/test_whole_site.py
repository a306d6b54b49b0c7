"""A site of many postmortems: every link leads somewhere, and no request leaves the site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from tests.publish.built_site import Built
from tests.sites import MANY

POSTMORTEM = re.compile(r"postmortems/[^/]+/[^/]+/index\.html")


@pytest.fixture(scope="module")
def site(built: Callable[[str], Path]) -> Built:
    return Built(built("many"))


def test_there_is_a_page_for_everything(site: Built) -> None:
    names = set(site.pages)
    assert len([name for name in names if POSTMORTEM.fullmatch(name)]) == MANY + 1
    lists = ("postmortems", "patterns", "services", "actions", "owners", "reviews")
    assert {"index.html", *(f"{name}/index.html" for name in lists)} <= names
    months = {f"reviews/{name[12:16]}" for name in names if POSTMORTEM.fullmatch(name)}
    assert {name[:12] for name in names if name.startswith("reviews/2")} == months
    assert {name.split("/")[1] for name in names if name.startswith("owners/") and name.count("/") == 2} >= {
        "search-team", "ada-berg"
    }  # fmt: skip


def test_no_link_is_broken(site: Built) -> None:
    assert list(site.broken())[:20] == []


def test_no_request_leaves_the_site(site: Built) -> None:
    outside = {
        f"{name}: {target}"
        for name, page in site.pages.items()
        for target in page.fetched
        if urlsplit(target).netloc or target.startswith("//")
    }
    assert outside == set()
    for sheet in site.root.rglob("postmortems.main.*.min.css"):
        assert "url(http" not in sheet.read_text("utf-8")
        assert "@import" not in sheet.read_text("utf-8")


def test_nothing_of_ours_is_inline_code(site: Built) -> None:
    assert {handler for page in site.pages.values() for handler in page.handlers} == set()


def test_each_postmortem_and_its_patterns_name_each_other(built: Callable[[str], Path]) -> None:
    own = Built(built("own"))  # no list is so long there that only its newest are shown

    @cache
    def ways_from(address: str) -> set[str]:
        return {urlsplit(urljoin(f"http://here/{address}", one)).path for one in own.pages[address].links}

    seen = 0
    for name, page in own.pages.items():
        if not POSTMORTEM.fullmatch(name):
            continue
        assert page.chips, name
        for link in page.chips:
            target = urlsplit(urljoin(f"http://here/{name}", link)).path.lstrip("/") + "index.html"
            assert f"/{name.removesuffix('index.html')}" in ways_from(target), (name, target)
            seen += 1
    assert seen >= 100


def test_the_search_index_holds_what_authors_wrote(site: Built) -> None:
    index = json.loads((site.root / "search/search_index.json").read_text("utf-8"))
    locations = {entry["location"] for entry in index["docs"]}
    texts = " ".join(entry["text"] for entry in index["docs"])
    # What is drawn around the author's words can be searched for, too: tickets, and the labels of the front matter.
    assert texts.count("OPS-") >= 100
    assert "Root cause: " in texts
    assert any(location.startswith("postmortems/") and "#timeline" in location for location in locations)

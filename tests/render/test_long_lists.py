"""What the pages of a pattern, a service and an owner show of many incidents, and the way to all of them."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from tests.builders import BEGIN, html, incident, pattern, site

from postmortems.render.pages.layout import SHOWN, WHOLE, newest
from postmortems.render.pages.site import Site

PATTERN, SERVICE, OWNER = "patterns/database-issues.md", "services/api.md", "owners/shop.md"
FACTORS = (
    "## Contributing Factors\n\n- No alert\n\n## What Went Well\n\n- The rollback\n\n## Detection Gaps\n\n- Dark\n"
)


def made(count: int, **values: Any) -> Site:
    """A site of so many incidents of one pattern, service and owner, a day apart."""
    common: Any = {"patterns": ["database-issues"], "services": ["api"], "owner": "Shop", "body": FACTORS}
    members = [incident(f"{n}", BEGIN + timedelta(days=n), **(common | values)) for n in range(count)]
    return site(*members, patterns=(pattern(),))


def words(markup: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", markup)))


def part(of: Site, source: str, anchor: str) -> str:
    """What stands below one heading of the second level."""
    return html(of, source).partition(f'<h2 id="{anchor}"')[2].partition("<h2")[0]


@pytest.mark.parametrize(
    ("count", "first", "last"),
    [
        pytest.param(0, None, None, id="none"),
        pytest.param(3, 2, 0, id="a few"),
        pytest.param(WHOLE, WHOLE - 1, 0, id="a little more than the bound"),
        pytest.param(WHOLE + 1, WHOLE, WHOLE + 1 - SHOWN, id="long"),
    ],
)
def test_a_long_list_is_cut_to_its_newest(count: int, first: int | None, last: int | None) -> None:
    shown = newest(range(count))
    assert shown[:1] == ([] if first is None else [first])
    assert shown[-1:] == ([] if last is None else [last])


@pytest.mark.parametrize("source", [PATTERN, SERVICE, OWNER])
def test_all_rows_are_there_up_to_the_bound(source: str) -> None:
    incidents = part(made(WHOLE), source, "incidents")
    assert incidents.count('class="pm-row"') == WHOLE
    assert "The newest" not in words(incidents)


@pytest.mark.parametrize(
    ("source", "asked", "what"),
    [
        pytest.param(PATTERN, "pattern=database-issues", "with this pattern", id="pattern"),
        pytest.param(SERVICE, "service=api", "for this service", id="service"),
        pytest.param(OWNER, "owner=Shop", "for this owner", id="owner"),
    ],
)
def test_of_more_the_newest_are_there_and_the_way_to_all(source: str, asked: str, what: str) -> None:
    count = WHOLE + 1
    incidents = part(made(count), source, "incidents")
    assert incidents.count('class="pm-row"') == SHOWN
    assert f"Outage {count - 1}<" in incidents
    assert f"Newest {SHOWN} of {count}. All {count} incidents {what}" in words(incidents)
    assert incidents.count(f'href="../postmortems/?{asked}"') == 2
    assert f"{count} of {count}" in words(html(made(count), source).partition("<h2")[0]), "figures count all"


@pytest.mark.parametrize("anchor", ["what-helped", "factors", "detection-gaps"])
def test_of_what_many_say_the_newest_is_there(anchor: str) -> None:
    whole, long = part(made(WHOLE), PATTERN, anchor), part(made(WHOLE + 1), PATTERN, anchor)
    assert whole.count('<p class="pm-note">') == WHOLE
    assert "The newest" not in whole
    assert f"from {WHOLE + 1} of {WHOLE + 1} incidents" in words(html(made(WHOLE + 1), PATTERN))
    assert "14 earlier incidents" in words(long)
    assert f"Newest {SHOWN} of {WHOLE + 1}. All {WHOLE + 1} incidents with this pattern" in words(long)


@pytest.mark.parametrize("source", [PATTERN, SERVICE])
def test_open_actions_that_are_not_shown_can_be_found(source: str) -> None:
    actions = part(made(4, open_actions=6), source, "open-actions")
    asked = "pattern=database-issues" if source == PATTERN else "service=api"
    assert "24 in 4 postmortems. Showing the newest 20; see all postmortems with open action items" in words(actions)
    assert f'href="../postmortems/?{asked}&amp;state=open"' in actions


def test_services_beyond_those_that_are_listed_are_counted() -> None:
    services = part(made(2, services=[f"s{n}" for n in range(13)]), PATTERN, "services")
    assert services.count("<tr>") == 1 + 10
    assert "3 more services" in words(services)


@pytest.mark.parametrize(
    ("names", "page", "shown", "more"),
    [
        pytest.param(["a0"], "services/a0.md", None, "", id="alone"),
        pytest.param(["a0", "a1", "a1"], "services/a0.md", ["a1"], "", id="named twice"),
        pytest.param(
            [f"a{n:02}" for n in range(13)], "services/a03.md", [0, 1, 2, *range(4, 13)], "", id="up to the bound"
        ),
        pytest.param([f"a{n:02}" for n in range(15)], "services/a03.md", [0, 1, 2, *range(4, 13)], "2 more", id="more"),
        pytest.param([f"a{n:02}" for n in range(15)], "services/a14.md", [*range(12)], "2 more", id="itself beyond it"),
    ],
)
def test_services_that_were_affected_together(
    names: list[str], page: str, shown: list[str | int] | None, more: str
) -> None:
    along = part(made(1, services=names), page, "along")
    listed = [name if isinstance(name, str) else f"a{name:02}" for name in shown or []]
    assert re.findall(r'<a href="[^"]*" dir="auto">([^<]+)</a> <span class="pm-n">', along) == listed
    assert more in words(along)
    assert ("more" in words(along)) == bool(more)


def test_drills_are_told_apart_and_are_on_the_way_too() -> None:
    members = [
        incident(f"{n}", BEGIN + timedelta(days=n), services=["api"], kind=kind)
        for n, kind in enumerate(["incident", "incident", "drill"])
    ]
    assert "All 2 incidents and 1 drill for this service" in words(html(site(*members), SERVICE))


def test_one_incident_needs_no_way_to_all() -> None:
    assert "?service=" not in html(made(1), SERVICE)


def test_an_owner_is_found_in_every_spelling_of_its_postmortems() -> None:
    of = site(incident("a", owner="API & team"), incident("b", BEGIN + timedelta(days=1), owner="api&team"))
    assert 'href="../postmortems/?owner=API+%26+team"' in html(of, "owners/api--and-team.md")


@pytest.mark.parametrize(
    ("source", "root", "directory_urls", "expected"),
    [
        pytest.param("postmortems/index.md", "../", True, {"2024/", "2024/a%3Ab/"}, id="all"),
        pytest.param(
            "postmortems/index.md", "../", False, {"2024/index.html", "2024/a%3Ab/index.html"}, id="all, as files"
        ),
        pytest.param("postmortems/2024/index.md", "../../", True, {"a%3Ab/", "../../postmortems/"}, id="a year"),
    ],
)
def test_addresses_in_a_list_begin_at_its_folder(
    source: str, root: str, directory_urls: bool, expected: set[str]
) -> None:
    made = site(incident("a:b"))
    of = Site(made.corpus, made.analysis, made.settings, made.analysis.today, directory_urls)
    links = set(re.findall(r'href="([^"#?]+)"', html(of, source, root)))
    assert expected <= links
    assert {link for link in links if "2024" in link} <= expected


def test_the_way_holds_without_directory_urls() -> None:
    of = made(2)
    flat = Site(of.corpus, of.analysis, of.settings, of.analysis.today, directory_urls=False)
    assert 'href="../postmortems/index.html?service=api"' in html(flat, SERVICE)

"""The page of all services: by owner, those with one incident on its line, and the bar that narrows it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import BEGIN, TODAY, action_item, html, incident, site

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.services import owner_of, services_by_owner
from postmortems.model.action_item import ActionList
from postmortems.model.catalogue import Catalogue, CataloguedService
from postmortems.model.corpus import Corpus
from postmortems.render.charts.severity_squares import severity_squares
from postmortems.render.pages.site import Site
from postmortems.settings import Settings

SERVICES = "services/index.md"


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<(svg|script).*?</\1>", " ", text, flags=re.DOTALL)).split())


def sections(page: str) -> list[str]:
    return [words(part) for part in re.findall(r'<section class="pm-svc".*?</section>', page, re.DOTALL)]


def test_services_are_grouped_by_owner_and_those_met_once_are_beside_their_incident() -> None:
    of = site(
        incident("a", services=["api", "queue", "mail"], owner="Shop"),
        incident("b", BEGIN + timedelta(days=9), services=["api"], owner="Shop", severity="SEV2"),
        incident("c", BEGIN + timedelta(days=1), services=["wiki"]),
        incident("d", services=["pager"], owner="Zoo", kind="drill"),
    )
    assert sections(html(of, SERVICES)) == [
        "Shop 2 incidents api 2 last: Outage b · 15 Feb 2024 mail , queue once: Outage a · 6 Feb 2024",
        "Zoo no incidents pager near misses or drills only",
        "No owner 1 incident wiki once: Outage c · 7 Feb 2024",
    ]


def test_a_row_counts_what_is_overdue() -> None:
    late = [action_item("x", due=date(2024, 1, 1)), action_item("y", due=date(2024, 1, 2)), action_item("z")]
    of = site(
        replace(incident("a", services=["api", "mail"]), actions=ActionList(tuple(late))),
        replace(incident("b", services=["api"]), actions=ActionList(tuple(late[:1]))),
    )
    assert sections(html(of, SERVICES)) == [
        "No owner 2 incidents api 2 last: Outage b · 6 Feb 2024 3 overdue mail once: Outage a · 6 Feb 2024 2 overdue"
    ]


def test_no_row_says_that_something_is_unknown() -> None:
    of = site(*(incident(f"{n}", services=["api"], owner="Shop") for n in range(3)))
    assert "unknown" not in words(html(of, SERVICES))


def test_the_catalogue_says_whose_a_service_is_else_its_postmortems_do() -> None:
    catalogue = Catalogue("services.yml", (CataloguedService("api", ("pay",), "Platform"), CataloguedService("mail")))
    members = (
        incident("a", services=["api", "pay", "mail"], owner="Shop"),
        incident("b", BEGIN + timedelta(days=1), services=["mail"], owner="Mail team"),
        incident("c", BEGIN + timedelta(days=2), services=["mail"], owner="mail-team"),
        incident("d", services=["wiki"]),
    )
    services = Analysis(Corpus(members), Settings(), TODAY).services
    assert {name: owner_of(service, catalogue) for name, service in services.items()} == {
        "api": "Platform", "pay": "Platform", "mail": "mail-team", "wiki": "",
    }  # fmt: skip
    groups = services_by_owner(services.values(), catalogue)
    assert [(group.owner, group.incidents, group.total) for group in groups] == [
        ("mail-team", 3, 1), ("platform", 1, 2), ("", 1, 1),
    ]  # fmt: skip


def test_a_page_of_few_services_has_no_bar() -> None:
    few = html(site(incident("a", services=[f"s{n}" for n in range(12)])), SERVICES)
    many = html(site(incident("a", services=[f"s{n}" for n in range(13)])), SERVICES)
    assert "data-find-bar" not in few
    assert "13 services" in many
    assert many.count("data-find>") == 13


def test_names_are_escaped() -> None:
    page = html(site(incident("a", services=["<b>api"], owner='"><script>x')), SERVICES)
    assert "<b>api" not in page
    assert "<script>x" not in page


@pytest.mark.parametrize(
    ("severities", "most", "label", "shapes"),
    [
        (["SEV2", "SEV1", None], 12, "1 SEV1, 1 SEV2, 1 severity unknown", 3),
        (["SEV2"] * 13, 13, "13 SEV2", 1),
        (["SEV2", "odd"], 40, "1 SEV2, 1 odd", 2),
    ],
)
def test_a_square_per_incident_or_one_bar(severities: list[str], most: int, label: str, shapes: int) -> None:
    picture = severity_squares(severities, ("SEV1", "SEV2"), most)
    assert f'aria-label="{label}"' in picture
    assert picture.count("<rect") == shapes


def test_an_empty_knowledge_base_says_the_next_step() -> None:
    corpus = Corpus(())
    page = Site(corpus, Analysis(corpus, Settings(), TODAY), Settings(), TODAY)
    assert "services: [" in html(page, SERVICES)

"""The pages of the postmortems of other repositories: the newest, and the years of those that one page cannot list."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from tests.builders import BEGIN, TODAY, corpus, html, incident

from postmortems.analyse.analysis import Analysis
from postmortems.model.postmortem import Postmortem
from postmortems.model.source_repository import SourcePlace, Sources
from postmortems.render.base.context import MANY
from postmortems.render.pages.site import Site
from postmortems.settings import Settings

OWN = incident("own")


def of(source: str, number: int, year: int | None = 2024) -> Postmortem:
    start = BEGIN.replace(year=year) + timedelta(hours=number) if year else None
    made = incident(f"{number}", start)
    folder = f"{year}" if year else "undated"
    return replace(made, id=f"{source}/{folder}/{number}", path=f"postmortems/{source}/{folder}/{number}/postmortem.md")


def site(*members: Postmortem) -> Site:
    places = tuple(SourcePlace(name, f"postmortems/{name}", "incidents", "postmortems") for name in ("shop", "empty"))
    made = replace(corpus(OWN, *members), sources=Sources(places))
    return Site(made, Analysis(made, Settings(), TODAY), Settings(), TODAY)


def rows(page: str) -> list[str]:
    return re.findall(r'class="pm-row__title" dir="auto" href="(?:[./]*/postmortems/shop/)?([^"]*)/"', page)


def sources(of: Site) -> list[str]:
    return [source for source in of.pages if source.startswith(("postmortems/shop/", "postmortems/empty"))]


def test_a_source_lists_its_own_newest_first() -> None:
    made = site(of("shop", 1), of("shop", 2), of("shop", 3, 2023))
    assert sources(made) == ["postmortems/shop/index.md"]
    page = html(made, "postmortems/shop/index.md", "../../")
    assert rows(page) == ["2024/2", "2024/1", "2023/3"]
    assert "By year" not in page
    assert 'name="severity"' in page


def test_no_page_lists_more_than_many() -> None:
    count = 2 * MANY + 3
    made = site(*(of("shop", n) for n in range(count)), of("shop", 0, 2023), of("shop", 0, None))
    parts = ["in-unknown", "in-2023", "in-2024", "in-2024-2", "in-2024-3"]
    assert sources(made) == [f"postmortems/shop/{name}.md" for name in ("index", *parts)]
    page = html(made, "postmortems/shop/index.md", "../../")
    assert len(rows(page)) == MANY
    assert f"the newest {MANY} of {count + 2} are above" in page
    assert re.findall(r'href="(in-[^"]*)/"', page) == parts[::-1]
    assert 'name="severity"' not in page
    listed = [name for part in parts for name in rows(html(made, f"postmortems/shop/{part}.md", "../../../"))[::-1]]
    assert listed == ["undated/0", "2023/0", *(f"2024/{n}" for n in range(count))]
    second = html(made, "postmortems/shop/in-2024-2.md", "../../../")
    assert re.findall(r'href="../../../postmortems/shop/((?:in-[^"]*/)?)"', second) == ["in-2024/", "", "in-2024-3/"]


def test_without_sources_nothing_is_said_of_repositories() -> None:
    made = Site(corpus(OWN), Analysis(corpus(OWN), Settings(), TODAY), Settings(), TODAY)
    assert "Repositories" not in html(made, "postmortems/index.md", "../")

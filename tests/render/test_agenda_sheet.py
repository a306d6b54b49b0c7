"""Agendas on the site: which there are, what leads to them, and what stands in them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from tests.builders import BEGIN, action_item, dated_incident, html, incident, site

from postmortems.analyse.agenda.offered import NEWEST
from postmortems.model.action_item import ActionList
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Timeline
from postmortems.render.pages.agenda_sheet import STYLESHEET

PAGE = "postmortems/2024/a/agenda.html"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=y> &amp; نظام 決済'


class _Tags(HTMLParser):
    """The tags and the addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses += [value for name, value in attrs if name == "href" and value]


def page(*members: Postmortem, name: str = PAGE, **options: Any) -> str:
    return site(*members, **options).data()[name]()


def agendas(*members: Postmortem, **options: Any) -> set[str]:
    return {name for name in site(*members, **options).data() if name.endswith(("/agenda.html", "/agenda.ics"))}


def test_every_recent_postmortem_and_month_has_one() -> None:
    assert agendas(incident("a")) == {PAGE, "reviews/2024-02/agenda.html"}


def test_an_unpublished_one_has_a_calendar_too() -> None:
    assert agendas(incident("a", status="draft")) >= {PAGE, "postmortems/2024/a/agenda.ics"}
    text = page(incident("a", status="draft"))
    assert '<a href="agenda.ics">Calendar event, 31 Dec 2025</a>' in text
    ics = site(incident("a", status="draft")).data()["postmortems/2024/a/agenda.ics"]()
    assert "DTSTART;VALUE=DATE:20251231\r\n" in ics


def test_of_old_ones_only_the_newest_and_the_unpublished_have_one() -> None:
    many = [incident(f"{number:03}", BEGIN + timedelta(days=number)) for number in range(NEWEST + 20)]
    many[3] = incident("003", BEGIN + timedelta(days=3), status="draft")
    found = {name.split("/")[2] for name in agendas(*many) if name.startswith("postmortems/") and "html" in name}
    assert found == {"003", *(f"{number:03}" for number in range(20, NEWEST + 20))}
    made = site(*many)
    links = [
        f"postmortems/2024/{name}/agenda.html" in html(made, f"postmortems/2024/{name}/postmortem.md")
        for name in ("002", "003", "069")
    ]
    assert links == [False, True, True]


def test_markdown_to_copy_is_there_before_the_review() -> None:
    assert ["<pre" in page(incident("a", status=status)) for status in ("in-review", "published")] == [True, False]


def test_a_months_page_leads_to_its_agenda_and_back() -> None:
    made = site(incident("a", detected=None))
    assert 'href="../reviews/2024-02/agenda.html"' in html(made, "reviews/2024-02.md")
    text = made.data()["reviews/2024-02/agenda.html"]()
    assert '<a href="../../reviews/2024-02/">The month</a>' in text
    assert "1 incident with detection time unknown." in text


def test_links_are_relative_to_the_page_and_those_of_the_markdown_are_whole() -> None:
    draft = incident("a", body="## Lessons Learned\n\n- A pool\n", status="draft")
    text = site(draft).data(site_url="https://x.example/y/")[PAGE]()
    head, _, markdown = text.partition("<pre")
    found = _Tags()
    found.feed(head)
    assert "../../../postmortems/2024/a/#lessons-learned" in found.addresses
    assert not [address for address in found.addresses if address.startswith("http")]
    assert "(https://x.example/y/postmortems/2024/a/)" in markdown


@pytest.mark.parametrize("bare", [True, False])
def test_hostile_words_stay_words_and_nothing_is_loaded_or_run(bare: bool) -> None:
    told = dated_incident("2024/a") if bare else incident("a", title=HOSTILE, owner=HOSTILE, trigger=HOSTILE)
    reviewed = replace(
        told,
        path="postmortems/2024/a/postmortem.md",
        actions=ActionList((action_item(HOSTILE),)),
        timeline=Timeline(
            tuple(Event(Place.at("x.md"), HOSTILE, BEGIN + timedelta(minutes=n * 20), actor=HOSTILE) for n in range(3))
        ),
    )
    text = page(reviewed)
    found = _Tags()
    found.feed(text)
    assert not found.tags & {"script", "img", "style", "iframe"}
    assert not found.attributes & {"style", "onerror", "onload", "src"}
    assert [each for each in found.addresses if each.endswith(".css")] == [f"../../../{STYLESHEET}"]
    assert text.count("<h1") == 1
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))

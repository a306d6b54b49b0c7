"""The Atom feed, read by feedparser: it is valid, shows what a reader shows, and keeps its ids."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as Xml

import feedparser
import pytest
from tests.builders import BEGIN, TODAY, incident, pattern
from tests.builders import data_context as made
from tests.collapsed import collapsed

from postmortems.render.data.data_context import DataContext
from postmortems.render.data.feed import MOST, feed_xml

SITE = "https://example.org/pm/"
TEXT = "## Executive Summary\n\nThe **pool** ran <b>dry</b> & 1 < 2. More.\n"


def read(data_context: DataContext) -> Any:
    """The feed as feedparser reads it, which finds nothing wrong with it."""
    found = feedparser.parse(feed_xml(data_context).encode())
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def rich(**options: Any) -> DataContext:
    return made(
        incident(
            "a", detected=12, body=TEXT, owner="Payments", services=["Check out"], root_cause="pool <exhaustion>",
            patterns=["database-issues", "unwritten"], published_on="2024-02-20",
        ),
        patterns=(pattern(),),
        **options,
    )  # fmt: skip


def test_an_entry_has_what_a_reader_shows() -> None:
    feed = read(rich(site_url=SITE))
    (entry,) = feed.entries
    assert (entry.title, entry.link, entry.author) == ("Outage a", f"{SITE}postmortems/2024/a/", "Payments")
    assert (entry.updated, entry.published) == ("2024-02-20T00:00:00Z", "2024-02-20T00:00:00Z")
    assert [(tag.term, tag.label) for tag in entry.tags] == [
        ("SEV1", "SEV1"),
        ("database-issues", "Database issues"),
        ("unwritten", "unwritten"),
        ("check-out", "Check out"),
    ]
    assert entry.summary_detail.type == "text/html"
    assert collapsed(entry.summary) == (
        "<p>SEV1 · 6 Feb 2024 · resolved after 1 h · detected after 12 min</p>"
        "<p>The pool ran dry &amp; 1 &lt; 2.</p><p>Root cause: pool &lt;exhaustion&gt;.</p>"
        f'<p>Patterns: <a href="{SITE}patterns/database-issues/">Database issues</a>, unwritten</p>'
    )


def test_the_feed_says_whose_it_is() -> None:
    feed = read(rich(site_url=SITE)).feed
    assert (feed.title, feed.author, feed.updated) == ("Knowledge & base", "Knowledge & base", "2024-02-20T00:00:00Z")
    assert {link.rel: link.href for link in feed.links} == {"self": f"{SITE}feed.xml", "alternate": SITE}


def test_ids_are_tags_that_stay_when_the_site_moves() -> None:
    first, moved = read(rich(site_url=SITE)), read(rich())
    assert first.feed.id == moved.feed.id == "tag:postmortems.invalid,2026:knowledge-base"
    assert first.entries[0].id == moved.entries[0].id == "tag:postmortems.invalid,2026:knowledge-base/2024/a"


def test_two_sites_of_one_name_share_no_id() -> None:
    ids = set()
    for repository in ("", "https://git.example/shop/handbook", "https://git.example/pay/handbook"):
        feed = read(replace(rich(), repo_url=repository))
        ids |= {feed.feed.id, feed.entries[0].id}
    assert len(ids) == 6
    one, same = (replace(rich(), repo_url=f"https://git.example/shop/handbook{end}") for end in ("", ".git/"))
    assert read(one).feed.id == read(same).feed.id


def test_without_a_site_url_links_are_relative_to_the_feed() -> None:
    found = Xml.fromstring(feed_xml(rich()))
    hrefs = [link.get("href") for link in found.iter("{http://www.w3.org/2005/Atom}link")]
    assert hrefs == ["feed.xml", "./", "postmortems/2024/a/"]
    found = feedparser.parse(
        feed_xml(rich()).encode(), response_headers={"content-location": "https://here/pm/feed.xml"}
    )
    assert found.entries[0].link == "https://here/pm/postmortems/2024/a/"


@pytest.mark.parametrize(
    ("values", "updated"),
    [
        ({"published_on": "2024-03-01"}, "2024-03-01T00:00:00Z"),
        ({"published_on": "unknown"}, "2024-02-06T15:23:00Z"),
        ({"resolved": None, "mitigated": 30}, "2024-02-06T14:53:00Z"),
        ({"resolved": None}, "2024-02-06T14:26:00Z"),
        ({"resolved": None, "detected": None}, "2024-02-06T14:23:00Z"),
        ({"start": None, "date": "2024-02-05"}, "2024-02-05T00:00:00Z"),
    ],
)
def test_an_entry_is_as_old_as_the_best_date_that_is_known(values: dict[str, Any], updated: str) -> None:
    entry = read(made(incident("a", **values))).entries[0]
    assert entry.updated == updated
    assert ("published" in entry) == (values.get("published_on") == "2024-03-01")


def test_drafts_and_what_has_no_date_are_left_out() -> None:
    feed = read(made(incident("a", status="draft"), incident("b", status="in-review"), incident("c", None)))
    assert (feed.entries, feed.feed.updated) == ([], f"{TODAY}T00:00:00Z")


def test_the_newest_fifty_newest_first() -> None:
    members = [incident(f"{number:02d}", BEGIN + timedelta(days=number)) for number in range(MOST + 3)]
    entries = read(made(*members)).entries
    assert [entry.title for entry in entries] == [f"Outage {number:02d}" for number in range(MOST + 2, 2, -1)]


def test_whatever_a_title_holds_the_feed_stays_a_feed() -> None:
    nasty = 'a\x00b\x0b\ufffe<script>alert(1)</script>]]> & "\u202e \U0001f525'
    feed = read(
        made(
            incident(
                "a", title=nasty, owner=nasty, services=[nasty], root_cause=nasty, body=TEXT.replace("pool", nasty)
            )
        )
    )
    text = feed_xml(made(incident("a", title=nasty)))
    assert "<script" not in text
    assert feed.entries[0].title_detail.type == "text/plain"
    assert feed.entries[0].title == r'a\x00b\x0b\ufffe<script>alert(1)</script>]]> & "\u202e 🔥'
    assert "<script" not in feed.entries[0].summary

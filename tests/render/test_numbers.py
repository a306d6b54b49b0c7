"""Counts on pages are grouped, 12,000, and nothing else is: no year, no value for a script, no line of a file."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from html.parser import HTMLParser

import pytest
from tests.builders import BEGIN, html, incident, pattern, site

from postmortems.render.pages.site import Site

MANY = 1200
READ_ALOUD = {"title", "aria-label", "content", "placeholder"}
"""Attributes with words for readers."""
PLAIN = re.compile(r"(?<![\w,./:#-])\d{4,}(?![\w,-])")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")


class Texts(HTMLParser):
    """What a reader sees or hears, and the values that a script reads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.values: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            (self.words if name in READ_ALOUD else self.values).append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@cache
def large() -> Site:
    """A knowledge base with more than a thousand of everything, which began in 2024."""
    incidents = [
        incident(f"o{number}", BEGIN + timedelta(hours=14 * number), resolved=60 + 40 * (number % 90), open_actions=10,
                 owner=f"team-{number if number % 3 else 0}", services=(f"svc-{number if number % 3 else 0}",),
                 patterns=("database-issues",), root_cause="disk full" if number % 2 else f"cause-{number}")
        for number in range(MANY)
    ]  # fmt: skip
    return site(*incidents, patterns=(pattern(),), corpus="complete")


PAGES = (
    *(
        "",
        "postmortems/",
        "patterns/",
        "services/",
        "actions/",
        "owners/",
        "reviews/",
        "metrics/",
        "exercises/",
        "search/",
    ),
    *(
        "postmortems/2025/",
        "patterns/database-issues.md",
        "owners/team-0.md",
        "services/svc-0.md",
        "reviews/2024-03.md",
    ),
    *("services/by-name/1.md", "owners/by-name/1.md", "postmortems/2024/o0/postmortem.md"),
)


@pytest.mark.large
def test_counts_are_grouped_and_years_and_values_are_not() -> None:
    seen = ""
    for source in (page + "index.md" * (not page.endswith(".md")) for page in PAGES):
        texts = Texts(html(large(), source))
        words = " | ".join(texts.words)
        assert {plain for plain in PLAIN.findall(words) if not plain.startswith(("2024", "2025", "2026"))} == set(), (
            source
        )
        assert [year for year in GROUPED.findall(words) if year in ("2,024", "2,025", "2,026")] == [], source
        assert [value for value in texts.values if GROUPED.fullmatch(value)] == [], source
        seen += words
    for count in ("1,200 postmortems", "1,200 incidents", "12,000", "All 1,200"):
        assert count in seen

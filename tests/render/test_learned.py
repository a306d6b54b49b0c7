"""What saved near misses and the optional sections, on the pages of services and patterns."""

from __future__ import annotations

import re

import pytest
from tests.builders import html, incident, pattern, site

from postmortems.model.postmortem import Postmortem

BODY = """\
## What Saved Us

- The **limit** held <b>well</b> & long.

## What Surprised Us

- One
- Two
- Three
- Four

## Still Not Understood

Why it began.
"""


def member(name: str, kind: str = "incident", body: str = BODY) -> Postmortem:
    return incident(name, services=["api"], patterns=["database-issues"], kind=kind, body=body)


def shown(source: str, *members: Postmortem) -> str:
    return html(site(*members, patterns=(pattern(),)), source)


def folded(page: str, anchor: str) -> str:
    """The words of the fold that holds a heading."""
    folds = re.findall(r"<details class=\"pm-sec\">.*?</details>", page, re.DOTALL)
    [found] = [fold for fold in folds if f'id="{anchor}"' in fold]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


SOURCES = ["services/api.md", "patterns/database-issues.md"]


@pytest.mark.parametrize("source", SOURCES)
def test_optional_sections_are_folded_and_quoted_with_a_link(source: str) -> None:
    page = shown(source, member("a"), member("b", "drill"))
    words = folded(page, "surprises")
    assert words.startswith("What surprised us from 2 postmortems")
    assert "One Two Three and 1 more" in words
    assert "Four" not in words
    assert 'postmortems/2024/a/#what-surprised-us"' in page
    assert "Why it began." in folded(page, "not-understood")
    assert 'id="hard"' not in page
    assert 'id="runbooks"' not in page


@pytest.mark.parametrize("source", SOURCES)
def test_what_saved_near_misses_is_quoted_as_text(source: str) -> None:
    page = shown(source, member("a"), member("b", "near-miss", BODY))
    saved = page.partition("What saved a near miss")[2]
    assert "The limit held &lt;b&gt;well&lt;/b&gt; &amp; long." in saved or "The limit held well &amp; long." in saved
    assert "<b>well</b>" not in page
    assert page.count("The limit held") == 1


@pytest.mark.parametrize("source", SOURCES)
def test_without_any_there_is_nothing(source: str) -> None:
    page = shown(source, member("a", body="## Timeline\n\nText.\n"))
    assert "saved" not in page
    assert "What surprised us" not in page


@pytest.mark.parametrize("source", SOURCES)
def test_of_many_the_newest_are_quoted(source: str) -> None:
    page = shown(
        source, *(member(f"{number:02d}", body=BODY.replace("One", f"Point {number:02d}")) for number in range(14))
    )
    words = folded(page, "surprises")
    assert len(re.findall(r"Point \d\d", words)) == 10
    assert words.endswith("4 more, each on its own page.")
    assert ("Point 13" in words, "Point 03" in words) == (True, False)

"""What stands in the head of a page of ours: its description, what a preview in a chat shows, and the feed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]

CONFIG = 'site_name: A <b> & "c"\n{}theme: {{name: material, font: false}}\nplugins: [search, postmortems]\n'
NASTY = 'Pool "dry" <script>alert(1)</script> & more'


class Head(HTMLParser):
    """The meta tags of a page by name, its links by relation, and whether anything runs."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: dict[str, list[str]] = {}
        self.feed(page.read_text("utf-8").partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := values.get("property") or values.get("name")):
            self.meta.setdefault(name, []).append(values["content"])
        if tag == "link":
            for relation in values["rel"].split():
                self.links.setdefault(relation, []).append(values["href"])

    def card(self) -> dict[str, str]:
        """The tags of previews, each of which stands there once."""
        found = {
            name: texts
            for name, texts in self.meta.items()
            if name.startswith(("og:", "twitter:")) or name == "description"
        }
        assert all(len(texts) == 1 for texts in found.values()), found
        return {name: texts[0] for name, texts in found.items()}


def build(folder: Path, run_in: Run) -> Path:
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture
def nasty(write: Write, sound: dict[str, str]) -> Callable[[str], Path]:
    """A site whose texts are full of HTML, with some more lines in its mkdocs.yml."""
    text = sound["postmortem"].replace("title: Checkout times out", f"title: '{NASTY}'")
    text = text.replace("Checkout answered slowly for 25 minutes.", 'The **pool** was `"dry"` & 1 < 2. Then not.')
    return lambda lines: write(
        {
            "mkdocs.yml": CONFIG.format(lines),
            sound["path"]: text,
            "docs/postmortems/index.md": '---\ndescription: Mine & "yours" <i>\n---\n# Ours\n',
        }
    )


def test_a_postmortem_is_told_by_its_summary(nasty: Callable[[str], Path], run_in: Run) -> None:
    site = build(nasty("site_url: https://example.org/pm/\n"), run_in)
    head = Head(site / "postmortems/2026/01-checkout/index.html")
    assert head.card() == {
        "description": 'The pool was "dry" & 1 < 2.',
        "og:type": "article",
        "og:title": NASTY,
        "og:site_name": 'A <b> & "c"',
        "og:description": 'The pool was "dry" & 1 < 2.',
        "og:url": "https://example.org/pm/postmortems/2026/01-checkout/",
        "twitter:card": "summary",
    }
    assert head.links["alternate"] == ["../../../feed.xml"]
    assert "<script>alert" not in (site / "postmortems/2026/01-checkout/index.html").read_text("utf-8")


def test_the_authors_own_description_wins(nasty: Callable[[str], Path], run_in: Run) -> None:
    card = Head(build(nasty(""), run_in) / "postmortems/index.html").card()
    assert card["description"] == card["og:description"] == 'Mine & "yours" <i>'
    assert card["og:type"] == "website"


def test_without_a_site_url_there_is_no_address(nasty: Callable[[str], Path], run_in: Run) -> None:
    site = build(nasty(""), run_in)
    for page in ("index.html", "postmortems/2026/01-checkout/index.html", "patterns/database-issues/index.html"):
        assert "og:url" not in Head(site / page).meta
        assert len(Head(site / page).links["alternate"]) == 1


def test_a_page_that_is_not_ours_is_left_alone(write: Write, run_in: Run) -> None:
    site = build(write({"docs/about.md": "# About\n"}), run_in)
    head = Head(site / "about/index.html")
    assert head.card() == {}
    assert "alternate" not in head.links

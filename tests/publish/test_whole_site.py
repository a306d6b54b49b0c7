"""A site of 300 generated postmortems: every link leads somewhere, and no request leaves the site."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from benchmarks.generate import generate

Run = Callable[..., subprocess.CompletedProcess[str]]

# What a browser fetches by itself. A plain link is followed by a person.
FETCHED = {
    "link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src",
    "audio": "src", "object": "data", "embed": "src", "use": "href", "image": "href", "form": "action",
}  # fmt: skip
NOT_FETCHED = {"canonical", "prev", "next", "alternate"}


class Page(HTMLParser):
    """The links, the anchors and the inline code of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.chips: list[str] = []
        self.fetched: list[str] = []
        self.ids: set[str] = set()
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids |= {value for name in ("id", "name") if (value := values.get(name))}
        self.handlers += [f"{tag} {name}" for name in values if name.startswith("on")]
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
            if values.get("class") == "pm-chip":
                self.chips.append(str(values["href"]))
        if tag in FETCHED and values.get(FETCHED[tag]) and values.get("rel") not in NOT_FETCHED:
            self.fetched.append(str(values[FETCHED[tag]]))


class Built:
    """A built site, read once."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def pages(self) -> dict[str, Page]:
        return {
            path.relative_to(self.root).as_posix(): Page(path.read_text("utf-8")) for path in self.root.rglob("*.html")
        }

    def broken(self) -> Iterator[str]:
        for name, page in self.pages.items():
            if name == "404.html":  # its links are absolute, for a server that has no site_url
                continue
            for link in page.links:
                target, anchor = urldefrag(urljoin(f"http://here/{name}", link))
                parts = urlsplit(target)
                if parts.netloc != "here":
                    continue
                path = unquote(parts.path).lstrip("/")
                path += "index.html" if not path or path.endswith("/") else ""
                if not (self.root / path).is_file():
                    yield f"{name}: {link}"
                elif anchor and path in self.pages and unquote(anchor) not in self.pages[path].ids:
                    yield f"{name}: {link} (no such anchor)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    from tests.conftest import MKDOCS_YML, run

    folder = tmp_path_factory.mktemp("site")
    generate(folder / "docs", 300)
    # Made-up texts are put together from few sentences, so that some tell the same story by chance.
    settings = MKDOCS_YML.replace("- postmortems\n", "- postmortems: {levels: {undeclared-repeat: off}}\n")
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    done = run(folder, "mkdocs", "build", "--strict", "-q")
    assert done.returncode == 0, done.stderr[-3000:]
    return Built(folder / "site")


def test_there_is_a_page_for_everything(site: Built) -> None:
    names = set(site.pages)
    assert len([name for name in names if name.startswith("postmortems/") and name.count("/") == 3]) == 300
    lists = ("postmortems", "patterns", "services", "actions", "owners", "reviews")
    assert {"index.html", *(f"{name}/index.html" for name in lists)} <= names
    months = {f"reviews/{name[12:16]}" for name in names if name.startswith("postmortems/") and name.count("/") == 3}
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
    for sheet in site.root.rglob("postmortems.css"):
        assert "url(http" not in sheet.read_text("utf-8")
        assert "@import" not in sheet.read_text("utf-8")


def test_nothing_of_ours_is_inline_code(site: Built) -> None:
    assert {handler for page in site.pages.values() for handler in page.handlers} == set()


def test_each_postmortem_and_its_patterns_name_each_other(site: Built) -> None:
    seen = 0
    for name, page in site.pages.items():
        if not (name.startswith("postmortems/") and name.count("/") == 3):
            continue
        assert page.chips, name
        for link in page.chips:
            target = urlsplit(urljoin(f"http://here/{name}", link)).path.lstrip("/") + "index.html"
            back = {urlsplit(urljoin(f"http://here/{target}", one)).path for one in site.pages[target].links}
            assert f"/{name.removesuffix('index.html')}" in back, (name, target)
            seen += 1
    assert seen >= 300


def test_the_search_index_holds_what_authors_wrote(site: Built) -> None:
    index = json.loads((site.root / "search/search_index.json").read_text("utf-8"))
    locations = {entry["location"] for entry in index["docs"]}
    texts = " ".join(entry["text"] for entry in index["docs"])
    # What is drawn around the author's words can be searched for, too: tickets, and the labels of the front matter.
    assert texts.count("OPS-") >= 100
    assert "Root cause: " in texts
    assert any(location.startswith("postmortems/") and "#timeline" in location for location in locations)

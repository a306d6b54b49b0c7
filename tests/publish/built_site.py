"""A built site as a machine sees it: the links, the anchors, the ids and the inline code of every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

# What a browser fetches by itself. A plain link is followed by a person.
FETCHED = {
    "link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src",
    "audio": "src", "object": "data", "embed": "src", "use": "href", "image": "href", "form": "action",
}  # fmt: skip
NOT_FETCHED = {"canonical", "prev", "next", "alternate", "alternate feed"}


class Page(HTMLParser):
    """The links, the anchors and the inline code of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.chips: list[str] = []
        self.fetched: list[str] = []
        self.ids: set[str] = set()
        self.repeated: list[str] = []
        self.handlers: list[str] = []
        self.styles: list[str] = []
        self.shapes: list[str] = []
        self.code: list[str] = []
        self._depth = 0
        self._seen: Counter[str] = Counter()
        self.feed(html)
        self.repeated = [name for name, count in self._seen.items() if count > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids |= {value for name in ("id", "name") if (value := values.get(name))}
        if values.get("id"):
            self._seen[str(values["id"])] += 1
        if values.get("style") is not None:
            self.styles.append(str(values["style"]))
        if tag == "use":
            self.shapes.append(str(values.get("href")))
        self._depth += tag == "article"
        # The scripts of ours in a text are files of the site's own.
        is_ours = tag == "script" and re.fullmatch(r"[./]*assets/postmortems/[a-z_]+\.js", str(values.get("src")))
        if self._depth and tag in ("script", "style") and not is_ours:
            self.code.append(tag)
        self.handlers += [f"{tag} {name}" for name in values if name.startswith("on")]
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
            if values.get("class") == "pm-chip":
                self.chips.append(str(values["href"]))
        if tag in FETCHED and values.get(FETCHED[tag]) and values.get("rel") not in NOT_FETCHED:
            self.fetched.append(str(values[FETCHED[tag]]))

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "article"


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

"""The article of a built page as a reader has it: its words, links, pictures, anchors and elements."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

INLINE = frozenset((
    "a", "abbr", "b", "bdi", "br", "button", "circle", "cite", "code", "del", "em", "g", "i", "img", "input", "ins", "kbd",
    "label", "line", "mark", "path", "q", "rect", "s", "samp", "select", "small", "span", "strong", "sub", "sup", "svg",
    "time", "title", "u", "use", "var", "wbr",
))  # fmt: skip
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
SITE = "https://kb.example/"


class Article(HTMLParser):
    """The article of the page `name` of a site. A `div` without any attribute is no element: it only holds others."""

    def __init__(self, html: str, name: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.elements: list[str] = []
        self.anchors: set[str] = set()
        self._words: list[str] = []
        self._url = SITE + name.removesuffix("index.html")
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    @property
    def words(self) -> str:
        """The words of the article. Where a block begins or ends one word is over."""
        return " ".join("".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # An attribute without a value, as XML writes it.
        values = {name: "" if value in (None, name) else str(value) for name, value in attrs}
        if not self._open:
            if tag == "article" and "md-content__inner" in values.get("class", ""):
                self._open.append((tag, False))
            return
        is_mark = values.get("class") == "headerlink" or values.get("id") == "__skip"
        is_shown = not is_mark and not (tag == "div" and not values)
        if tag not in VOID:
            self._open.append((tag, is_shown))
        if tag not in INLINE:
            self._words.append(" ")
        if not is_shown:
            return
        look = " ".join(f"{name}={' '.join(value.split())}" for name, value in sorted(values.items()) if name not in (
            "alt", "href", "id", "src",
        ))  # fmt: skip
        self.elements.append(f"{tag} {look}".strip())
        self.anchors.add(values.get("id", ""))
        if tag == "a" and "href" in values:
            self.links.append(urljoin(self._url, values["href"]))
        if tag == "img":
            self.pictures.append(f"{urljoin(self._url, values.get('src', ''))} {values.get('alt', '')}")

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _ in self._open):
            return
        name = ""
        while name != tag:
            name, is_shown = self._open.pop()
            if is_shown and name != "article":
                self.elements.append(f"/{name}")
        if tag not in INLINE:
            self._words.append(" ")

    def handle_data(self, data: str) -> None:
        if (
            self._open
            and self._open[-1][0] not in ("script", "style")
            and all(shown or name != "a" for name, shown in self._open)
        ):
            self._words.append(data)


def differences(one: Path, other: Path) -> list[str]:
    """Differences between the articles of two sites, a line each, with the page's name."""
    found: list[str] = []
    for path in sorted(one.rglob("*.html")):
        name = path.relative_to(one).as_posix()
        first = Article(path.read_text("utf-8"), name)
        if not first.elements or name == "404.html":
            continue
        if not (other / name).is_file():
            found.append(f"{name}: missing")
            continue
        second = Article((other / name).read_text("utf-8"), name)
        found += [
            f"{name}: {what}: {_first_difference(getattr(first, what), getattr(second, what))}"
            for what in ("words", "links", "pictures", "elements")
            if getattr(first, what) != getattr(second, what)
        ]
        found += [f"{name}: no anchor {anchor}" for anchor in sorted(first.anchors - second.anchors)]
    return found


def _first_difference(first: list[str] | str, second: list[str] | str) -> str:
    pairs = zip(first, second, strict=False)
    at = next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(first), len(second)))
    return f"{first[max(0, at - 10) : at + 30]!r} is {second[max(0, at - 10) : at + 30]!r}"

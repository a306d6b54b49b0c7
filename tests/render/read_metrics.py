"""A metrics page as its reader finds it, so that tests can count again."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser


class Read(HTMLParser):
    """What a reader finds on the page: the rows of each table by the id of the details around it, lists, words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.lists: dict[str, list[list[str]]] = {}
        self.links: dict[str, int] = {}
        self.titles: dict[str, str] = {}
        self.tiles: dict[str, str] = {}
        self.captions: list[str] = []
        self._id = self._heading = ""
        self._into: list[list[str]] | None = None
        self._cells: list[str] = []
        self._text: Callable[[str], None] = lambda _: None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "details" and "id" in values:
            self._id = self._heading = values["id"]
        elif tag == "h2":
            self._heading = values.get("id", "")
            self.titles[self._heading] = ""
            self._text = self._add_title
        elif tag == "h3":
            self._heading = ""
            self._text = self._add_heading
        elif tag == "li" and "data-tile" in values:
            self.tiles[values["data-tile"]] = ""
            self._text = self._add_tile
        elif tag == "table":
            self._into = self.tables.setdefault(self._id, [])
        elif tag == "ul" and "pm-bars" in values.get("class", ""):
            self._into = self.lists.setdefault(self._heading, [])
        elif tag == "tr" or (tag == "li" and self._into is not None):
            self._cells = []
        elif tag in ("td", "th") or (tag == "span" and self._into is not None):
            self._cells.append("")
            self._text = self._add_cell
        elif tag == "figcaption":
            self.captions.append("")
            self._text = self._add_caption
        elif tag == "a" and "pm-mark" in values.get("class", ""):
            self.links[self._heading] = self.links.get(self._heading, 0) + 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("tr", "li") and self._into is not None:
            self._into.append([cell.strip() for cell in self._cells])
        elif tag in ("table", "ul"):
            self._into = None
        is_within = tag == "span" and self._into is None
        if tag in ("td", "th", "h2", "h3", "figcaption", "summary", "li") or (tag == "span" and not is_within):
            self._text = lambda _: None

    def handle_data(self, data: str) -> None:
        self._text(data)

    def _add_cell(self, data: str) -> None:
        self._cells[-1] += data

    def _add_heading(self, data: str) -> None:
        self._heading += data.strip()

    def _add_title(self, data: str) -> None:
        self.titles[self._heading] += data

    def _add_tile(self, data: str) -> None:
        self.tiles[[*self.tiles][-1]] += f"{data} "

    def _add_caption(self, data: str) -> None:
        self.captions[-1] += data

"""A parser of pages, for tests that ask what a browser would see."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"path", "rect", "circle", "use", "input", "br", "img", "meta"}


class Reader(HTMLParser):
    """A page as a browser reads it: its tags, attributes, anchors, links and whether all is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.unclosed: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unclosed.append(tag)

    def values(self, attribute: str) -> list[str]:
        return [value for name, value in self.attributes if name == attribute]

"""HTML of a page as a tree of elements, each with its place in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


@dataclass(slots=True)
class Element:
    """An element. `start` and `end` are its place in the text, `inside` where its contents begin, `inside_end` where
    they end; a text among its children is HTML as it was written."""

    tag: str
    attributes: Mapping[str, str]
    start: int
    inside: int
    inside_end: int = -1
    end: int = -1
    children: list[Element | str] = field(default_factory=list)


def elements_of(html: str) -> list[Element | str]:
    """The outermost elements of a text, and what stands between them; comments are left out."""
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    return reader.finished()


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self._length = len(html)
        self._open = [Element("", {}, 0, 0)]

    def finished(self) -> list[Element | str]:
        """The outermost elements; one that was never closed ends where its parent does."""
        while len(self._open) > 1:
            self._close(self._length, self._length)
        return self._open[0].children

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag in _VOID:
            element.inside_end = element.end = element.inside
        else:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        element.inside_end = element.end = element.inside

    def handle_endtag(self, tag: str) -> None:
        if all(element.tag != tag for element in self._open[1:]):
            return
        start = self._place()
        while self._open[-1].tag != tag:
            self._close(start, start)
        self._close(start, self._after_tag(start))

    def handle_data(self, data: str) -> None:
        children = self._open[-1].children
        if children and isinstance(before := children[-1], str):
            children[-1] = before + data
        else:
            children.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        start = self._place()
        values = {name: value or "" for name, value in attrs}
        element = Element(tag, values, start, start + len(self.get_starttag_text() or ""))
        self._open[-1].children.append(element)
        return element

    def _close(self, inside_end: int, end: int) -> None:
        element = self._open.pop()
        element.inside_end, element.end = inside_end, end

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _after_tag(self, start: int) -> int:
        return self.rawdata.find(">", start) + 1 or self._length

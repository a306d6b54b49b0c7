"""HTML that a program wrote as text → Markdown that is safe: headings, lists, tables, links and marks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from postmortems.adopt.exports.plain_markdown import address, at_start, run
from postmortems.text.inline import without_comments

_IS_HTML = re.compile(r"</(?:p|div|h[1-6]|ul|ol|li|table|strong|b|a|span|em)>|<br\s{0,2}/?>", re.IGNORECASE)
_NEVER_ENDS = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_HEADING = re.compile(r"h([1-6])")
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_HIDDEN = frozenset(("script", "style", "head", "title", "template", "iframe", "object", "svg"))
_BLOCKS = frozenset(("p", "div", "section", "article", "blockquote", "table", "ul", "ol", "tr", "pre", "hr", "figure"))
_DEEPEST = 6


def is_html(text: str) -> bool:
    """True if a text has elements of HTML that Markdown has signs for."""
    return _IS_HTML.search(text) is not None


def markdown_of_html(text: str) -> str:
    """The text of a page's part. Scripts, styles and what a page would load are left out."""
    reader = _Reader()
    # The parser is slow on tags that never end: they are none.
    reader.feed(_NEVER_ENDS.sub("&lt;", without_comments(text)))
    reader.close()
    reader.end_line()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(reader.lines)).strip()


class _Reader(HTMLParser):
    """One walk over the elements. `line` is what has been written of the line under way."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.prefix = ""
        self.hidden = 0
        self.lists: list[str] = []
        self.links: list[str] = []
        self.cells: list[str] | None = None
        self.rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _HIDDEN:
            self.hidden += 1
        elif found := _HEADING.fullmatch(tag):
            self._begin_block(f"{'#' * int(found[1])} ")
        elif tag == "li":
            self.end_line()
            depth = min(_DEEPEST, len(self.lists)) - 1
            self.prefix = f"{'    ' * max(0, depth)}{'1.' if self.lists[-1:] == ['ol'] else '-'} "
        elif tag == "tr":
            self.end_line()
            self.cells = []
        elif tag == "br" and self.cells is None:
            self.end_line()
        elif tag in _MARKS:
            self.line.append(_MARKS[tag])
        elif tag == "a":
            self.links.append(address(values.get("href", "")))
            self.line.append("[" if self.links[-1] else "")
        elif tag == "img" and (link := address(values.get("src", ""))):
            self.line.append(f"![{run(values.get('alt', ''))}]({link})")
        elif tag in _BLOCKS and self.cells is None and not self.prefix:
            self._begin_block("")
        if tag in ("ul", "ol"):
            self.end_line()
            self.lists.append(tag)
        elif tag == "table":
            self.rows = 0

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in _MARKS:
            self.line.append(_MARKS[tag])
        elif tag == "a" and self.links:
            link = self.links.pop()
            self.line.append(f"]({link})" if link else "")
        elif tag in ("td", "th") and self.cells is not None:
            self.cells.append(" ".join("".join(self.line).split()))
            self.line = []
        elif tag == "tr" and self.cells is not None:
            self._end_row()
        elif tag in ("ul", "ol") and self.lists:
            self.end_line()
            self.lists.pop()
            self.lines += [""] if not self.lists else []
        elif tag == "li" or _HEADING.fullmatch(tag):
            self.end_line()
        elif tag in _BLOCKS and self.cells is None and not self.lists:
            self._begin_block("")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.line.append(run(data))

    def end_line(self) -> None:
        """Write the line under way, unless there is nothing in it."""
        text = " ".join("".join(self.line).split())
        # Marks around nothing are no words.
        if text.strip("*~ "):
            self.lines.append(f"{self.prefix}{at_start(text)}")
            self.prefix = ""
        self.line = []

    def _begin_block(self, prefix: str) -> None:
        self.end_line()
        self.lines.append("")
        self.prefix = prefix

    def _end_row(self) -> None:
        cells = self.cells or []
        if cells:
            self.lines += [*([] if self.rows else [""]), f"| {' | '.join(cells)} |"]
            self.lines += [] if self.rows else [f"|{' --- |' * len(cells)}"]
            self.rows += 1
        self.cells, self.line = None, []

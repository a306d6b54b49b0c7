"""Atlassian Document Format → Markdown, with what was lost on the way.

The libraries for it escape nothing, so that a text of a stranger's could become a heading, a link or HTML. Here every
text is escaped, and only the format's own nodes and marks make structure.
Source: developer.atlassian.com, Atlassian Document Format.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from postmortems.adopt.exports.json_object import JsonObject
from postmortems.adopt.exports.people import People
from postmortems.adopt.exports.plain_markdown import address, at_start, run
from postmortems.text.markdown import code

_MARKS = {"strong": "**", "em": "*", "strike": "~~"}
_CARDS = ("inlineCard", "blockCard", "embedCard")
_INDENT = "    "


def is_adf(value: JsonObject) -> bool:
    """True if a value is a document of this format."""
    return value.text("type") == "doc" and value.has("content")


class AdfConverter:
    """Converts documents of one export. `lost` names what of them has no form in Markdown."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.lost: dict[str, None] = {}

    def markdown(self, document: JsonObject) -> str:
        """A whole document as Markdown that is safe."""
        return self._blocks(document.objects("content"))

    def _blocks(self, nodes: Iterable[JsonObject]) -> str:
        return "\n\n".join(made for node in nodes if (made := self._block(node)))

    def _block(self, node: JsonObject) -> str:
        kind, inner = node.text("type"), node.objects("content")
        if kind == "paragraph":
            return self._lines(inner)
        if kind == "heading":
            level = node.at("attrs", "level")
            title = " ".join(self._inline(inner).split())
            return f"{'#' * (level if level in range(1, 7) else 2)} {title}" if title else ""  # type: ignore[operator]
        if kind in ("bulletList", "decisionList"):
            return "\n".join(f"- {self._item(item)}" for item in inner)
        if kind == "orderedList":
            return "\n".join(f"{number}. {self._item(item)}" for number, item in enumerate(inner, 1))
        if kind == "taskList":
            return "\n".join(self._task(item) for item in inner)
        if kind == "codeBlock":
            return _fenced("".join(piece.text("text") for piece in inner), node.text("attrs", "language"))
        if kind in ("blockquote", "panel"):
            return "\n".join(f"> {line}".rstrip() for line in self._blocks(inner).split("\n"))
        if kind in ("expand", "nestedExpand"):
            title = run(node.line("attrs", "title"))
            return "\n\n".join(filter(None, [f"**{title}**" if title else "", self._blocks(inner)]))
        if kind == "rule":
            return "***"
        if kind == "table":
            return self._table(inner)
        if kind in _CARDS or kind in ("text", "mention", "emoji", "date", "status", "hardBreak"):
            return self._lines([node])
        if kind.startswith("media"):
            return self._media(node)
        if kind in ("extension", "bodiedExtension", "inlineExtension"):
            self.lost.setdefault(f"the macro {node.line('attrs', 'extensionKey')[:40] or 'without a name'}")
        return self._blocks(inner)

    def _item(self, node: JsonObject) -> str:
        """An item of a list, all below its first line indented."""
        children = node.objects("content")
        if node.text("type") == "decisionItem":
            return self._lines(children).replace("\n", " ")
        made = "\n".join(self._block(child) for child in children)
        return made.replace("\n", f"\n{_INDENT}").replace(f"\n{_INDENT}\n", "\n\n")

    def _task(self, node: JsonObject) -> str:
        if node.text("type") == "taskList":
            return "\n".join(_INDENT + self._task(item) for item in node.objects("content"))
        box = "x" if node.text("attrs", "state") == "DONE" else " "
        return f"- [{box}] {' '.join(self._inline(node.objects('content')).split())}"

    def _table(self, rows: Sequence[JsonObject]) -> str:
        cells = [[self._cell(cell) for cell in row.objects("content")] for row in rows]
        width = max((len(row) for row in cells), default=0)
        if not width:
            return ""
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in cells]
        return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])

    def _cell(self, cell: JsonObject) -> str:
        if any(cell.at("attrs", span) not in (None, 1) for span in ("colspan", "rowspan")):
            self.lost.setdefault("merged cells of a table")
        # A list in a cell becomes a line of it.
        return " ".join(self._blocks(cell.objects("content")).split())

    def _media(self, node: JsonObject) -> str:
        found = (
            [node, *node.objects("content")]
            if node.text("type") in ("media", "mediaInline")
            else node.objects("content")
        )
        made = []
        for media in found:
            link = address(media.text("attrs", "url"))
            if link:
                made.append(f"![{run(media.line('attrs', 'alt'))}]({link})")
            elif media.text("type").startswith("media"):
                self.lost.setdefault("a picture or a file, which the export names but does not hold")
                if alt := run(media.line("attrs", "alt")):
                    made.append(f"(picture: {alt})")
        return " ".join(made)

    def _lines(self, nodes: Iterable[JsonObject]) -> str:
        return "\n".join(at_start(line.strip()) for line in self._inline(nodes).split("\n")).strip()

    def _inline(self, nodes: Iterable[JsonObject]) -> str:
        return "".join(map(self._inline_node, nodes))

    def _inline_node(self, node: JsonObject) -> str:
        kind = node.text("type")
        if kind == "text":
            return self._text(node)
        if kind == "hardBreak":
            return "\n"
        if kind == "mention":
            name = node.line("attrs", "text").removeprefix("@")
            return run(self.people.called(name) or "somebody")
        if kind == "emoji":
            return run(node.line("attrs", "text") or node.line("attrs", "shortName"))
        if kind == "date":
            return _day(node.text("attrs", "timestamp"))
        if kind == "status":
            return run(node.line("attrs", "text"))
        if kind in _CARDS:
            link = address(node.text("attrs", "url") or node.text("attrs", "data", "url"))
            return f"<{link}>" if link else ""
        if kind.startswith("media"):
            return self._media(node)
        return self._inline(node.objects("content"))

    def _text(self, node: JsonObject) -> str:
        text = node.text("text")
        marks = {mark.text("type"): mark for mark in node.objects("marks")}
        words = text.strip()
        if not words:
            return text
        made = code(words) if "code" in marks and "|" not in words else run(self.people.without_names(words))
        for mark, sign in _MARKS.items():
            if mark in marks and "code" not in marks:
                made = f"{sign}{made}{sign}"
        if "link" in marks and (link := address(marks["link"].text("attrs", "href"))):
            made = f"[{made}]({link})"
        start = text.index(words)
        return f"{text[:start]}{made}{text[start + len(words) :]}"


def _fenced(text: str, language: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    lines = [f";{line}" if line.lstrip(";").lstrip("-").startswith("8<-") else line for line in text.split("\n")]
    return "\n".join([fence + (language if language.isalnum() else ""), *lines, fence])


def _day(timestamp: str) -> str:
    """A date of the format: milliseconds since 1970."""
    if not timestamp.lstrip("-").isdecimal() or len(timestamp) > 14:
        return ""
    return datetime.fromtimestamp(int(timestamp) // 1000, UTC).date().isoformat()

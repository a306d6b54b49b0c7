"""An author's Markdown inside an element that we build: inline text where it is one line, blocks where it is more.

Nothing is rendered here: the text goes into the tree, and Python-Markdown's own processors take it from there, so
that links to other files are resolved and checked as everywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, Registry, code_escape

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_MARKUP = re.compile(r"[^\w\s.,;:?!=()'\"%/+#$@~\u2013\u2014\u2018-\u201d\u2026-]|_| {2}\n|http|www")
"""Signs that may be Markdown for one of the patterns below; all others mean nothing to them."""
_PATTERNS = frozenset(
    {
        "backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference",
        "short_image_ref", "autolink", "automail", "linebreak", "html", "entity", "not_strong", "em_strong",
        "em_strong2",
    }
)  # fmt: skip
_TREE = frozenset(
    {
        "inline", "prettify", "unescape", "attr_list", "toc", "task-list", "hilite", "indent-highlight",
        "mkdocs_extract_anchors", "mkdocs_extract_title", "relpath", "postmortems-plain-text", "postmortems-right-now",
    }
)  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\S")


class PlainText(Treeprocessor):
    """Keeps plain text from the inline patterns: each of twenty would look through each text of a page, in vain."""

    name = "postmortems-plain-text"
    priority = 20.5
    """Right before the inline patterns."""

    def run(self, root: ET.Element) -> None:
        """Make texts without any markup atomic. Only patterns that are known tell what they leave alone: an extension
        may turn any word into something."""
        if not (_holds_only(self.md.inlinePatterns, _PATTERNS) and _holds_only(self.md.treeprocessors, _TREE)):
            return
        for element in root.iter():
            text = element.text
            # The table of contents treats atomic text in headings in a way of its own.
            if text and element.tag not in _HEADINGS and _MARKUP.search(text) is None:
                element.text = AtomicString(text)


class AuthorText:
    """Puts an author's Markdown into the tree of the page that `md` is rendering."""

    def __init__(self, md: Markdown) -> None:
        self._parser = md.parser

    def put(self, parent: ET.Element, tag: str, look: str, text: str) -> ET.Element:
        """A new last child of `parent` that holds the text; one of several blocks becomes a `div`."""
        lines = text.strip("\n").split("\n")
        if not _has_blocks(lines):
            element = ET.SubElement(parent, tag, {"class": look})
            element.text = " ".join(line.strip() for line in lines)
            return element
        element = ET.SubElement(parent, "div", {"class": look})
        for is_code, part in _parts(lines):
            if is_code:
                code = ET.SubElement(ET.SubElement(element, "pre"), "code")
                code.text = AtomicString(code_escape("\n".join(part) + "\n"))
            else:
                self._parser.parseBlocks(element, [block for block in _separated(part).split("\n\n") if block.strip()])
        return element


def put_plain(parent: ET.Element, tag: str, look: str, text: str) -> ET.Element:
    """A new last child of `parent` that holds plain text, in which nothing is Markdown."""
    element = ET.SubElement(parent, tag, {"class": look} if look else {})
    element.text = AtomicString(text)
    return element


def _holds_only(registry: Registry[Any], names: frozenset[str]) -> bool:
    return len(registry) == sum(name in registry for name in names)


def _has_blocks(lines: list[str]) -> bool:
    return len(lines) > 1 and any(not line.strip() or _ITEM.match(line) or _FENCE.match(line) for line in lines[1:])


def _parts(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """The lines inside each fence, and those between: Python-Markdown knows fences at a page's outermost level only."""
    part: list[str] = []
    fence = ""
    for line in lines:
        words = line.strip()
        mark = _FENCE.match(line)
        if fence and words.startswith(fence) and not words.strip(fence[0]):
            yield True, part
            part, fence = [], ""
        elif mark and not fence:
            yield False, part
            part, fence = [], mark[1]
        else:
            part.append(line)
    yield bool(fence), part


def _separated(lines: list[str]) -> str:
    """The lines with a blank one before each list, as Python-Markdown's block parser wants it."""
    found: list[str] = []
    in_list = False
    for line in lines:
        is_item = bool(_ITEM.match(line))
        if is_item and not in_list:
            found.append("")
        in_list = is_item or (in_list and line.startswith(" "))
        found.append(line)
    return "\n".join(found)

"""An author's Markdown inside an element that we build: inline text where it is one line, blocks where it is more.

Nothing is rendered here: the text goes into the tree, and Python-Markdown's own processors take it from there, so
that links to other files are resolved and checked as everywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from markdown.blockparser import BlockParser
from markdown.util import AtomicString, code_escape

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\S")


def put_text(parent: ET.Element, tag: str, look: str, text: str, parser: BlockParser) -> ET.Element:
    """A new last child of `parent` that holds the author's Markdown; one of several blocks becomes a `div`."""
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
            parser.parseBlocks(element, [block for block in _separated(part).split("\n\n") if block.strip()])
    return element


def put_plain(parent: ET.Element, tag: str, look: str, text: str) -> ET.Element:
    """A new last child of `parent` that holds plain text, in which nothing is Markdown."""
    element = ET.SubElement(parent, tag, {"class": look} if look else {})
    element.text = AtomicString(text)
    return element


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

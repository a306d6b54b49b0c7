"""What keeps an author's Markdown from becoming active: targets that run code, handlers, and, on demand, raw HTML."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

_BEFORE_FENCES = 900
_AFTER_ATTRIBUTES = 6  # attr_list writes its attributes at 8, the table of contents copies headings at 5
_TARGETS = frozenset({"href", "src", "action", "formaction", "poster", "cite", "background", "xlink:href", "data"})
_TAGS = frozenset({"script", "iframe", "frame", "object", "embed", "base", "meta", "link", "style"})
_NEEDS = {"a": "href", "img": "src"}
_ACTIVE = ("javascript:", "vbscript:", "data:")
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]")
_STASHED = re.compile("\x02(\\d{1,7})\x03")
_ALIGNMENT = re.compile(r"\s*text-align:\s*(?:left|right|center);?\s*")
_FENCE_OPTIONS = re.compile(r"^\s*(?:`{3,}|~{3,})[^{`]*\{")


def guard(md: Markdown, *, escape_html: bool) -> None:
    """Set up a page's `Markdown` so that nothing active comes out of it; with `escape_html` raw HTML becomes text."""
    md.preprocessors.register(_PlainFences(md), "postmortems-fences", _BEFORE_FENCES)
    md.treeprocessors.register(_Harmless(md), "postmortems-harmless", _AFTER_ATTRIBUTES)
    if escape_html:
        for registry, name in ((md.preprocessors, "html_block"), (md.inlinePatterns, "html")):
            if name in registry:
                registry.deregister(name)


def is_active(target: str) -> bool:
    """Whether a browser would run the target of a link instead of going there.

    Browsers decode entities, and ignore case, tabs and line ends in a scheme; Python-Markdown leaves entities as they
    are and hides escaped characters behind marks of its own.
    """
    shown = _STASHED.sub(lambda found: chr(min(int(found[1]), 0x10FFFF)), target.replace("\x02amp\x03", "&"))
    return _IGNORED_BY_BROWSERS.sub("", unescape(shown)).casefold().startswith(_ACTIVE)


class _Harmless(Treeprocessor):
    """Drops active targets, handlers and styles that attribute lists may have brought in, and elements that run code
    or load pages, which extensions can make from plain Markdown."""

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            if str(element.tag).casefold() in _TAGS:
                element.tag = "span"
            for name, value in list(element.attrib.items()):
                folded = name.casefold()
                if (
                    folded.startswith("on")
                    or folded == "srcdoc"
                    or (folded == "style" and not _ALIGNMENT.fullmatch(str(value)))
                    or (folded in _TARGETS and is_active(str(value)))
                ):
                    del element.attrib[name]
            # MkDocs takes it for granted that every link and image has a target.
            if element.tag in _NEEDS and _NEEDS[element.tag] not in element.attrib:
                element.tag = "span"


class _PlainFences(Preprocessor):
    """Drops a fence's options where one is a handler: code is rendered before the tree is seen."""

    def run(self, lines: list[str]) -> list[str]:
        return [_without_handlers(line) if "{" in line and "=" in line else line for line in lines]


def _without_handlers(line: str) -> str:
    if _FENCE_OPTIONS.match(line) and re.search(r"\b(?:on\w{1,30}|style|srcdoc)\s{0,9}=", line, re.IGNORECASE):
        return line.partition("{")[0].rstrip()
    return line

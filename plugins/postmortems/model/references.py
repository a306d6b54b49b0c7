"""The addresses in the HTML of a text: what a page loads by itself, and what it links to.

Links and images in Markdown's own notation are read before, see `model.link`. The patterns are linear: each stops at
the sign that it looks for, and reads on from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from postmortems.model.diagnostic import Problem
from postmortems.model.lost_html import ATTRIBUTE_LIST
from postmortems.model.place import Place
from postmortems.text.allowed_html import loads_from_outside

_TAG = re.compile(r"""<([a-z][a-z0-9:-]*+)((?:=\s*+"[^"]*+"|=\s*+'[^']*+'|[^<>])*+)>?""", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z][a-z0-9:_-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++))""",
    re.IGNORECASE,
)
_MOST = 200
_LOADING = frozenset(("src", "srcset", "imagesrcset", "poster", "background"))
_LISTS = frozenset(("srcset", "imagesrcset"))
_TAG_BEGINS = re.compile("<[a-zA-Z]")
_NAMES = re.compile(r"(?:src|srcset|poster|background|href|data|style)\s*+=|<style", re.IGNORECASE)
_CANDIDATE = re.compile(r"[\s,]{0,5000}([^\s,]\S{0,2000})")
_LINKING = frozenset(("href", "xlink:href"))
_LOADED_BY_LINK = frozenset(("link", "image", "use", "feimage"))
"""The elements that load what their `href` names; all others wait for a click."""
_STYLED = re.compile(r"""(?:url\(|@import\s{1,9}(?!url\())\s{0,9}(["']?)([^\s"')]{1,2000})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in HTML, and where it begins in the text. `loads` tells that the page asks for it by itself."""

    address: str
    start: int
    loads: bool


def may_refer(text: str) -> bool:
    """True if there is anything to look for: most texts hold no HTML with an address, and are done."""
    return ("{" in text or _TAG_BEGINS.search(text) is not None) and _NAMES.search(text) is not None


def references(text: str) -> Iterator[Reference]:
    """Every address in the tags, attribute lists and styles of `text`, which has no code and no comments left."""
    if "<" in text:
        done = 0
        for tag in _TAG.finditer(text):
            name = tag.group(1).lower()
            if tag.start() < done:
                continue
            if not name.endswith(":"):  # <https://…> is an address, not a tag
                yield from _in_attributes(name, tag.group(2), tag.start(2))
            if name == "style":
                # Nothing in a style is a tag, and one that is never closed goes on to the end.
                done = end if (end := text.find("</style", tag.end())) >= 0 else len(text)
                yield from _in_style(text[tag.end() : done], tag.end())
    if "{" in text:
        for attributes in ATTRIBUTE_LIST.finditer(text):
            yield from _in_attributes("", attributes.group(1), attributes.start(1))


def loaded_from_outside(text: str) -> Iterator[tuple[int, str]]:
    """Yield the begin of each address that a page would load from another site, and the address."""
    if "<" in text or "{" in text:
        for reference in references(text):
            if reference.loads and loads_from_outside(reference.address):
                yield reference.start, reference.address


def outside_resource(place: Place, address: str) -> Problem:
    """The problem of such an address."""
    return Problem(
        "outside-resource",
        place,
        f'"{address if len(address) <= _MOST else address[: _MOST - 1] + "…"}" would be loaded from another site',
        "copy it to artifacts/ beside the text, or make it a link",
    )


def _in_attributes(element: str, attributes: str, start: int) -> Iterator[Reference]:
    for found in _ATTRIBUTE.finditer(attributes) if "=" in attributes else ():
        name, group = found.group(1).lower(), found.lastindex or 4
        value, begin = found.group(group), start + found.start(group)
        if name in _LISTS:
            yield from _in_list(value, begin)
        elif name in _LINKING:
            yield Reference(unescape(value).strip(), begin, element in _LOADED_BY_LINK)
        elif name in _LOADING or (name == "data" and element == "object"):
            yield Reference(unescape(value).strip(), begin, True)
        elif name == "style":
            yield from _in_style(value, begin)


def _in_list(value: str, start: int) -> Iterator[Reference]:
    """The addresses of a `srcset`: each ends at a blank, and what describes it ends at a comma."""
    position = 0
    while found := _CANDIDATE.match(value, position):
        address = found.group(1).rstrip(",")
        yield Reference(unescape(address), start + found.start(1), True)
        comma = found.end() - 1 if address != found.group(1) else value.find(",", found.end())
        if comma < 0:
            return
        position = comma + 1


def _in_style(text: str, start: int) -> Iterator[Reference]:
    for found in _STYLED.finditer(text):
        yield Reference(unescape(found.group(2)), start + found.start(2), True)

"""The tags in a text, and what the allow-list takes from each: what rules report, and a build says of its pages.

Markdown decides what of a text is HTML, and only the rendered page knows. So a tag is looked for by two readings, one
that minds quotes as a browser does and one that does not, and either may find it. Each reads on from where it stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from postmortems.text.allowed_html import (
    ELEMENTS,
    STYLES,
    attribute_value,
    is_allowed_address,
    is_allowed_name,
    is_picture,
    loads_from_outside,
    names,
    scheme_of,
)

_MINDING_QUOTES = re.compile(r"""<([A-Za-z][^\s/>"'<]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>?""")
_TO_THE_NEXT_END = re.compile(r"<([A-Za-z][^\s/>\"'<]*+)([^<>]*+)>?")
_ATTRIBUTE = re.compile(r"""[\s/]*+([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"?|'([^']*+)'?|([^\s>]++)))?""")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,40}:/|mailto:|[^:]*@", re.IGNORECASE)
_RUN = names("javascript vbscript data")
_ACTIVE = names(
    "animate animatemotion animatetransform applet base button embed fencedframe foreignobject form frame"
    " frameset iframe link math meta noembed noframes noscript object option param plaintext portal script select set"
    " style template textarea title use xmp"
)
"""Elements that run, load, send or hide something, or switch how a browser reads what follows."""

_LOADING = ("src", "poster", "background", "data")
_HANDLER = re.compile("on[a-z]{3,40}")
_BEFORE_AN_ADDRESS = ("](", "]: ", "]:")
"""Pattern for what precedes an address in Markdown, which may be in angle brackets."""

_ONLY_MARKDOWN = "markdown"
"""An attribute that Markdown takes for itself."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it is in a text: where it begins, its name in lower case, its attributes with decoded values."""

    start: int
    text: str
    name: str
    attributes: tuple[tuple[str, str], ...]

    @property
    def is_sure(self) -> bool:
        """True if every reader takes this for a tag; "x<y" is none where no end follows."""
        return self.text.endswith(">") and "<" not in self.text[1:]


@dataclass(frozen=True, slots=True)
class Loss:
    """Loss of a tag to the allow-list: some `attributes`, or all of it if these are empty. Active is what would run,
    load or send something in a page; all else only vanishes."""

    tag: str
    attributes: tuple[str, ...]
    is_active: bool


def may_hold_tags(text: str) -> bool:
    """True if there is anything to look for: most texts hold no tag."""
    return "<" in text and _TO_THE_NEXT_END.search(text) is not None


def tags_in(text: str) -> Iterator[Tag]:
    """Every tag in `text`, which has no code and no comments left, in the order in which they begin."""
    if not may_hold_tags(text):
        return
    found = {match.start(): match for match in _TO_THE_NEXT_END.finditer(text)}
    for match in _MINDING_QUOTES.finditer(text):
        if match.start() not in found or len(match[0]) > len(found[match.start()][0]):
            found[match.start()] = match
    for start in sorted(found):
        match = found[start]
        if not _ADDRESS.match(match[0], 1) and not text.endswith(_BEFORE_AN_ADDRESS, max(0, start - 3), start):
            yield Tag(start, match[0], match[1].lower(), tuple(_attributes(match[2])))


def loss_of(tag: Tag) -> Loss | None:
    """Loss that a page makes of a tag; None for one that it keeps whole, and for what is harmless and may be none."""
    if tag.name not in ELEMENTS:
        is_active = tag.name in _ACTIVE or any(_is_active(tag.name, *attribute) for attribute in tag.attributes)
        return Loss(tag.text, (), is_active) if is_active or tag.is_sure else None
    lost = [attribute for attribute in tag.attributes if not _is_kept(tag.name, *attribute)]
    is_active = any(_is_active(tag.name, *attribute) for attribute in lost)
    if not lost or not (is_active or tag.is_sure):
        return None
    return Loss(tag.text, tuple(f'{name}="{value}"' if value else name for name, value in lost), is_active)


def is_active_address(address: str) -> bool:
    """True if a browser would run what this address holds instead of going there."""
    decoded = unescape(address)
    return scheme_of(decoded) in _RUN and not is_picture("img", decoded)


def is_kept_address(address: str, *, is_image: bool) -> bool:
    """True if a link or an image of Markdown keeps its address. One from another site is kept as a link."""
    decoded = unescape(address)
    if is_image:
        return loads_from_outside(decoded) or scheme_of(decoded) == "" or is_picture("img", decoded)
    return is_allowed_address("a", "href", decoded)


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for match in _ATTRIBUTE.finditer(text):
        value = next((value for value in match.groups()[1:] if value is not None), "")
        yield match[1].lower(), unescape(value)


def _is_kept(element: str, name: str, value: str) -> bool:
    if name == _ONLY_MARKDOWN:
        return True
    if not is_allowed_name(element, name):
        return False
    if element == "img" and name == "src" and loads_from_outside(value):
        return True  # as a link
    if name == "style":
        properties = [
            declaration.partition(":")[0].strip().lower() for declaration in value.split(";") if declaration.strip()
        ]
        return STYLES.issuperset(properties) and attribute_value(element, name, value) is not None
    return name == "class" or attribute_value(element, name, value) is not None


def _is_active(element: str, name: str, value: str) -> bool:
    if _HANDLER.fullmatch(name) or name in ("srcdoc", "formaction", "action", "ping"):
        return True
    return name in ("href", "xlink:href", *_LOADING) and is_active_address(value)

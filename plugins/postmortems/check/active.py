"""What in a text becomes active in a page: elements, attributes and addresses that run or load something.

The patterns err on the side of reporting, and none of them can be made slow: each reads on from where it stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_BEGIN_OF_TAG = re.compile(r"<[A-Za-z]")
_ENTITY = re.compile(r"&[#A-Za-z]")
_ELEMENTS = frozenset(("script", "iframe", "object", "embed"))
_SCHEMES = ("javascript:", "vbscript:", "data:text/html")
TAG = re.compile(
    r"""<([a-z][a-z0-9:-]{0,40})((?:=\s{0,9}"[^"]{0,5000}"|=\s{0,9}'[^']{0,5000}'|[^<>])*)>?""", re.IGNORECASE
)
"""A tag: its name and its attributes."""
_WEB_ADDRESS = re.compile(r"<(?:https?|ftp)://\S{1,5000}>", re.IGNORECASE)
ATTRIBUTE_LIST = re.compile(r"\{:?([^{}\n]{1,1000})\}")
"""An attribute list of the Markdown extension `attr_list`: its attributes."""
_VALUE = re.compile(r"""=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_HANDLER = re.compile(r"""(?:^|[\s/"':])on[a-z]{2,40}\s{0,9}=""", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\]\s?\(\s{0,9}<?|^[ \t>]{0,20}\[[^\[\]\n]{1,300}\]:\s{0,9}<?|<(?=[a-z&])", re.IGNORECASE | re.MULTILINE
)
_BLANKS = "".join(map(chr, range(33)))
_SHOWN = 300


def may_be_active(text: str) -> bool:
    """Whether there is anything to look for: most texts hold nothing of what every active part holds, and are done."""
    if "{" in text or _BEGIN_OF_TAG.search(text) or _ENTITY.search(text):
        return True
    bare = _without_breaks(text).lower()
    return "script:" in bare or "data:text" in bare


def active_parts(text: str) -> Iterator[tuple[int, str]]:
    """Where each active part begins in `text`, and the part itself; `text` has no code and no comments left."""
    if not may_be_active(text):
        return
    for tag in TAG.finditer(text):
        if _WEB_ADDRESS.fullmatch(tag.group()):
            continue
        if tag.group(1).lower() in _ELEMENTS or _is_active(tag.group(2)):
            yield tag.start(), tag.group()
    for attributes in ATTRIBUTE_LIST.finditer(text):
        if _is_active(attributes.group(1)):
            yield attributes.start(), attributes.group()
    for address in _ADDRESS.finditer(text):
        target = text[address.end() : address.end() + _SHOWN]
        if _runs(target):
            yield address.end(), re.split(r"[\s)>]", target, maxsplit=1)[0]


def _is_active(attributes: str) -> bool:
    """Whether one of these attributes is a handler, or has an address as its value that runs something."""
    if "=" not in attributes:
        return False
    names = _VALUE.sub("= ", attributes)
    return bool(_HANDLER.search(names)) or any(
        _runs("".join(map(str, filter(None, found)))) for found in _VALUE.findall(attributes)
    )


def _runs(address: str) -> bool:
    # Browsers decode entities first, and then drop what stands before a scheme, and line breaks and tabs inside it.
    decoded = unescape(address[:_SHOWN]) if "&" in address else address[:_SHOWN]
    return _without_breaks(decoded).lstrip(_BLANKS).lower().startswith(_SCHEMES)


def _without_breaks(text: str) -> str:
    return text.replace("\n", "").replace("\t", "").replace("\r", "")

"""What in a text becomes active in a page: elements, attributes and addresses that run or load something.

The patterns err on the side of reporting, and none of them can be made slow: each reads on from where it stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

SUSPECT = re.compile(r"<[a-z]|&[#a-z]|\{|script|data:", re.IGNORECASE)
"""What every active text holds something of; most texts do not, and are done with."""

_ELEMENTS = frozenset(("script", "iframe", "object", "embed"))
_SCHEMES = ("javascript:", "vbscript:", "data:text/html")
_TAG = re.compile(
    r"""<([a-z][a-z0-9:-]{0,40})((?:=\s{0,9}"[^"]{0,5000}"|=\s{0,9}'[^']{0,5000}'|[^<>])*)>?""", re.IGNORECASE
)
_ATTRIBUTE_LIST = re.compile(r"\{:?([^{}\n]{1,1000})\}")
_VALUE = re.compile(r"""=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_HANDLER = re.compile(r"""(?:^|[\s/"':])on[a-z]{2,40}\s{0,9}=""", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\]\s?\(\s{0,9}<?|^[ \t>]{0,20}\[[^\[\]\n]{1,300}\]:\s{0,9}<?|<(?=[a-z&])", re.IGNORECASE | re.MULTILINE
)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\x9f]+")
_SHOWN = 300


def active_parts(text: str) -> Iterator[tuple[int, str]]:
    """Where each active part begins in `text`, and the part itself; `text` has no code and no comments left."""
    if not SUSPECT.search(text):
        return
    for tag in _TAG.finditer(text):
        if tag.group(1).lower() in _ELEMENTS or _is_active(tag.group(2)):
            yield tag.start(), tag.group()
    for attributes in _ATTRIBUTE_LIST.finditer(text):
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
    # Browsers decode entities first and drop blanks and control characters inside a scheme.
    return _INVISIBLE.sub("", unescape(address[:_SHOWN])).lower().startswith(_SCHEMES)

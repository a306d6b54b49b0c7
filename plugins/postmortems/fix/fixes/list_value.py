"""A list of front matter that is no list, or that holds a text with an unquoted colon, which YAML reads as a mapping.

`services: checkout` becomes `services: [checkout]`, and `- api: timeouts` becomes `- 'api: timeouts'`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal, ResolvedFinding
from postmortems.model.edit import Edit
from postmortems.model.place import Place
from postmortems.read.yaml_scalar import plain

_RULE = "invalid-value"
_TEXTS = ("services", "authors")
_LISTS = (*_TEXTS, "patterns", "sources")
_LISTS_OF_PATTERNS = ("aliases", "signals")
_WORDS = re.compile(r"[\w.+#&/-]{1,100}(?:,[ ]?[\w.+#&/-]{1,100}){0,20}")
_COLON = re.compile(r":(?=[ \t])")


def propose(document: Document, context: FixContext) -> Iterator[Proposal]:
    """An edit for each value that can only be meant for a list, and for each item that can only be meant for text."""
    lists = _LISTS_OF_PATTERNS if document.is_pattern else _LISTS
    for key in lists:
        value = document.front.values.get(key)
        if isinstance(value, str):
            yield from _scalar(document, key, value)
        elif isinstance(value, list) and (key in _TEXTS or document.is_pattern):
            yield from _items(document, key, value)


def _scalar(document: Document, key: str, value: str) -> Iterator[Proposal]:
    """The value in brackets. A comma may divide names or be part of one: it does the first between plain words."""
    place = document.front.document.places[(key,)]
    source = document.text_at(place)
    if source is None or source.startswith(("|", ">", "&", "*", "!")) or not value.strip():
        return
    if "," in value and (key == "authors" or source != value or not _WORDS.fullmatch(value)):
        return
    inside = plain(value) if source == value and "," not in value else source
    yield Proposal(Edit(place, f"[{inside}]"), (ResolvedFinding(_RULE, place),))


def _items(document: Document, key: str, value: Sequence[object]) -> Iterator[Proposal]:
    """The items that are a mapping of one plain key and one plain value on one line, in quotes."""
    for index, item in enumerate(value):
        if not isinstance(item, dict) or len(item) != 1:
            continue
        (inner,) = item
        read = document.front.document
        begin, end = read.keys[(key, index, inner)], read.places.get((key, index, inner))
        in_braces = read.places[(key, index)].column != begin.column
        if end is None or in_braces or begin.line != end.end_line:
            continue
        place = Place(begin.path, begin.line, begin.column, end.end_line, end.end_column)
        source = document.text_at(place) or ""
        if source[:1] in "\"'{[?" or not _COLON.search(source):
            continue
        yield Proposal(Edit(place, plain(source)), (ResolvedFinding(_RULE, read.places[(key, index)]),))


FIX = Fix(
    name="list-value",
    does="Turns a single value into a list (`services: checkout`), and quotes items with a colon.",
    propose=propose,
    rules=(_RULE,),
)

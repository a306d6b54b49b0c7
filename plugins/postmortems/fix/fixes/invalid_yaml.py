"""A text of front matter that YAML cannot read as it is (`title: DB: primary lost`) is put in quotes.

Only keys that hold one text are looked at, or the items of a list of texts, each on a line of its own, and only if all
of the front matter can be read afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal, ResolvedFinding
from postmortems.model.edit import Edit
from postmortems.model.place import Place
from postmortems.model.source import Source
from postmortems.read.front_matter import front_matter_lines
from postmortems.read.yaml_nodes import read_yaml
from postmortems.read.yaml_scalar import plain

_RULE = "invalid-yaml"
_MOST = 20
_KEYS = "title|owner|root_cause|trigger|description|subtitle|family"
_TEXT = re.compile(rf"(?P<head>(?:{_KEYS}):[ \t]{{1,40}})(?P<value>\S.{{0,1000}})")
_LIST = re.compile(r"(?P<head>[ \t]{0,40}-[ \t]{1,40})(?P<value>\S.{0,1000})")
_OPENS_LIST = re.compile(r"(?:services|authors|aliases|signals):[ \t]*(?:#.*)?")
_COMMENT = re.compile(r"[ \t]+#(?:[ \t]|$)")


def propose(document: Document, context: FixContext) -> Iterator[Proposal]:
    """One edit that quotes all texts that keep the front matter from being read."""
    problem = next((problem for problem in document.front.problems if problem.rule == _RULE), None)
    lines = front_matter_lines(document.source.text)
    if problem is None or lines is None or document.front.document.data is not None:
        return
    mended = list(lines)
    for _ in range(_MOST):
        read = read_yaml(Source(document.path, "\n".join(mended), 2))
        if not read.problems:
            break
        last = min(read.problems[0].place.line - 2, len(lines) - 1)
        # Some mistakes show on the next line only.
        unread = [index for index in (last, last - 1) if index >= 0 and mended[index] == lines[index]]
        at = next((index for index in unread if _quoted(mended, index)), None)
        if at is None:
            return
        mended[at] = _quoted(mended, at)
    else:
        return
    changed = [index for index, line in enumerate(mended) if line != lines[index]]
    if changed and isinstance(read.data, dict):
        first, last = changed[0], changed[-1]
        place = Place(document.path, first + 2, 1, last + 2, len(lines[last]) + 1)
        edit = Edit(place, "\n".join(mended[first : last + 1]))
        yield Proposal(edit, (ResolvedFinding(_RULE, problem.place),), reveals=True)


def _quoted(lines: list[str], index: int) -> str:
    """The line with its text in quotes; empty where it is not plain that it holds a text, and which."""
    line = lines[index]
    found = _TEXT.fullmatch(line) or (_LIST.fullmatch(line) if _is_item_of_texts(lines, index) else None)
    if found is None:
        return ""
    comment = _COMMENT.search(found["value"])
    value = (found["value"][: comment.start()] if comment else found["value"]).rstrip()
    # A text in quotes that holds the same quote may be meant with them or without.
    if (value[0] in "\"'" and value[0] == value[-1]) or value[0] in "|>":
        return ""
    behind = found["value"][len(value) :]
    return f"{found['head']}{plain(value)}{behind}"


def _is_item_of_texts(lines: list[str], index: int) -> bool:
    while index >= 0 and _LIST.fullmatch(lines[index]):
        index -= 1
    return index >= 0 and bool(_OPENS_LIST.fullmatch(lines[index].rstrip()))


FIX = Fix(
    name="invalid-yaml",
    does="Quotes a value that YAML cannot read without quotes, as in `title: 'DB: primary lost'`.",
    propose=propose,
    rules=(_RULE,),
)

"""The part of a document that holds its action items, so that the rest of it need not be parsed.

Maintainers: this answers only where the lines alone tell what a whole parse would find; for any other document it
returns the whole text. `tests/read/test_action_text.py` compares both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from postmortems.model.source import Source
from postmortems.read.bold_labels import LABEL

_HEADING = re.compile(r"(#{1,6})(?:[ \t]|$)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")


def action_text(source: Source, holds_actions: Callable[[str], bool]) -> Source:
    """The headings of a document, and what is below those that hold action items; `holds_actions` tells of the words of
    a heading whether it does."""
    if any(_needs_a_parse(line, holds_actions) for line in source.lines) or _has_underlined_heading(source.lines):
        return source
    kept: list[str] = []
    fence = ""
    level = 0
    for line in source.lines:
        if fence:
            if line.startswith(fence) and not line.strip(fence[0] + " \t"):
                fence = ""
        elif found := _FENCE.match(line):
            fence = found[1] or found[2]
        elif heading := _HEADING.match(line):
            depth = len(heading[1])
            if not level or depth <= level:
                level = depth if holds_actions(line[depth:]) else 0
            kept.append(line)
            continue
        if level:
            kept.append(line)
    return Source(source.path, "\n".join(kept), source.first)


def _needs_a_parse(line: str, holds_actions: Callable[[str], bool]) -> bool:
    """True for a line that may hide or make a heading: HTML, what is indented, and a bold label."""
    start = line.lstrip()
    is_indented = start != line
    if start.startswith("<"):
        return not (start.startswith("<!--") and "-->" in start)
    if start.startswith(("#", "```", "~~~")):
        return is_indented
    label = LABEL.fullmatch(line) if start.startswith(("**", "__")) else None
    return label is not None and holds_actions(label["words"])


def _has_underlined_heading(lines: Sequence[str]) -> bool:
    return any(before.strip() and _UNDERLINE.match(line) for before, line in pairwise(lines))

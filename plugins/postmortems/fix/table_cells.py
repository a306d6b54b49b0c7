"""Cells of one row of a table, where they are on its line."""

from __future__ import annotations

import re
from itertools import pairwise

_CELL_END = re.compile(r"(?<!\\)\|")


def cell_spans(line: str) -> list[tuple[int, int]]:
    """The begin and end of each cell's text on its line, counted from 0, blanks around it left out.

    A bar ends a cell unless a backslash is before it, in code too: GitHub Flavored Markdown, "Tables (extension)".
    """
    begin, end = len(line) - len(line.lstrip()), len(line.rstrip())
    bars = [found.start() for found in _CELL_END.finditer(line, begin, end)]
    edges = [begin - 1, *bars, end]
    if bars and bars[0] == begin:
        edges = edges[1:]
    if bars and bars[-1] == end - 1:
        edges = edges[:-1]
    return [_trimmed(line, first + 1, last) for first, last in pairwise(edges)]


def _trimmed(line: str, begin: int, end: int) -> tuple[int, int]:
    text = line[begin:end]
    if not text.strip():
        # Where something is written into an empty cell, a blank stays on both sides.
        middle = begin + min(1, len(text))
        return middle, middle
    return begin + len(text) - len(text.lstrip()), begin + len(text.rstrip())

"""Edits → a file's text, in which everything outside them stays byte for byte.

Line ends are the file's own: an edit writes that of the line on which it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from postmortems.model.edit import Edit

BOM = "\ufeff"
_BEHIND_LINE_END = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")


def rewritten(data: bytes, edits: Iterable[Edit]) -> bytes:
    """A file of UTF-8 text after those of these edits that do not overlap; a byte order mark is the first character of
    its first line."""
    lines = _BEHIND_LINE_END.split(data.decode("utf-8"))  # The last line has no end, and may be empty.
    made: list[str] = []
    done = 0
    for group in _groups(without_overlaps(edits)):
        made += lines[done : group[0].place.line - 1]
        made.append(_edited(lines, group))
        done = group[-1].place.end_line
    return "".join([*made, *lines[done:]]).encode("utf-8")


def without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    """Edits that can be made at once, in the order of the text: of two that overlap, the one that begins first.

    Two that only insert at the same place do not overlap; they are made in the order in which they are given.
    """
    fitting: list[Edit] = []
    done = (0, 0)
    for edit in sorted(edits, key=lambda edit: (_begin(edit), _end(edit))):
        if _begin(edit) >= done and edit not in fitting[-1:]:
            fitting.append(edit)
            done = _end(edit)
    return fitting


def _begin(edit: Edit) -> tuple[int, int]:
    return edit.place.line, edit.place.column


def _end(edit: Edit) -> tuple[int, int]:
    return edit.place.end_line, edit.place.end_column


def _groups(edits: Iterable[Edit]) -> list[list[Edit]]:
    """The edits, those together that share a line."""
    groups: list[list[Edit]] = []
    for edit in edits:
        if groups and edit.place.line <= groups[-1][-1].place.end_line:
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return groups


def _edited(lines: Sequence[str], group: list[Edit]) -> str:
    """The text of the lines that a group touches, after its edits."""
    pieces: list[str] = []
    row, column = group[0].place.line - 1, 0
    for edit in group:
        start = (edit.place.line - 1, _offset(lines, edit.place.line, edit.place.column))
        pieces.append(_between(lines, (row, column), start))
        pieces.append(edit.text.replace("\n", _line_end(lines, start[0])))
        row, column = edit.place.end_line - 1, _offset(lines, edit.place.end_line, edit.place.end_column)
    return "".join([*pieces, lines[row][column:]])


def _offset(lines: Sequence[str], line: int, column: int) -> int:
    """The column as an index into the line. A byte order mark is before the text as it is read, in column 0."""
    return column - 1 + (line == 1 and lines[0].startswith(BOM))


def _between(lines: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    if start[0] == end[0]:
        return lines[start[0]][start[1] : end[1]]
    whole = lines[start[0] + 1 : end[0]]
    return "".join([lines[start[0]][start[1] :], *whole, lines[end[0]][: end[1]]])


def _line_end(lines: Sequence[str], index: int) -> str:
    return _end_of(lines[index]) or (_end_of(lines[index - 1]) if index else "") or "\n"


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]

"""Edits → a file's text, in which everything outside them stays byte for byte.

Line ends are the file's own: an edit writes that of the line on which it begins. Each line remembers where it came
from, so that what has changed can be shown without comparing two texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from postmortems.model.edit import Edit

BOM = "\ufeff"
_BEHIND_LINE_END = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end. `origin` is its index in the file before all edits, or -1 where an edit wrote it."""

    text: str
    origin: int

    @property
    def end(self) -> str:
        """Its line end: empty on the last line of a file that has none."""
        return self.text[len(self.text.rstrip("\r\n")) :]


Lines = tuple[Line, ...]
"""A whole file. The last line has no end, and is empty where the file closes with one."""


def lines_of(data: bytes) -> Lines:
    """The lines of a file of UTF-8 text; a byte order mark is the first character of the first line."""
    return tuple(Line(text, number) for number, text in enumerate(_split(data.decode("utf-8"))))


def bytes_of(lines: Iterable[Line]) -> bytes:
    """The bytes of a file with these lines."""
    return "".join(line.text for line in lines).encode("utf-8")


def without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    """Those edits that can be made at once, in the order of the text: of two that overlap, the one that begins first.

    Two that only insert at the same place do not overlap; they are made in the order in which they are given.
    """
    fitting: list[Edit] = []
    done = (0, 0)
    for edit in sorted(edits, key=lambda one: (_begin(one), _end(one))):
        if _begin(edit) >= done and edit not in fitting[-1:]:
            fitting.append(edit)
            done = _end(edit)
    return fitting


def rewritten(lines: Lines, edits: Sequence[Edit]) -> Lines:
    """The lines after these edits, which must be ordered and free of overlaps."""
    made: list[Line] = []
    done = 0
    for group in _groups(edits):
        first, last = group[0].place.line - 1, group[-1].place.end_line - 1
        made += lines[done:first]
        made += _with_origins(lines[first : last + 1], _split(_edited(lines, group)), last == len(lines) - 1)
        done = last + 1
    return (*made, *lines[done:])


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


def _edited(lines: Lines, group: list[Edit]) -> str:
    """The text of the lines that a group touches, after its edits."""
    pieces: list[str] = []
    row, column = group[0].place.line - 1, 0
    for edit in group:
        start = (edit.place.line - 1, _offset(lines, edit.place.line, edit.place.column))
        pieces.append(_between(lines, (row, column), start))
        pieces.append(edit.text.replace("\n", _line_end(lines, start[0])))
        row, column = edit.place.end_line - 1, _offset(lines, edit.place.end_line, edit.place.end_column)
    return "".join([*pieces, lines[row].text[column:]])


def _offset(lines: Lines, line: int, column: int) -> int:
    """The column as an index into the line. A byte order mark stands before the text as it is read, in column 0."""
    return column - 1 + (line == 1 and lines[0].text.startswith(BOM))


def _between(lines: Lines, start: tuple[int, int], end: tuple[int, int]) -> str:
    if start[0] == end[0]:
        return lines[start[0]].text[start[1] : end[1]]
    whole = (line.text for line in lines[start[0] + 1 : end[0]])
    return "".join([lines[start[0]].text[start[1] :], *whole, lines[end[0]].text[: end[1]]])


def _line_end(lines: Lines, index: int) -> str:
    return lines[index].end or (lines[index - 1].end if index else "") or "\n"


def _split(text: str) -> list[str]:
    """Lines with their ends, and what stands behind the last end, be it nothing."""
    return _BEHIND_LINE_END.split(text)


def _with_origins(old: Sequence[Line], new: list[str], at_end: bool) -> list[Line]:
    """The new lines; those at the beginning and the end that are still the old ones keep their origin."""
    if not at_end and new and not new[-1]:
        new.pop()
    same = 0
    while same < min(len(old), len(new)) and old[same].text == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail].text == new[-1 - tail]:
        tail += 1
    written = [Line(text, -1) for text in new[same : len(new) - tail]]
    return [*old[:same], *written, *old[len(old) - tail :]]

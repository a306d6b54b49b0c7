"""Rows of text as a table that fits the terminal: columns as wide as what is in them, and the widest cut where they
must be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postmortems.text.terminal import escape_controls, width

_GAP = "  "
_LABEL = 12
_NARROWEST = 8
"""A column is never cut below this many cells of the terminal; where all are, lines may run on."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, whether its cells are numbers, and whether they may be cut."""

    head: str
    is_number: bool = False
    may_be_cut: bool = False


def table_text(columns: Sequence[Column], rows: Sequence[Sequence[str]], widest: int | None, *, colour: bool) -> str:
    """The table as lines, its head first and bold where colours are asked for; without a `widest` nothing is cut."""
    cells = [[escape_controls(cell) for cell in row] for row in rows]
    widths = [max([width(column.head), *(width(row[place]) for row in cells)]) for place, column in enumerate(columns)]
    if widest is not None:
        _narrow(widths, columns, widest)
    head = _line([column.head for column in columns], widths, columns)
    lines = [f"\x1b[1m{head}\x1b[0m" if colour else head, *(_line(row, widths, columns) for row in cells)]
    return "\n".join(lines) + "\n"


def cut(text: str, widest: int) -> str:
    """A text that takes at most so many cells of a terminal, cut with an ellipsis; wide letters take two."""
    if width(text) <= widest:
        return text
    kept, taken = [], 0
    for letter in text:
        taken += width(letter)
        if taken > widest - 1:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + "…"


def wrapped(text: str, widest: int) -> list[str]:
    """A text in lines of so many cells of a terminal; a word that is longer has one of its own."""
    lines: list[str] = [""]
    for word in escape_controls(text).split():
        if lines[-1] and width(lines[-1]) + 1 + width(word) > widest:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines


def labelled(name: str, words: str, widest: int | None) -> Iterator[str]:
    """A fact beside its name, its further lines below the first; in one line where `widest` is None."""
    lines = [escape_controls(words)] if widest is None else wrapped(words, widest - _LABEL)
    for place, line in enumerate(lines):
        yield f"{name if place == 0 else '':<{_LABEL}}{line}"


def _narrow(widths: list[int], columns: Sequence[Column], widest: int) -> None:
    """Take from the widest of the columns that may be cut, until all fit or none can give more."""
    gaps = len(_GAP) * (len(columns) - 1)
    while (too_much := sum(widths) + gaps - widest) > 0:
        givers = [place for place, column in enumerate(columns) if column.may_be_cut and widths[place] > _NARROWEST]
        if not givers:
            return
        givers.sort(key=lambda place: widths[place])
        next_widest = widths[givers[-2]] if len(givers) > 1 else _NARROWEST
        spare = max(1, widths[givers[-1]] - max(next_widest, _NARROWEST))
        widths[givers[-1]] -= min(too_much, spare)


def _line(cells: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    parts = []
    for cell, wide, column in zip(cells, widths, columns, strict=True):
        shown = cut(cell, wide)
        blanks = " " * (wide - width(shown))
        parts.append(f"{blanks}{shown}" if column.is_number else f"{shown}{blanks}")
    return _GAP.join(parts).rstrip()

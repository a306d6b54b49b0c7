"""A line as it is in its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postmortems.model.quick_pickle import quickly_pickled

LONGEST = 1000
"""The most characters of a line that a regular expression of somebody else's gets to see at once."""

_STEP = 600


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line that may hold what nobody should publish: a secret, or personal data. What it holds, a rule decides.

    Reading keeps these lines from every part of a file, front matter, comments, code and JSON included, since what is
    made of a file leaves out most of that. `path` is relative to the docs folder, `line` counts from 1, and `text` is
    whole and without its end.
    """

    path: str
    line: int
    text: str


def chunks(line: str) -> Iterator[tuple[int, str]]:
    """A line in pieces of at most LONGEST characters, each with the place at which it begins, from 0.

    They overlap: what is no longer than LONGEST - _STEP characters is whole in one of them.
    """
    for begin in range(0, max(1, len(line) - LONGEST + _STEP), _STEP):
        yield begin, line[begin : begin + LONGEST]

"""Answers of a bounded size, with nothing in them that must not be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from postmortems.check.masking import Masking
from postmortems.text.json import json_text, with_texts

LONGEST_ANSWER = 60_000
"""Characters of an answer's JSON: some 15,000 tokens."""

LONGEST_TEXT = 8_000
"""Characters of one text in an answer."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """Elements of a list, as many as have room; `next_offset` is the number of the first that has none, else None."""

    elements: list[Any]
    next_offset: int | None
    was_cut: bool


def bounded(elements: Iterable[Any], offset: int, most: int, room: int = LONGEST_ANSWER) -> Bounded:
    """The elements from `offset` on, at most so many and of at most so many characters; one at least, if there is one.

    A text that is longer than LONGEST_TEXT is cut, and says so.
    """
    every = list(elements)
    taken: list[Any] = []
    was_cut = False
    for element in every[offset : offset + most]:
        short, is_cut = _short(element)
        room -= len(json_text(short))
        if taken and room < 0:
            break
        taken.append(short)
        was_cut |= is_cut
    end = offset + len(taken)
    return Bounded(taken, end if end < len(every) else None, was_cut)


def _short(value: Any) -> tuple[Any, bool]:
    """A value whose texts are no longer than they may be, and whether one was."""
    cut = False

    def shortened(text: str) -> str:
        nonlocal cut
        if len(text) <= LONGEST_TEXT:
            return text
        cut = True
        return f"{text[:LONGEST_TEXT]}… [cut: {len(text):,} characters in all]"

    return with_texts(value, shortened), cut


def masked(value: Any, masking: Masking, path: str) -> Any:
    """A value from the file at `path`, with stars in place of secrets and personal data."""
    return with_texts(value, lambda text: masking.text(path, text))

"""Answers of a bounded size, with nothing in them that must not be shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from postmortems.check.masking import Masking
from postmortems.text.json import with_texts

LONGEST_ANSWER = 60_000
"""Characters of an answer's JSON: some 15,000 tokens."""

LONGEST_TEXT = 8_000
"""Characters of one text in an answer."""

LONGEST_ELEMENT = 20_000
"""Characters of the texts of one element, such as a section or the facts of a postmortem."""

_SHORTEST = 200
"""Characters of a text that are shown in any case."""

_INDENT = 8
"""Spaces before each line of an element where the SDK writes the answer."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """Elements of a list, as many as have room; `next_offset` is the number of the first that has none, else None.
    `room` is the number of characters that are left."""

    elements: list[Any]
    next_offset: int | None
    was_cut: bool
    room: int

    def left(self, what: str, also: str = "") -> list[str]:
        """Words on what is left out, and how to ask for it."""
        again = f"more {what}: ask again with {also}offset={self.next_offset}"
        return [*([] if self.next_offset is None else [again]), *self.cut(what)]

    def cut(self, what: str) -> list[str]:
        """Words on what was too long."""
        return [f"a long text or list of {what} is cut"] if self.was_cut else []


def bounded(
    elements: Sequence[Any],
    offset: int,
    most: int,
    room: int = LONGEST_ANSWER,
    shown: Callable[[Any], Any] = lambda element: element,
    is_first: bool = True,
) -> Bounded:
    """The elements from `offset` on as they are `shown`, at most so many and of at most so many characters.

    There is one at least if there are any, so that a reader gets on; none if they are not the first of an answer. An
    element that is too long is cut.
    """
    taken: list[Any] = []
    was_cut = False
    for element in elements[offset : offset + most]:
        short, is_cut = shortened(shown(element))
        size = _size(short)
        if size > room and (taken or not is_first):
            break
        room -= size
        taken.append(short)
        was_cut |= is_cut
    end = offset + len(taken)
    return Bounded(taken, end if end < len(elements) else None, was_cut, room)


def shortened(value: Any) -> tuple[Any, bool]:
    """A value with at most LONGEST_ELEMENT characters of text, none longer than LONGEST_TEXT, and whether it was cut.

    A text that is cut says so; a list ends where there is no more room.
    """
    room, was_cut = LONGEST_ELEMENT, False

    def short(value: Any) -> Any:
        nonlocal room, was_cut
        if isinstance(value, str):
            most = min(LONGEST_TEXT, max(room, _SHORTEST))
            room -= len(value)
            if len(value) > most:
                was_cut = True
                return f"{value[:most]}… [cut: {len(value):,} characters in all]"
        elif isinstance(value, Mapping):
            return {name: short(each) for name, each in value.items()}
        elif isinstance(value, (list, tuple)):
            kept = []
            for each in value:
                if room <= 0:
                    was_cut = True
                    break
                room -= 1
                kept.append(short(each))
            return kept
        return value

    return short(value), was_cut


def masked(value: Any, masking: Masking, path: str) -> Any:
    """A value from the file at `path`, with stars in place of secrets and personal data."""
    return with_texts(value, lambda text: masking.text(path, text))


def _size(element: Any) -> int:
    text = json.dumps(element, indent=2, ensure_ascii=False)
    return len(text) + _INDENT * (text.count("\n") + 1)

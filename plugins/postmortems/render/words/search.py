"""Words about an answer of the search: the passage around what was asked for, and what helps now."""

from __future__ import annotations

import re
from collections.abc import Callable

from postmortems.model.pattern import Pattern
from postmortems.model.section import BlockKind, Section
from postmortems.render.words.incident import clipped
from postmortems.render.words.plain import opening, plain_words

LONGEST_PASSAGE = 240
"""The length of a passage, in characters: two lines and a half of a list."""

_BEFORE = 60
_RIGHT_NOW = "right now"
_HELPS = "what helps"
_DO = re.compile(r"\*\*Do\b[:.]?\*\*[:.]?\s*(.*)", re.DOTALL)
_COMMAND = re.compile(r"\s`[^`]{1,500}`\s*\Z")
"""The command that ends a step; a list of answers has no room for it."""

_WORD = re.compile(r"\w+")


def passage_words(text: str, is_asked: Callable[[str], bool], most: int = LONGEST_PASSAGE) -> str:
    """A block's plain words around the first one that was asked for, cut at words."""
    plain = plain_words(text)
    if len(plain) <= most:
        return plain
    first = next((found.start() for found in _WORD.finditer(plain) if is_asked(found[0])), 0)
    begin = 0 if first <= most - _BEFORE else plain.rfind(" ", 0, first - _BEFORE) + 1
    return ("…" if begin else "") + clipped(plain[begin:], most)


def helps_now(pattern: Pattern) -> str:
    """The first sentence of the first thing to do right now, else of what helps; empty where a pattern has neither.

    A step of `## Right now` is an item of its list that begins with a bold *Do*.
    """
    for section in _titled(pattern, _RIGHT_NOW):
        for block in section.all_blocks():
            if block.kind is BlockKind.LIST_ITEM and (found := _DO.match(block.text)):
                step = block._replace(text=_COMMAND.sub("", found[1]))
                return opening([step], LONGEST_PASSAGE) or ""
    told = (opening(section.all_blocks(), LONGEST_PASSAGE) for section in _titled(pattern, _HELPS))
    return next((words for words in told if words), "")


def _titled(pattern: Pattern, beginning: str) -> list[Section]:
    return [section for section in pattern.body.walk() if section.title.casefold().startswith(beginning)]

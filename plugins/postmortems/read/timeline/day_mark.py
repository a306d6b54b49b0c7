"""Days that are told by another day: `next day`, `+1 day`, `Day 2`; and times that are told by the start: `T+8m`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from postmortems.read.languages import ENGLISH, pattern_of, plain_word, word_list, words


class Base(StrEnum):
    """The day that a mark counts from."""

    FIRST = "the incident's first day"
    NAMED = "the day that was named last"
    ABOVE = "the day of the row above"


@dataclass(frozen=True, slots=True)
class DayMark:
    """Number of days after another day. `Day 2` is one day after the first, unless the timeline has a `Day 0`."""

    base: Base
    days: int
    written: str


_NUMBERED = word_list("day_number_words", ENGLISH)
_PHRASES = words("days_from_a_day", ENGLISH)
_LEADS = word_list("days_from_a_day_leads", ENGLISH)
_MARK = re.compile(
    rf"""{pattern_of(_NUMBERED)}\s?\#?(?P<number>\d{{1,3}})(?!\w|[.:]\d)
      | (?:D\s?)?\+\s?(?P<plus>\d{{1,3}})\s?{pattern_of(word_list("day_units", ENGLISH))}(?!\w)
      | D\s?\+\s?(?P<d_plus>\d{{1,3}})(?!\w|:)
      | (?:{pattern_of(_LEADS)}\s)?(?P<phrase>{pattern_of(_PHRASES)})(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
MARK_STARTS = frozenset("+") | {
    letter for word in (*_NUMBERED, *_PHRASES, *_LEADS, "d") for letter in (word[0], word[0].upper())
}
_ELAPSED = re.compile(
    r"""T\s?(?P<sign>[+\-−–])\s?
        (?: (?P<hours>\d{1,3}):(?P<minutes>\d{2})(?::(?P<seconds>\d{2}))?
          | (?:(?P<d>\d{1,3})\s?(?:d|days?)\s?)? (?:(?P<h>\d{1,4})\s?(?:h|hrs?|hours?)\s?)?
            (?:(?P<m>\d{1,5})\s?(?:m|mins?|minutes?)\s?)? (?:(?P<s>\d{1,6})\s?(?:s|secs?|seconds?))?
        )(?<=[\dA-Za-z])(?![\w:]) | T\s?[+\-−–]?\s?0(?![\w:])""",
    re.VERBOSE | re.IGNORECASE,
)


def match_day_mark(text: str, start: int) -> tuple[DayMark, int] | None:
    """The day told by another one that begins at `start`, and where it ends."""
    if text[start : start + 1] not in MARK_STARTS or not (found := _MARK.match(text, start)):
        return None
    kind = found.lastgroup
    if kind == "number":
        mark = DayMark(Base.FIRST, int(found["number"]), found[0])
    elif kind in ("plus", "d_plus"):
        mark = DayMark(Base.NAMED, int(found[kind]), found[0])
    else:
        meaning = _PHRASES.get(plain_word(found["phrase"]), "")
        mark = DayMark(Base.ABOVE, {"next": 1, "same": 0}.get(meaning, -1), found[0])
    return mark, found.end()


def match_elapsed(text: str, start: int) -> tuple[timedelta, int] | None:
    """The time since the start that begins at `start` (`T+8m`, `T-2h`, `T+1:20`, `T0`), and where it ends."""
    if text[start : start + 1] not in ("T", "t") or not (found := _ELAPSED.match(text, start)):
        return None
    if not found["sign"]:
        return timedelta(0), found.end()
    figures = {name: int(found[name] or 0) for name in ("hours", "minutes", "seconds", "d", "h", "m", "s")}
    if not any(found[name] for name in figures):
        return None
    length = timedelta(
        days=figures["d"],
        hours=figures["hours"] + figures["h"],
        minutes=figures["minutes"] + figures["m"],
        seconds=figures["seconds"] + figures["s"],
    )
    return (length if found["sign"] == "+" else -length), found.end()

"""A time as an author writes it at the head of an entry → what it says, and what follows it.

Times stand inside emphasis, code, brackets and links (`**14:23 UTC** - …`, `[14:23](…)`). So the reader steps over
such marks while it looks for the parts of a time; marks that are still open behind the time are given back to the text.
"""

from __future__ import annotations

import re

from postmortems.read.timeline.clock import match_clock
from postmortems.read.timeline.stamp import Stamp
from postmortems.read.timeline.written_day import match_day
from postmortems.read.timeline.zones import ZONE, zone_named

_MARK = re.compile(r"\s+|\*{1,3}|_{1,3}|`|\[|\]|\(|\)|,|:(?=\s*[`*_]*\s)")
_CLOSING = {"[": "]", "(": ")"}
_SEPARATOR = re.compile(r"\s*(?:-{1,3}>?(?!\d)|[–—―→⇒]|=>|[:;,|.](?=\s|$|[*_`\])]))\s*")
_TARGET = re.compile(r"\(\s?<?([^()\s<>]{0,1000})>?\s?\)")
_APPROXIMATE = re.compile(
    r"(?:[~≈∼]|(?:approx(?:imately)?\b\.?|about\b|around\b|circa\b|c\.|ca\.|roughly\b|est(?:imated)?\.)\s?)\s?(?=[\d*_`(\[A-Z])",
    re.I,
)
_APPROXIMATE_AFTER = re.compile(r"[~≈]|ish\b|approx(?:imately|\.)?(?!\w)|\?(?=\s|$|[)*`\]])", re.I)
_FILLER = re.compile(r"(?:at|on|from|by|between|since)\s+(?=[\d*_`(\[~A-Z])", re.I)
_JOINT = re.compile(r"(?:at|on|@|T(?=\d))\s?", re.I)
_DAY_THEN_CLOCK = re.compile(r"\s{0,3}[-–—:|]\s{0,3}(?=~?\d{1,2}:\d{2}(?!\d))")
_NO_CLOCK = re.compile(r"(?:unknown|[?x\-–]{1,2}:[?x\-–]{2}|\?{1,3}|n/?a|tbd|tbc)(?!\w)", re.IGNORECASE)
_UNKNOWN_CELL = re.compile(
    r"[\s*_`()\[\]]*(?:unknown|[?x\-–]{1,2}:[?x\-–]{2}|\?{1,3}|[-–—.]{0,3}|n/?a|tbd|tbc)[\s*_`()\[\]]*", re.I
)
_TO = re.compile(r"\s*(?:-{1,2}>?|[–—―→]|to\b|until\b|till\b|through\b)\s*(?=[~\dA-Z])", re.IGNORECASE)
_MARKS_BEFORE_DASH = re.compile(r"[*_`]{1,3}(?=\s*[-–—])")
_BEHIND = re.compile(r"[+\-−]\d{2}:\d{2}(?![\d:])")
_TAIL = 50
_MOST_MARKS = 6
"""So many marks may stand open around a time; more are no writing, and bounding them bounds the work."""
_WORD = re.compile(r"(?<![\w:./-])[A-Z0-9~*`]")
_LEADS_TO_TIME = re.compile(r"(?:\s(?:at|on|around|@))?[\s:,–—-]{0,5}\Z")
_STARTS = frozenset("0123456789*_`[(~≈∼?xX-–ABCDEFGHIJKLMNOPQRSTUVWZabcdefhijlmnorstuw")


def read_stamp(text: str, *, cell: bool = False, dotted: bool = False) -> Stamp | None:
    """The time at the head of `text`, or None where it begins with something else.

    `cell` reads what may only be meant as a time in a time column (`14.23`, `1423`, `12-05`, `-`); `dotted` takes
    `14.23` for a time elsewhere, too.
    """
    if text[:1] not in _STARTS and not (text[:1].isspace() or cell):
        return None
    if cell and len(text) < _TAIL and _UNKNOWN_CELL.fullmatch(text):
        return Stamp(0, len(text), text.strip(" *_`"), "", unknown=True, separated=True)
    reader = _Reader(text, cell, dotted or cell)
    return reader.read()


def read_stamp_at_end(text: str) -> Stamp | None:
    """The day and time of day that end `text` ("Contract deployed at 2021-02-13 5:37 UTC"); `rest` is what precedes it.

    Both must be there: a sentence may end with a figure for many reasons.
    """
    tail = max(0, len(text) - _TAIL)
    if ":" not in text[tail:]:
        return None
    for found in _WORD.finditer(text, tail):
        stamp = read_stamp(text[found.start() :])
        if stamp and stamp.day and stamp.clock and not stamp.rest.strip(".") and not stamp.marks:
            stamp.start, stamp.end = stamp.start + found.start(), stamp.end + found.start()
            stamp.rest = _LEADS_TO_TIME.sub("", text[: found.start()]).rstrip()
            return stamp
    return None


class _Reader:
    """One walk over the head of a text."""

    def __init__(self, text: str, cell: bool, dotted: bool) -> None:
        self.text, self.cell, self.dotted = text, cell, dotted
        self.stamp = Stamp()
        self.marks: list[tuple[str, int]] = []

    def read(self) -> Stamp | None:
        stamp, text = self.stamp, self.text
        position = self._skip(0)
        stamp.start = position
        if found := _FILLER.match(text, position):
            position = self._skip(found.end())
        end = -1
        while (after := self._part(position)) is not None:
            end = after
            stamp.marks = list(self.marks)
            position = self._skip(after)
            if found := _JOINT.match(text, position):
                position = self._skip(found.end())
            elif stamp.day and stamp.clock is None and (found := _DAY_THEN_CLOCK.match(text, position)):
                position = found.end()
        if end < 0:
            return None
        end = self._until(end)
        stamp.end = end
        stamp.written = re.sub(r"[*`]", "", text[stamp.start : end]).strip()
        self._close(end)
        return stamp

    def _skip(self, position: int) -> int:
        """Past blanks and marks, keeping account of which marks are open."""
        while len(self.marks) < _MOST_MARKS and (found := _MARK.match(self.text, position)):
            mark = found[0]
            if not mark.isspace() and mark not in ",:":
                if mark == "]" and self.text.startswith("(", found.end()):
                    # What follows is a link's target, in which no time is looked for.
                    break
                if self.marks and _CLOSING.get(self.marks[-1][0], self.marks[-1][0]) == mark:
                    self.marks.pop()
                elif mark in "])":
                    break
                else:
                    self.marks.append((mark, position))
            position = found.end()
        return position

    def _part(self, position: int) -> int | None:
        """Where the part of a time that begins at `position` ends, after noting what it says."""
        stamp, text = self.stamp, self.text
        character = text[position : position + 1]
        if not character:
            return None
        if not stamp.approximate and (found := _APPROXIMATE.match(text, position)):
            if self._follows(found.end()):
                stamp.approximate = True
                return self._part(self._skip(found.end()))
            return None
        if character.isdigit() and stamp.clock is None and not stamp.unknown and (end := self._clock(position)):
            return end
        if stamp.day is None or stamp.day.only_weekday:
            alone = self.cell and stamp.clock is None
            if day := match_day(text, position, alone=alone):
                if day[0].only_weekday and stamp.day is not None:
                    return None
                stamp.day = day[0]
                return day[1]
        elif day := (match_day(text, position) if character.isupper() else None):
            return day[1] if day[0].only_weekday and stamp.day.weekday is None else None
        if stamp.clock is None:
            found = None if stamp.unknown else _NO_CLOCK.match(text, position)
            if found and (self.cell or stamp.day or self._ends(found.end())):
                stamp.unknown = True
                return found.end()
        elif found := _APPROXIMATE_AFTER.match(text, position):
            stamp.approximate = True
            return found.end()
        return self._zone(position) if stamp.zone is None else None

    def _follows(self, position: int) -> bool:
        """Whether a time begins at `position`; asked before a word such as "about" is taken for part of one."""
        other = _Reader(self.text, False, self.dotted)
        other.stamp.approximate = True
        return other._part(other._skip(position)) is not None

    def _ends(self, position: int) -> bool:
        if any(mark in "*_`[(" for mark, _ in self.marks):
            return True
        return bool(_SEPARATOR.match(self.text, position))

    def _clock(self, position: int) -> int | None:
        clock = match_clock(self.text, position, cell=self.cell, dotted=self.dotted)
        if clock is None:
            return None
        self.stamp.clock, end = clock
        if end < len(self.text) and self.text[end] in "+-−" and (found := _BEHIND.match(self.text, end)):
            # `-05:00` behind a time is an offset in ISO's own form, else the end of a range.
            iso = self.text[max(0, position - 1) : position] == "T" or self.text[position:end].count(":") > 1
            if found[0][0] == "+" or iso:
                self.stamp.zone = zone_named(found[0].replace("-", "−"))
                end = found.end()
        return end

    def _zone(self, position: int) -> int | None:
        found = ZONE.match(self.text, position)
        if not found or (self.stamp.clock is None and self.stamp.day is None):
            return None
        if len(found[0]) == 1 and not self.text[position - 1].isdigit():
            return None
        zone = zone_named(found[0])
        if zone is None:
            return None
        self.stamp.zone = zone
        return found.end()

    def _until(self, end: int) -> int:
        """Where a range that goes on behind `end` ends; `end` where none does."""
        stamp, text = self.stamp, self.text
        position = end
        closed = list(self.marks)
        self.marks = list(stamp.marks)
        if found := _MARKS_BEFORE_DASH.match(text, position):
            position = self._skip(found.start())
            while position > found.start() and text[position - 1].isspace():
                position -= 1
        to = _TO.match(text, position)
        if to is None or stamp.unknown:
            self.marks = closed
            return end
        position = self._skip(to.end())
        if text[position : position + 1] in "~≈":
            stamp.approximate = True
            position += 1
        day = match_day(text, position)
        if day and day[0].only_weekday:
            day = None
        before = list(self.marks)
        after = self._skip(day[1]) if day else position
        if day and text[after : after + 1] == "T":
            after += 1
        self.dotted = self.dotted or bool(stamp.clock and ":" not in stamp.written)
        digit = stamp.clock is not None and text[after : after + 1].isdigit()
        clock = match_clock(text, after, cell=self.cell, dotted=self.dotted) if digit else None
        if clock:
            stamp.until, end = clock
            stamp.until_day = day[0] if day else None
        elif day and stamp.clock is None:
            stamp.until_day, end = day
            self.marks = before
        else:
            return end
        stamp.marks = list(self.marks)
        if stamp.zone is None or clock:
            behind = self._skip(end)
            found = ZONE.match(text, behind)
            if found and clock and (zone := zone_named(found[0])) and (len(found[0]) > 1 or behind == end):
                stamp.zone = zone if stamp.zone is None else stamp.zone
                stamp.marks = list(self.marks)
                end = found.end()
        return end

    def _close(self, position: int) -> None:
        """Step over closing marks and a separator behind the time; what stays open is given back to the rest."""
        stamp, text = self.stamp, self.text
        marks = list(stamp.marks)
        for _ in range(2 * _MOST_MARKS):
            closing = _CLOSING.get(marks[-1][0], marks[-1][0]) if marks else ""
            if closing and (at := text.find(closing, position, position + 6)) >= 0 and not text[position:at].strip():
                position = at + len(closing)
                if marks.pop()[0] == "[" and (found := _TARGET.match(text, position)):
                    stamp.link, position = found[1], found.end()
            elif found := _SEPARATOR.match(text, position):
                stamp.separated = True
                position = found.end()
            else:
                break
        stamp.separated = stamp.separated or not text[position:].strip() or len(marks) < len(stamp.marks)
        stamp.marks = marks
        stamp.rest = "".join(mark for mark, _ in marks) + text[position:].strip()

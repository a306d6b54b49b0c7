"""The parts of a time, one after the other: day, time of day, zone, words of doubt; and the marks around them."""

from __future__ import annotations

import re

from postmortems.read.timeline.clock import match_clock, match_word
from postmortems.read.timeline.day_mark import match_day_mark, match_elapsed
from postmortems.read.timeline.qualifiers import match_part_of_day, match_qualifier, match_qualifier_behind
from postmortems.read.timeline.time_text import TimeText
from postmortems.read.timeline.written_day import match_day
from postmortems.read.timeline.zones import ZONE, Zone, zone_named

_MARK = re.compile(r"\s+|<br\s?/?>|\*{1,3}|_{1,3}|`|\[|\]|\(|\)|,|:(?=\s*[`*_]*\s)", re.IGNORECASE)
CLOSING = {"[": "]", "(": ")"}
SEPARATOR = re.compile(r"\s*(?:-{1,3}>?(?!\d)|[–—―→⇒]|=>|[:;,|.](?=\s|$|[*_`\])]))\s*")
_JOINT = re.compile(r"(?:at|on|@|T(?=~?\d))\s?", re.I)
_DAY_THEN_CLOCK = re.compile(r"\s{0,3}[-–—:|]\s{0,3}(?=~?\d{1,2}:\d{2}(?!\d))")
_NO_CLOCK = re.compile(r"(?:unknown|[?x\-–]{1,2}:[?x\-–]{2}|\?{1,3}|n/?a|tbd|tbc)(?!\w)", re.IGNORECASE)
_BEHIND = re.compile(r"[+\-−]\d{2}:\d{2}(?![\d:])")
_MOST_QUALIFIERS = 2
"""`until ~11:00` has two. Each is asked what follows it, so that more would multiply the work."""
MOST_MARKS = 6
"""Maximum number of open marks around a time; more are no writing, and bounding them bounds the work."""


class PartReader:
    """One walk over the head of a text, with the marks that are open so far."""

    def __init__(self, text: str, cell: bool, dotted: bool) -> None:
        self.text, self.cell, self.dotted = text, cell, dotted
        self.stamp = TimeText()
        self.marks: list[tuple[str, int]] = []
        self.qualifiers = 0

    def parts(self, position: int) -> int:
        """The end of the last of the parts that begin at `position`; -1 if there is none."""
        stamp, text = self.stamp, self.text
        end = -1
        while (after := self._part(position)) is not None:
            end = after
            stamp.marks = list(self.marks)
            position = self.skip(after)
            if found := _JOINT.match(text, position):
                position = self.skip(found.end())
            elif stamp.day and stamp.clock is None and (found := _DAY_THEN_CLOCK.match(text, position)):
                position = found.end()
        return end

    def skip(self, position: int) -> int:
        """Past blanks and marks, keeping account of which marks are open."""
        while len(self.marks) < MOST_MARKS and (found := _MARK.match(self.text, position)):
            mark = found[0]
            if not mark.isspace() and mark[0] not in ",:<":
                if mark == "]" and self.text.startswith("(", found.end()):
                    # What follows is a link's target, in which no time is looked for.
                    break
                if self.marks and CLOSING.get(self.marks[-1][0], self.marks[-1][0]) == mark:
                    self.marks.pop()
                elif mark in "])":
                    break
                else:
                    self.marks.append((mark, position))
            position = found.end()
        return position

    def _part(self, position: int) -> int | None:
        """The end of the part of a time that begins at `position`, after noting what it says."""
        stamp, text = self.stamp, self.text
        character = text[position : position + 1]
        if not character:
            return None
        if stamp.day and not stamp.has_time and not stamp.qualifier and (part := match_part_of_day(text, position)):
            stamp.qualifier, stamp.approximate = part[0], True
            return part[1]
        if not stamp.has_time and self.qualifiers < _MOST_QUALIFIERS and (words := match_qualifier(text, position)):
            if (words[0] == "about" or not stamp.approximate) and self._follows(words[1]):
                stamp.qualifier = stamp.qualifier or words[0].replace("about", "")
                stamp.approximate = True
                self.qualifiers += 1
                return self._part(self.skip(words[1]))
            return None
        if not stamp.unknown and (end := self._time_of_day(position, character)) is not None:
            return end
        if stamp.mark is None and (mark := match_day_mark(text, position)):
            stamp.mark = mark[0]
            return mark[1]
        if stamp.day is None or stamp.day.only_weekday:
            if day := match_day(text, position, alone=self.cell and stamp.clock is None):
                if day[0].only_weekday and stamp.day is not None:
                    return None
                stamp.weekday, stamp.day = stamp.day, day[0]
                return day[1]
        elif day := (match_day(text, position) if character.isupper() else None):
            if not day[0].only_weekday or stamp.weekday is not None:
                return None
            stamp.weekday = day[0]
            return day[1]
        if not stamp.has_time:
            found = None if stamp.unknown else _NO_CLOCK.match(text, position)
            if found and (self.cell or stamp.day or self._ends(found.end())):
                stamp.unknown = True
                return found.end()
        elif (end := match_qualifier_behind(text, position)) is not None:
            stamp.approximate = True
            return end
        return self._zone(position) if stamp.zone is None else None

    def _time_of_day(self, position: int, character: str) -> int | None:
        """Return the end of a time of day at `position`, on the clock, in a word or by the start (`T+8m`)."""
        stamp, text = self.stamp, self.text
        if stamp.clock is None and character.isdigit() and (end := self._clock(position)):
            return end
        if stamp.clock is None and character in "nNmM1" and (word := match_word(text, position)):
            stamp.clock = word[0]
            return word[1]
        if stamp.elapsed is None and character in "Tt" and (elapsed := match_elapsed(text, position)):
            stamp.elapsed = elapsed[0]
            return elapsed[1]
        return None

    def _follows(self, position: int) -> bool:
        """True if a time begins at `position`; asked before a word such as "about" is taken for part of one."""
        other = PartReader(self.text, False, self.dotted)
        other.qualifiers = self.qualifiers + 1
        return other._part(other.skip(position)) is not None

    def _ends(self, position: int) -> bool:
        if any(mark in "*_`[(" for mark, _ in self.marks):
            return True
        return bool(SEPARATOR.match(self.text, position))

    def _clock(self, position: int) -> int | None:
        day = self.stamp.day
        behind_day = day is not None and not day.only_weekday
        clock = match_clock(self.text, position, cell=self.cell, dotted=self.dotted, behind_day=behind_day)
        if clock is None:
            return None
        self.stamp.clock, end = clock
        if end < len(self.text) and self.text[end] in "+-−" and (found := _BEHIND.match(self.text, end)):
            # `-05:00` behind a time is an offset in ISO's own form, else the end of a range.
            iso = self.text[max(0, position - 1) : position] == "T" or self.text[position:end].count(":") > 1
            if found[0][0] == "+" or iso:
                self.stamp.zone, self.stamp.zone_words = zone_named(found[0].replace("-", "−")), found[0]
                end = found.end()
        return end

    def _zone(self, position: int) -> int | None:
        if self.stamp.clock is None and self.stamp.day is None:
            return None
        zone, end = self.zone_at(position)
        if zone is None:
            return None
        self.stamp.zone, self.stamp.zone_words = zone, self.text[position:end]
        return end

    def zone_at(self, position: int) -> tuple[Zone | None, int]:
        """The zone that begins at `position`, and where it ends.

        A single letter is one only right behind a figure, or `Z` in a cell.
        """
        found = ZONE.match(self.text, position)
        is_far = position and not self.text[position - 1].isdigit()
        if not found or (len(found[0]) == 1 and is_far and not (self.cell and found[0] == "Z")):
            return None, position
        zone = zone_named(found[0])
        if zone is None and found[0][:3] in ("UTC", "GMT"):
            # `14:00 UTC-15:00` is a range: no zone is so far from UTC.
            return zone_named(found[0][:3]), position + 3
        return zone, found.end() if zone else position

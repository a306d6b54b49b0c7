"""A time as an author writes it at the head of an entry → what it says, and what follows it.

Times are inside emphasis, code, brackets and links (`**14:23 UTC** - …`, `[14:23](…)`). So the reader steps over
such marks while it looks for the parts of a time; marks that are still open behind the time are given back to the text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from postmortems.read.timeline.behind import same_time_elsewhere, unknown_zone_behind, unread_behind
from postmortems.read.timeline.clock import TimeOfDay, four_figures, match_clock, match_word, with_half_of
from postmortems.read.timeline.day_mark import match_day_mark
from postmortems.read.timeline.in_english import Rewritten, in_english
from postmortems.read.timeline.qualifiers import match_open_end, match_qualifier
from postmortems.read.timeline.time_parts import CLOSING, MOST_MARKS, SEPARATOR, PartReader
from postmortems.read.timeline.time_text import TimeText
from postmortems.read.timeline.written_day import match_day
from postmortems.text.inline import escaped_length, without_escapes

_TARGET = re.compile(r"\(\s?<?([^()\s<>]{0,1000})>?\s?\)")
_FILLER = re.compile(r"(?:at|on|from|between|since)\s+(?=[\d*_`(\[~A-Znma])", re.I)
_UNKNOWN_CELL = re.compile(
    r"[\s*_`()\[\]]*(?:unknown|[?x\-–]{1,2}:[?x\-–]{2}|\?{1,3}|[-–—.]{0,3}|n/?a|tbd|tbc)[\s*_`()\[\]]*", re.I
)
_TO = re.compile(r"\s*(?:-{1,2}>?|[–—―→⇒]|(?:to|until|till|through)\b)\s*(?=[~≈\dA-Zacmnopr*_`(\[])", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and\b|-|–)\s*", re.IGNORECASE)
_MARKS_BEFORE_DASH = re.compile(r"[*_`]{1,3}(?=\s*[-–—])")
_TAIL = 50
_WORD = re.compile(r"(?<![\w:./-])[A-Z0-9~*`]")
_LEADS_TO_TIME = re.compile(r"(?:\s(?:at|on|around|@))?[\s:,–—-]{0,5}\Z")
_ESCAPES_WITHIN = 100
"""Length of the head of a text in which escapes are undone."""
_STARTS = frozenset("0123456789*_`[(~≈∼?xX-–→⇒+=ABCDEFGHIJKLMNOPQRSTUVWZabcdefhijlmnoprstuw")


def read_stamp(text: str, *, cell: bool = False, dotted: bool = False) -> TimeText | None:
    """The time at the head of `text`, or None where it begins with something else.

    `cell` reads what may only be meant as a time in a time column (`14.23`, `1423`, `12-05`, `-`); `dotted` takes
    `14.23` for a time elsewhere, too.
    """
    if "\\" in text[:_ESCAPES_WITHIN]:
        return _read_escaped(text, cell, dotted)
    if rewritten := in_english(text):
        return _read_rewritten(rewritten, cell, dotted)
    return _read_english(text, cell, dotted)


def _read_english(text: str, cell: bool, dotted: bool) -> TimeText | None:
    if text[:1] not in _STARTS and not (text[:1].isspace() or cell):
        return None
    if cell and len(text) < _TAIL and _UNKNOWN_CELL.fullmatch(text):
        return TimeText(0, len(text), text.strip(" *_`"), "", unknown=True, separated=True)
    reader = _Reader(text, cell, dotted or cell)
    return reader.read()


def _read_rewritten(rewritten: Rewritten, cell: bool, dotted: bool) -> TimeText | None:
    """The time at the head of a text in another language, of which everything that is shown stays as written."""
    stamp = _read_english(rewritten.text, cell, dotted)
    if stamp is None:
        return None
    marks = "".join(mark for mark, _ in stamp.marks)
    if rest := stamp.rest.removeprefix(marks):
        stamp.rest = marks + rewritten.rest_of(len(rewritten.text.rstrip()) - len(rest))
    stamp.start, stamp.end = rewritten.start_of(stamp.start), rewritten.end_of(stamp.end)
    stamp.written = re.sub(r"[*`]", "", rewritten.original[stamp.start : stamp.end]).strip()
    return stamp


def _read_escaped(text: str, cell: bool, dotted: bool) -> TimeText | None:
    """The time at the head of a text with Markdown's backslash escapes; what follows it keeps its own."""
    head = without_escapes(text[:_ESCAPES_WITHIN])
    plain = head.replace("\\", " ") + text[_ESCAPES_WITHIN:]
    stamp = read_stamp(plain, cell=cell, dotted=dotted)
    if stamp is None:
        return None

    def as_written(index: int) -> int:
        behind = index - len(head)
        return _ESCAPES_WITHIN + behind if behind > 0 else escaped_length(text, index)

    begin = plain.rfind(stamp.rest) if stamp.rest else -1
    if begin >= 0 and not plain[begin + len(stamp.rest) :].strip():
        stamp.rest = text[as_written(begin) :].rstrip()
    stamp.start, stamp.end = as_written(stamp.start), as_written(stamp.end)
    return stamp


def read_stamp_at_end(text: str) -> TimeText | None:
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


class _Reader(PartReader):
    """A whole time: its parts, the end of a range, and what is behind it."""

    def read(self) -> TimeText | None:
        stamp, text = self.stamp, self.text
        position = self.skip(0)
        stamp.start = position
        between = False
        if found := _FILLER.match(text, position):
            between = found[0][:7].casefold() == "between"
            position = self.skip(found.end())
        end = self.parts(position)
        if end < 0:
            return None
        if not stamp.unknown:
            end = self._until(end, _AND if between else _TO)
            if stamp.clock and stamp.clock.whole_hour and stamp.until is None:
                stamp.until, stamp.approximate = replace(stamp.clock, minute=59), True
            end = self._behind(end)
        if stamp.marks and stamp.marks[-1][0] == "(" and stamp.marks[-1][1] > stamp.start and text.startswith(")", end):
            # The bracket of `17:30 (+1 day)` is the time's own.
            stamp.marks, end = stamp.marks[:-1], end + 1
        stamp.end = end
        stamp.written = re.sub(r"[*`]", "", text[stamp.start : end]).strip()
        self._close(end)
        return stamp

    def _until(self, end: int, joint: re.Pattern[str]) -> int:
        """The end of a range that goes on behind `end`; `end` if none does."""
        stamp, text = self.stamp, self.text
        position = end
        closed = list(self.marks)
        self.marks = list(stamp.marks)
        if found := _MARKS_BEFORE_DASH.match(text, position):
            position = self.skip(found.start())
            while position > found.start() and text[position - 1].isspace():
                position -= 1
        if (after := match_open_end(text, self.skip(position))) is not None and stamp.has_time:
            return after
        to = joint.match(text, position)
        if to is None:
            self.marks = closed
            return end
        position = self.skip(to.end())
        if (after := match_open_end(text, position)) is not None and stamp.has_time:
            return after
        position = self._past_about(position)
        day = match_day(text, position)
        mark = None if day else match_day_mark(text, position)
        if day and day[0].only_weekday:
            day = None
        before = list(self.marks)
        after = self.skip(day[1] if day else mark[1] if mark else position)
        if day and text[after : after + 1] == "T":
            after += 1
        after = self._past_about(after)
        if clock := self._end_clock(after):
            stamp.until, end = clock
            stamp.until_day, stamp.until_mark = day[0] if day else None, mark[0] if mark else None
            stamp.clock = with_half_of(stamp.clock, stamp.until) if stamp.clock else None
        elif day and stamp.clock is None:
            stamp.until_day, end = day
            self.marks = before
        else:
            return end
        stamp.marks = list(self.marks)
        return self._behind_end(end) if clock else end

    def _past_about(self, position: int) -> int:
        words = match_qualifier(self.text, position)
        if words is None or words[0] != "about":
            return position
        self.stamp.approximate = True
        return self.skip(words[1])

    def _end_clock(self, position: int) -> tuple[TimeOfDay, int] | None:
        """The time of day that ends a range; a mere hour (`14:??`) ends with its last minute."""
        stamp, text = self.stamp, self.text
        if stamp.clock is None:
            return None
        if not text[position : position + 1].isdigit():
            return match_word(text, position)
        dotted = self.dotted or ":" not in stamp.written
        found = match_clock(text, position, cell=self.cell, dotted=dotted)
        if found and found[0].whole_hour:
            stamp.approximate = True
            return replace(found[0], minute=59), found[1]
        return found

    def _behind_end(self, end: int) -> int:
        """Past a zone and a day (`(next day)`) behind the end of a range."""
        stamp = self.stamp
        for _ in range(2):
            position = self.skip(end)
            zone, after = self.zone_at(position)
            if zone is not None and stamp.until_zone is None:
                stamp.until_zone = zone
                if stamp.zone is None:
                    stamp.zone, stamp.zone_words = zone, self.text[position:after]
            elif stamp.until_mark is None and stamp.until_day is None and (mark := match_day_mark(self.text, position)):
                stamp.until_mark, after = mark
            else:
                break
            end = after
            stamp.marks = list(self.marks)
        return end

    def _behind(self, end: int) -> int:
        """Past the same time on other clocks, and past a word that belongs to the time and is not understood."""
        stamp, text = self.stamp, self.text
        if stamp.clock is None:
            if stamp.day and stamp.day.year and not self.cell and (figures := four_figures(text, self.skip(end))):
                stamp.unread, end = figures, self.skip(end) + len(figures)
            return end
        if other := same_time_elsewhere(text, end, read_stamp):
            stamp.also, end = other
        if not self.cell:
            if found := unknown_zone_behind(text, end) if stamp.zone is None else None:
                stamp.unknown_zone, end = found
            elif found := unread_behind(text, end):
                stamp.unread, end = found
        return end

    def _close(self, position: int) -> None:
        """Step over closing marks and a separator behind the time; what stays open is given back to the rest."""
        stamp, text = self.stamp, self.text
        marks = list(stamp.marks)
        for _ in range(2 * MOST_MARKS):
            closing = CLOSING.get(marks[-1][0], marks[-1][0]) if marks else ""
            if closing and (at := text.find(closing, position, position + 6)) >= 0 and not text[position:at].strip():
                position = at + len(closing)
                if marks.pop()[0] == "[" and (found := _TARGET.match(text, position)):
                    stamp.link, position = found[1], found.end()
            elif found := SEPARATOR.match(text, position):
                stamp.separated = True
                position = found.end()
            else:
                break
        stamp.separated = stamp.separated or not text[position:].strip() or len(marks) < len(stamp.marks)
        stamp.marks = marks
        stamp.rest = "".join(mark for mark, _ in marks) + text[position:].strip()

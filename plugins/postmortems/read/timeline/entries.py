"""Bullets, lines and headings → entries, in one walk over the blocks of a Timeline section.

An entry begins where a list item, a line or a heading begins with a time. What is nested below it, and what
is between it and the next entry, belongs to its text, so that a drawn timeline can take the place of all those
lines and nothing is lost. Prose before the first entry and behind the last one stays outside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from postmortems.model.column import Column
from postmortems.model.section import Block, BlockKind, Body, Section
from postmortems.model.timeline import Phase, Shape
from postmortems.read.timeline.entry_start import (
    day_at_end,
    day_in_title,
    has_bare_clocks,
    is_prose,
    is_time,
    is_unread_day,
    labelled_time,
    time_at_end,
)
from postmortems.read.timeline.raw_entry import RawEntry, is_blank, phase_named
from postmortems.read.timeline.stated_zone import StatedZone, ZoneSentences, zone_in_heading, zone_in_remark
from postmortems.read.timeline.table import read_table
from postmortems.read.timeline.time_parser import read_stamp
from postmortems.read.timeline.time_text import TimeText

_MARKER = re.compile(r"\s{0,60}(?:[-*+]|\d{1,9}[.)])(?:\s{1,4}|$)(?:\[[ xX]\]\s+)?")
_HASHES = re.compile(r"\s{0,3}#{1,6}\s+")
_TIME_LIKE = re.compile(r"[*_`\[]{1,3}[^*_`\[\]]{0,12}\d{1,2}:[^*_`\[\]]{0,20}[*_`\]]{1,3}")


@dataclass(slots=True)
class _Open:
    """An entry that still grows: its lines so far, and those that are its own only if another entry follows."""

    draft: RawEntry
    first: int
    last: int
    rest: str
    indent: int = 0
    depth: int = 0
    maybe: int = 0
    level: int = 0
    own: int = 0
    """The last line of its own paragraph, in which Markdown ignores how lines are indented."""


class Entries:
    """The walk. `drafts` are the entries in their order, `spans` the stretches of lines that they came from.

    `columns` is the setting of that name.
    """

    def __init__(self, body: Body, columns: Mapping[str, Column]) -> None:
        self.body, self.columns = body, columns
        self.sentences = ZoneSentences(body)
        self.drafts: list[RawEntry] = []
        self.spans: list[tuple[int, int]] = []
        self.zone: StatedZone | None = None
        self.heading_zone: StatedZone | None = None
        self.phase: Phase | None = None
        self.dotted = False
        self.open: _Open | None = None
        self.last_item = False

    def read(self, section: Section, days: Sequence[Section] = ()) -> None:
        """Read all entries of a Timeline section, of the subsections below it, and of the `days` beside it."""
        lines = self.body.lines[section.line - self.body.first : section.last - self.body.first + 1]
        self.dotted = has_bare_clocks("\n".join(lines))
        self.heading_zone = zone_in_heading(section.title, section.line)
        self.zone = self.sentences.zone_of(section)
        if (day := day_in_title(section.title)) is not None:
            self.drafts.append(
                RawEntry(section.line, 1, len(self.body.line(section.line)), day, Shape.HEADINGS, divider=True)
            )
        self._blocks(section)
        for ordinal, child in enumerate((*section.children, *days), 1):
            self._child(child, self.heading_zone, ordinal)
        self._close()

    def _heading(self, section: Section, ordinal: int) -> None:
        """The day that a heading without a time of day names for the entries below it: `Session 1 (May 17)`."""
        stamp = day_at_end(section.title)
        draft = RawEntry(section.line, 1, len(self.body.line(section.line)), stamp, Shape.HEADINGS, divider=True)
        if draft.stamp is None and is_unread_day(section.title, ordinal):
            draft.bad, draft.written = f'"{section.title}" is not understood as a day', section.title
        if draft.stamp or draft.bad:
            self.drafts.append(draft)

    def _child(self, section: Section, zone: StatedZone | None, ordinal: int = 0) -> None:
        if section.name in ("Action Items", "Root Cause Analysis", "Lessons Learned"):
            self._close()
            return
        raw = self.body.line(section.line)
        indent = found.end() if (found := _HASHES.match(raw)) else len(raw) - len(raw.lstrip())
        stamp = read_stamp(raw[indent:].rstrip(" #"))
        inside = self.open is not None and 0 < self.open.level < section.level
        remark = zone_in_remark(stamp.rest, section.line) if stamp and stamp.day_only else None
        if stamp:
            day = replace(stamp, rest="") if remark else stamp
            self._begin(day, Shape.HEADINGS, section.line, section.line, indent, level=section.level)
            if remark or stamp.zone is not None:
                zone = remark or StatedZone(stamp.zone_words, stamp.zone, section.line)
        elif inside and self.open:
            self.open.last = self.open.maybe = section.line
        else:
            self._close()
            self._heading(section, ordinal)
            self.phase = phase_named(section.title) or self.phase
            zone = zone_in_heading(section.title, section.line) or zone
        self.heading_zone = zone
        self._blocks(section)
        for number, child in enumerate(section.children, 1):
            self._child(child, zone, number)

    def _blocks(self, section: Section) -> None:
        for block in section.blocks:
            if block.kind is BlockKind.TABLE:
                self._table(block)
            elif block.kind is BlockKind.LIST_ITEM:
                self._item(block)
            elif block.kind is BlockKind.PARAGRAPH and block.depth == 0:
                self._paragraph(block)
            else:
                self._attach(block.first, block.last, sure=self._belongs(block))
            self.last_item = block.kind is BlockKind.LIST_ITEM or (block.depth > 0 and self.last_item)

    def _belongs(self, block: Block) -> bool:
        """True if a block is part of the open entry whatever follows: nested in its item, or below its heading."""
        entry = self.open
        return entry is not None and (entry.level > 0 or (entry.depth > 0 and block.depth >= entry.depth))

    def _table(self, block: Block) -> None:
        drafts = read_table(block, self.body.lines, self.body.first, self.heading_zone or self.zone, self.columns)
        if not drafts:
            self._attach(block.first, block.last, sure=self.open is not None and self.open.level > 0)
            return
        self._close()
        for draft in drafts:
            draft.phase = draft.phase or self.phase
        self.drafts.extend(drafts)
        self._span(block.first, block.last)

    def _item(self, block: Block) -> None:
        entry = self.open
        if entry and entry.depth and block.depth > entry.depth and entry.draft.stamp and entry.draft.stamp.clock:
            self._attach(block.first, block.last, sure=True)
            return
        raw = self.body.line(block.first)
        indent = found.end() if (found := _MARKER.match(raw)) else 0
        # An item in an item on one line (`- - x`) has one line for two blocks; the text tells where its own begins.
        start = max(indent, raw.find(block.text.split("\n", 1)[0], indent))
        stamp = read_stamp(raw[start:], dotted=self.dotted)
        if stamp is None and block.first == block.last:
            stamp = time_at_end(raw[start:].rstrip())
        if stamp and is_time(stamp):
            self._begin(stamp, Shape.BULLETS, block.first, block.last, start, depth=block.depth)
        elif entry and entry.depth and block.depth > entry.depth:
            self._attach(block.first, block.last, sure=True)
        elif entry and entry.draft.shape is Shape.BULLETS and block.depth == entry.depth and self.last_item:
            self._begin(None, Shape.BULLETS, block.first, block.last, start, depth=block.depth)
        else:
            self._attach(block.first, block.last, sure=entry is not None and entry.level > 0)

    def _paragraph(self, block: Block) -> None:
        sure = self.open is not None and self.open.level > 0
        if sure and self.open and self.open.draft.stamp and self.open.draft.stamp.clock:
            # Below a heading with a time of day, prose may begin with a time as it likes.
            self._attach(block.first, block.last, sure=True)
            return
        for line in range(block.first, block.last + 1):
            raw = self.body.line(line)
            indent = len(raw) - len(raw.lstrip())
            text = raw[indent:].rstrip(" \\")
            stamp = read_stamp(text, dotted=self.dotted) or labelled_time(text)
            if stamp and is_time(stamp) and not is_prose(raw[indent:], stamp):
                self._begin(stamp, Shape.LINES, line, line, indent)
            else:
                self._attach(line, line, sure=line > block.first and self._here(line))

    def _here(self, line: int) -> bool:
        return self.open is not None and self.open.last == line - 1 and self.open.draft.shape is Shape.LINES

    def _begin(
        self, stamp: TimeText | None, shape: Shape, first: int, last: int, indent: int, depth: int = 0, level: int = 0
    ) -> None:
        self._close(another=level == 0)
        raw = self.body.line(first)[indent:]
        draft = RawEntry(
            line=first,
            column=indent + 1 + (stamp.start if stamp else 0),
            length=stamp.end - stamp.start if stamp else 0,
            stamp=stamp,
            shape=shape,
            zone=self.heading_zone or self.zone,
            link=stamp.link if stamp else "",
            phase=self.phase,
        )
        if stamp is None and _TIME_LIKE.match(raw):
            draft.bad, draft.written = "no time found in it", _TIME_LIKE.match(raw)[0].strip("*_`[]")  # type: ignore[index]
        rest = stamp.rest if stamp else raw
        self.open = _Open(draft, first, last, rest.rstrip(" #") if level else rest, indent, depth, last, level, last)

    def _attach(self, first: int, last: int, *, sure: bool) -> None:
        entry = self.open
        if entry is None:
            return
        # A time that is alone is the heading of what follows it.
        lead = not entry.rest.strip() or entry.rest.rstrip().endswith(":")
        if sure or (entry.maybe == entry.last and lead):
            entry.last = max(entry.last, last)
        entry.maybe = max(entry.maybe, last)

    def _close(self, *, another: bool = False) -> None:
        """End the open entry; what is between it and another entry right behind it is its own."""
        if (entry := self.open) is None:
            return
        self.open = None
        last = entry.maybe if another else entry.last
        below = [self.body.line(line) for line in range(entry.first + 1, last + 1)]
        if entry.level:
            text = f"{entry.rest.strip()}\n\n{_join(below)}".strip()
        else:
            own = [line.lstrip() for line in below[: entry.own - entry.first]]
            text = _join([entry.rest, *own, *(_dedented(line, entry.indent) for line in below[len(own) :])])
        entry.draft.text = text = "" if is_blank(text) else text
        entry.draft.divider = bool(not text and entry.draft.stamp and entry.draft.stamp.day_only)
        self.drafts.append(entry.draft)
        self._span(entry.first, last)

    def _span(self, first: int, last: int) -> None:
        if self.spans and all(not self.body.line(line).strip() for line in range(self.spans[-1][1] + 1, first)):
            self.spans[-1] = (self.spans[-1][0], last)
        else:
            self.spans.append((first, last))


def _join(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _dedented(line: str, indent: int) -> str:
    return line[min(indent, len(line) - len(line.lstrip())) :]

"""Entries of a timeline that may change places: rows of one table and bullets of one list, each with all its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postmortems.model.section import Block, BlockKind, Body
from postmortems.model.timeline import Event, Shape
from postmortems.read.timeline import WrittenTimeline
from postmortems.read.timeline.raw_entry import RawEntry

_BULLET = re.compile(r"(\s{0,60}[-*+])\s")


@dataclass(frozen=True, slots=True)
class SortableEntry:
    """An entry with all its lines; `mark` is what all bullets of its list begin with."""

    draft: RawEntry
    event: Event
    first: int
    last: int
    mark: str

    @property
    def has_day(self) -> bool:
        """True if its day does not rest on the row above."""
        stamp = self.draft.stamp
        return stamp is not None and (stamp.day is not None or (stamp.clock is None and stamp.elapsed is not None))

    @property
    def rests_on_setting(self) -> bool:
        """True if its zone is that of the settings."""
        return self.draft.zone is None and self.draft.stamp is not None and self.draft.stamp.zone is None

    @property
    def has_one_time(self) -> bool:
        """True if it names one time of day, exact or about, that does not depend on the row above."""
        stamp, event = self.draft.stamp, self.event
        if stamp is None or event.at is None or self.draft.bad or stamp.unknown or stamp.is_range or stamp.mark:
            return False
        weekday = stamp.day is not None and stamp.day.only_weekday
        return not (event.day_only or event.until or weekday)


def sortable_parts(written: WrittenTimeline, body: Body) -> Iterator[list[SortableEntry]]:
    """Entries of one table or list that may be sorted among themselves."""
    for run in _runs(written, body):
        yield from _parts(run)


def _runs(written: WrittenTimeline, body: Body) -> Iterator[list[SortableEntry]]:
    """Entries that are right below each other, in one table or list, and may all be moved."""
    blocks = list(body.blocks())
    positions = {block.first: index for index, block in enumerate(blocks) if block.kind is BlockKind.LIST_ITEM}
    run: list[SortableEntry] = []
    for draft, event in written.entries:
        entry = _entry(draft, event, body, blocks, positions) if event else None
        if run and (entry is None or not _follows(run[-1], entry, body)):
            yield run
            run = []
        if entry:
            run.append(entry)
    if run:
        yield run


def _entry(
    draft: RawEntry, event: Event, body: Body, blocks: Sequence[Block], positions: dict[int, int]
) -> SortableEntry | None:
    """The entry with its lines; None where it is neither a row nor a bullet, or holds a comment.

    A comment between entries may speak of the one above it or of the one below.
    """
    if draft.shape is Shape.TABLE:
        return SortableEntry(draft, event, draft.line, draft.line, "|")
    index = positions.get(draft.line)
    mark = _BULLET.match(body.line(draft.line))
    if draft.shape is not Shape.BULLETS or index is None or mark is None:
        return None
    item = blocks[index]
    last = item.last
    while (index := index + 1) < len(blocks) and _is_inside(blocks[index], item):
        last = max(last, blocks[index].last)
    if any("<!--" in body.line(number) for number in range(item.first, last + 1)):
        return None
    return SortableEntry(draft, event, item.first, last, mark[1])


def _is_inside(block: Block, item: Block) -> bool:
    """True if a block that follows a list item still belongs to it."""
    return block.depth > item.depth or (block.depth == item.depth and block.kind is not BlockKind.LIST_ITEM)


def _follows(entry: SortableEntry, after: SortableEntry, body: Body) -> bool:
    between = range(entry.last + 1, after.first)
    if entry.mark == "|":
        return after.mark == "|" and not between
    if after.mark != entry.mark or after.first <= entry.last:
        return False
    return not any(body.line(line).strip() for line in between)


def _parts(run: list[SortableEntry]) -> Iterator[list[SortableEntry]]:
    """Parts of a run that can be sorted for sure: all of it if each entry names its day or one day is named, else the
    entries from each that names a day to the next."""
    if not all(entry.has_one_time for entry in run) or len({entry.rests_on_setting for entry in run}) > 1:
        return
    days = {entry.event.at.date() for entry in run if entry.has_day and entry.event.at}
    if len(days) < 2 or all(entry.has_day for entry in run):
        yield run
        return
    part: list[SortableEntry] = []
    for entry in run:
        if entry.has_day and part:
            yield part
            part = []
        part.append(entry)
    yield part

"""A new state of an action item → the edits that write it where the item has its state, and nothing else.

A list's item gets `[x]` and `done: <day>`, or `wont-do: <reason>`; a row of a table gets them in its own columns, in
the words that the table, the settings or the language have for it. There may be several ways to write it, tried in
order: the first one counts after which the file is read as it is meant, with all else as it was. Where there is none,
such as for an item that also says "in progress" in words, its author has to write it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from postmortems.fix.action_notes import added_note
from postmortems.fix.action_words import state_words, tick_words
from postmortems.fix.document import Document
from postmortems.fix.rewrite import rewritten
from postmortems.fix.table_cells import cell_spans
from postmortems.model.action_item import ActionItem, ActionState
from postmortems.model.column import Column
from postmortems.model.edit import Edit
from postmortems.model.place import Place
from postmortems.model.section import Block, BlockKind, Row
from postmortems.read.action_line import read_action_line
from postmortems.read.action_table import ActionTable

_BOX = re.compile(r"(?:[ \t>]{0,60}(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})+?(\\?\[[^\[\]]?\ufe0f?\\?\](?=[ \t]|$))?")
_BOX_ALONE = re.compile(r"^\\?\[[^\[\]]?\ufe0f?\\?\](?=[ \t]|$)[ \t]{0,4}")
_NO_REASON = re.compile(r"[()\[\]{}<>|`*~\\\s]+")
_LONGEST_REASON = 120


@dataclass(frozen=True, slots=True)
class StateChange:
    """The new state of the item with this index among those of a postmortem: done, maybe on a known day, or dropped.

    An item that is done already can get its day.
    """

    index: int
    state: ActionState
    day: date | None = None
    reason: str = ""

    @property
    def note(self) -> str:
        """Words for the parenthesis of a list's item."""
        if self.state is ActionState.DROPPED:
            return f"wont-do: {_plain(self.reason)}"
        return f"done: {self.day}" if self.day else "state: done"


def with_states(document: Document, changes: Iterable[StateChange]) -> tuple[bytes, list[StateChange]]:
    """The file with new states, and the changes among these that cannot be written in it."""
    edits: list[Edit] = []
    made: list[StateChange] = []
    left: list[StateChange] = []
    for change in changes:
        for way in _ways(document, change):
            if _is_read(document, rewritten(document.data, way), [change]):
                edits += way
                made.append(change)
                break
        else:
            left.append(change)
    after = rewritten(document.data, edits)
    return (after, left) if not made or _is_read(document, after, made) else (document.data, [*made, *left])


def _ways(document: Document, change: StateChange) -> Iterator[list[Edit]]:
    """Ways to write a change, the best one first."""
    item = document.postmortem.actions.items[change.index]
    for block in document.postmortem.body.blocks():
        if block.kind is BlockKind.TABLE and (row := next((row for row in block.rows if row.line == item.first), None)):
            yield from _in_row(document, block, row, item, change)
        elif block.kind is BlockKind.LIST_ITEM and block.first == item.first:
            yield from _in_list(document, block, item, change)


def _in_list(document: Document, block: Block, item: ActionItem, change: StateChange) -> Iterator[list[Edit]]:
    if item.state is not ActionState.DONE and _says_otherwise(block, document, change):
        return
    lines = [document.lines[number - 1] for number in range(block.first, block.last + 1)]
    note = _edit(document.path, block.first, "\n".join(lines), change.note)
    box = _BOX.match(lines[0])
    if change.state is ActionState.DROPPED or box is None:
        yield [note]
        return
    begin, end = box.span(1) if box[1] else (box.end(), box.end())
    ticked = Edit(Place.at(document.path, block.first, begin + 1, end - begin), "[x]" if box[1] else "[x] ")
    if item.state is ActionState.DONE:
        yield [note]
    else:
        if change.day is None:
            yield [ticked]
        yield [ticked, note]


def _says_otherwise(block: Block, document: Document, change: StateChange) -> bool:
    """True if words of an item, which count less than its box, tell another state: `- [ ] Cap it (in progress)`."""
    words = _BOX_ALONE.sub("", " ".join(block.text.split("\n")), count=1)
    claims = read_action_line(words, document.settings.states).claims
    return any(claim.state is not change.state and not claim.is_default for claim in claims)


def _in_row(document: Document, block: Block, row: Row, item: ActionItem, change: StateChange) -> Iterator[list[Edit]]:
    table = ActionTable(block, document.postmortem.body, document.settings)
    line = document.lines[row.line - 1]
    spans = cell_spans(line)

    def put(column: Column, words: str) -> Edit | None:
        index = table.columns.get(column, len(spans))
        if index >= len(spans):
            return None
        begin, end = spans[index]
        blank = " " if begin == end and line[begin - 1 : begin + 1] == " |" else ""
        return Edit(Place.at(document.path, row.line, begin + 1, end - begin), f"{words}{blank}")

    def with_note() -> Edit:
        begin, end = spans[table.columns[Column.ACTION]]
        return _edit(document.path, row.line, line[begin:end], change.note, begin)

    if table.columns.get(Column.ACTION, len(spans)) >= len(spans):
        return
    dropped = change.state is ActionState.DROPPED
    day = put(Column.DONE, str(change.day)) if change.day else None
    if item.state is change.state:
        yield from ([each] for each in (day, with_note()) if each)
        return
    ticks = [] if dropped else [put(Column.IS_DONE, words) for words in tick_words(table, line, spans)]
    suffix = f": {_plain(change.reason)}" if dropped else f" ({change.day})" if change.day and not day else ""
    further = day or (with_note() if change.day or dropped else None)
    # Each word with what belongs to it in its own cell, else in a note; last a note alone.
    for words in list(state_words(table, change.state, document.settings)) or [""]:
        for tick in ticks or [None]:
            if words and suffix:
                yield _given(put(Column.STATE, f"{words}{suffix}"), tick, day)
            yield _given(put(Column.STATE, words) if words else None, tick, further)
    yield [with_note()]


def _given(*edits: Edit | None) -> list[Edit]:
    return [edit for edit in edits if edit]


def _edit(path: str, first: int, text: str, note: str, column: int = 0) -> Edit:
    """The edit that adds a note to a text that begins in this column of a line, both counted as in the text."""
    found = added_note(text, note)
    place = []
    for offset in (found.begin, found.end):
        line = text.count("\n", 0, offset)
        place += [first + line, offset - (text.rfind("\n", 0, offset) + 1) + 1 + (0 if line else column)]
    return Edit(Place(path, *place), found.new)


def _plain(reason: str) -> str:
    """A reason as a parenthesis, a cell and a list can hold it."""
    return _NO_REASON.sub(" ", reason)[:_LONGEST_REASON].strip(" .,;:") or "closed in the tracker"


def _is_read(document: Document, after: bytes, changes: Sequence[StateChange]) -> bool:
    """True if the file is then read as meant: the items as they shall be, and all else as it was."""
    was, now = document.postmortem, Document(document.path, after, document.settings).postmortem
    items = was.actions.items
    if len(items) != len(now.actions.items) or now.front_matter != was.front_matter:
        return False
    meant = {change.index: change for change in changes}
    for index, (before, item) in enumerate(zip(items, now.actions.items, strict=True)):
        change = meant.get(index)
        if _bare(item) != _bare(before) or (change is None and _state(item) != _state(before)):
            return False
        if change and not _is_as_meant(item, before, change):
            return False
    known = Counter((problem.rule, problem.message) for problem in was.problems)
    return not Counter((problem.rule, problem.message) for problem in now.problems) - known


def _bare(item: ActionItem) -> ActionItem:
    """An item without its state, and without the column, which moves where something is written before it."""
    return replace(
        item, place=Place.at(item.place.path, item.place.line), state=ActionState.OPEN, done=None, dropped_because=""
    )


def _state(item: ActionItem) -> tuple[ActionState, date | None, str]:
    return item.state, item.done, item.dropped_because


def _is_as_meant(item: ActionItem, before: ActionItem, change: StateChange) -> bool:
    if item.state is not change.state:
        return False
    if change.state is ActionState.DROPPED:
        return item.dropped_because == _plain(change.reason)
    return item.done == (change.day or before.done)

"""Action items: list items and tables below Action Items → what was promised, by whom, until when.

    - [ ] [Owner] Text (due: 2024-02-20, kind: prevent, ticket: OPS-12)

A last parenthesis is told from text by `action_notes.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from postmortems.model.action_item import ActionItem, ActionList, Horizon, UnreadTable
from postmortems.model.diagnostic import Problem
from postmortems.model.section import OPTIONAL_SECTIONS, Block, BlockKind, Body, Section
from postmortems.read.action_claims import problem_of, settle
from postmortems.read.action_fields import named_owner, read_fields
from postmortems.read.action_line import begins_with_box, read_action_line, read_list_state
from postmortems.read.action_state import WrittenState
from postmortems.read.action_table import ActionTable
from postmortems.settings import Settings
from postmortems.text.inline import without_last_comment

_HORIZONS = {
    "Immediate": Horizon.IMMEDIATE,
    "Short-term": Horizon.SHORT_TERM,
    "Long-term": Horizon.LONG_TERM,
}
_OWN = ("Action Items", *_HORIZONS)
_MARKER = re.compile(r"\s{0,60}(?:[-*+]|\d{1,9}[.)])(?:\s{1,4}|$)")
_LONGEST_LABEL = 60
_NONE = re.compile(r"[*_]{0,2}(?:none|n/a|nothing)[*_]{0,2}\s{0,3}(?:[:.–—-]|$)", re.IGNORECASE)


def holds_actions(name: str | None) -> bool:
    """True if a section of this canonical name holds action items."""
    return name in _OWN


def read_action_items(body: Body, settings: Settings) -> tuple[ActionList, list[Problem]]:
    """All action items of a postmortem in the order of the text, and what of their notes could not be read."""
    walk = _Walk(body, settings)
    for section in action_sections(body):
        walk.section(section, None)
    actions = ActionList(tuple(walk.items), tuple(walk.spans), tuple(walk.unread), tuple(walk.unknown_columns))
    return actions, walk.problems


def read_with_surroundings(
    body: Body, settings: Settings
) -> tuple[Sequence[ActionItem], Mapping[int, WrittenState | None]]:
    """All action items, and for each that is a list's item of one line, by its line, the state that is around it."""
    walk = _Walk(body, settings)
    for section in action_sections(body):
        walk.section(section, None)
    return walk.items, walk.surroundings


def read_plain_item(line: str, around: WrittenState | None, settings: Settings) -> ActionItem | None:
    """The action item that a line such as `- [ ] Text` is, with this state around it; None if it says that there is
    none."""
    walk = _Walk(Body(1, (line,)), settings)
    walk.around = around
    walk.item(Block(BlockKind.LIST_ITEM, 1, 1, _MARKER.sub("", line, count=1).strip(), 1), [], None)
    return walk.items[0] if walk.items else None


def action_sections(body: Body) -> Iterator[Section]:
    """The sections that hold action items, those inside another of them left out."""
    last = 0
    told = _immediate_work(body)
    for section in body.walk():
        if section.name in _OWN and section.line > last and section.line not in told:
            yield section
            last = section.last


def _immediate_work(body: Body) -> set[int]:
    """The lines of horizons in another section above Action Items: the "Immediate actions" of a "Resolution" tell what
    was done, unless they are a list of checkboxes."""
    section = body.find("Action Items")
    outer = body.sections[0].children if len(body.sections) == 1 else body.sections
    return {
        inner.line
        for parent in outer
        if section and parent.name not in _OWN
        for inner in parent.children
        if inner.name in _HORIZONS
        and inner.line < section.line
        and not any(block.kind is BlockKind.LIST_ITEM and begins_with_box(block.text) for block in inner.blocks)
    }


class _Walk:
    """The walk over the sections that hold action items."""

    def __init__(self, body: Body, settings: Settings) -> None:
        self.body, self.settings = body, settings
        self.items: list[ActionItem] = []
        self.spans: list[tuple[int, int]] = []
        self.problems: list[Problem] = []
        self.unread: list[UnreadTable] = []
        self.unknown_columns: list[str] = []
        self.around: WrittenState | None = None
        self.surroundings: dict[int, WrittenState | None] = {}

    def section(self, section: Section, horizon: Horizon | None) -> None:
        horizon = _HORIZONS.get(section.name or "", horizon)
        own = self.settings.states
        titled = self.around = read_list_state(section.title, own)
        for kind, blocks in _runs(section.blocks):
            if kind is BlockKind.TABLE:
                self._table(blocks[0], horizon)
            elif kind is BlockKind.LIST_ITEM:
                self._list(blocks, horizon)
            else:
                self.around = (_is_label(blocks[0].text) and read_list_state(blocks[0].text, own)) or titled
        for child in section.children:
            if child.name is None or child.name in (*_OWN, *OPTIONAL_SECTIONS):
                self.section(child, horizon)

    def _table(self, block: Block, horizon: Horizon | None) -> None:
        table = ActionTable(block, self.body, self.settings, self.around)
        if table.is_unread:
            self.unread.append(UnreadTable(block.first, block.rows[0].cells, table.is_half_known))
            return
        if items := table.items():
            self.items.extend(replace(item, horizon=horizon) for item in items)
            self.problems.extend(table.problems)
            self.spans.append((block.first, block.last))
            self.unknown_columns.extend(table.unknown_columns)

    def _list(self, blocks: list[Block], horizon: Horizon | None) -> None:
        found = len(self.items)
        index = 0
        while index < len(blocks):
            end = self._end(blocks, index)
            if blocks[index].kind is BlockKind.LIST_ITEM:
                self.item(blocks[index], blocks[index + 1 : end], horizon)
            index = end
        if len(self.items) > found:
            self.spans.append((blocks[0].first, blocks[-1].last))

    def _end(self, blocks: list[Block], index: int) -> int:
        """The end of an item: the index of the next that is beside it, or is an item of its own below it."""
        own, end = blocks[index].depth, index + 1
        while end < len(blocks):
            block = blocks[end]
            if block.kind is BlockKind.LIST_ITEM and (block.depth <= own or begins_with_box(block.text)):
                break
            end += 1
        return end

    def item(self, block: Block, nested: list[Block], horizon: Horizon | None) -> None:
        text = " ".join(without_last_comment(block.text).split("\n"))
        line = read_action_line(text, self.settings.states)
        if not line.column_text or _NONE.match(line.column_text):
            return
        raw = self.body.line(block.first)
        indent = found.end() if (found := _MARKER.match(raw)) else 0
        column = max(0, raw.find(line.column_text[:20]))
        last = nested[-1].last if nested else block.last
        place = self.body.place(block.first, column + 1, max(0, len(raw.rstrip()) - column))
        below = [self.body.line(number) for number in range(block.last + 1, last + 1)]
        if last == block.first:
            self.surroundings[last] = self.around
        notes = line.notes
        fields = read_fields([*block.text.split("\n")[1:], *below], self.settings)
        notes.done = notes.done or fields.done
        self.problems.extend(notes.problems(self.body, block.first, block.last))
        settled = settle([*line.claims, *fields.claims], notes, self.around)
        if settled.unclear:
            self.problems.append(problem_of(settled.unclear, "", self.body, block.first, last))
        whole = "\n".join([line.text, *(row[min(indent, len(row) - len(row.lstrip())) :] for row in below)]).strip()
        self.items.append(
            ActionItem(
                place=place,
                text=whole,
                state=settled.state,
                first=block.first,
                last=last,
                owner=named_owner(line.owner, fields.owner),
                kind=notes.kind or fields.kind,
                horizon=horizon,
                due=notes.due or fields.due,
                done=notes.done or settled.done,
                ticket=notes.ticket or fields.ticket,
                dropped_because=notes.dropped_because or settled.dropped_because,
            )
        )


def _is_label(paragraph: str) -> bool:
    """True if a paragraph only announces the list below it: `**Done**`, `Completed:`."""
    words = paragraph.strip()
    return len(words) <= _LONGEST_LABEL and (words.endswith(":") or words[:2] == words[-2:] in ("**", "__"))


def _runs(blocks: tuple[Block, ...]) -> Iterator[tuple[BlockKind, list[Block]]]:
    """Blocks that belong together: a table, a paragraph, or a list with everything that is nested in it."""
    run: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.LIST_ITEM or (run and block.depth > 0):
            run.append(block)
            continue
        if run:
            yield BlockKind.LIST_ITEM, run
            run = []
        if block.kind in (BlockKind.TABLE, BlockKind.PARAGRAPH):
            yield block.kind, [block]
    if run:
        yield BlockKind.LIST_ITEM, run

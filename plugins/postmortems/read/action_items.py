"""Action items: list items and tables below Action Items → what was promised, by whom, until when.

    - [ ] [Owner] Text (due: 2024-02-20, kind: prevent, ticket: OPS-12)

Only a last parenthesis whose every piece is `known-key: value` says something about the item; any other is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from postmortems.model.action_item import ActionItem, ActionList, ActionState, Horizon
from postmortems.model.diagnostic import Problem
from postmortems.model.inline import without_last_comment
from postmortems.model.place import Place
from postmortems.model.section import Block, BlockKind, Body, Section
from postmortems.read.action_notes import Notes, read_notes
from postmortems.read.action_table import read_action_table
from postmortems.settings import Settings

_HORIZONS = {
    "Immediate": Horizon.IMMEDIATE,
    "Short-term": Horizon.SHORT_TERM,
    "Long-term": Horizon.LONG_TERM,
}
_OWN = ("Action Items", *_HORIZONS)
_MARKER = re.compile(r"\s{0,60}(?:[-*+]|\d{1,9}[.)])(?:\s{1,4}|$)")
_CHECKBOX = re.compile(r"\[([ xX])\](?:\s+|$)")
_DONE_SIGN = re.compile(r"(?:✅|☑️?|✔️?|:white_check_mark:|:heavy_check_mark:)\s*")
_OWNER = re.compile(r"\[([^\[\]]{1,100})\](?![(\[:])\s*")
_NONE = re.compile(r"[*_]{0,2}(?:none|n/a|nothing)[*_]{0,2}\s{0,3}(?:[:.–—-]|$)", re.IGNORECASE)


def read_action_items(body: Body, path: str, settings: Settings) -> tuple[ActionList, list[Problem]]:
    """All action items of a postmortem in the order of the text, and what of their notes could not be read."""
    walk = _Walk(body, path, settings)
    for section in action_sections(body):
        walk.section(section, None)
    return ActionList(tuple(walk.items), tuple(walk.spans)), walk.problems


def action_sections(body: Body) -> Iterator[Section]:
    """The sections that hold action items, those inside another of them left out."""
    last = 0
    for section in body.walk():
        if section.name in _OWN and section.line > last:
            yield section
            last = section.last


class _Walk:
    """The walk over the sections that hold action items."""

    def __init__(self, body: Body, path: str, settings: Settings) -> None:
        self.body, self.path, self.settings = body, path, settings
        self.items: list[ActionItem] = []
        self.spans: list[tuple[int, int]] = []
        self.problems: list[Problem] = []

    def section(self, section: Section, horizon: Horizon | None) -> None:
        horizon = _HORIZONS.get(section.name or "", horizon)
        for kind, blocks in _runs(section.blocks):
            if kind is BlockKind.TABLE:
                self._table(blocks[0], horizon)
            elif kind is BlockKind.LIST_ITEM:
                self._list(blocks, horizon)
        for child in section.children:
            if child.name is None or child.name in _OWN:
                self.section(child, horizon)

    def _table(self, block: Block, horizon: Horizon | None) -> None:
        items, problems = read_action_table(block, self.body, self.path, self.settings)
        if items:
            self.items.extend(replace(item, horizon=horizon) for item in items)
            self.problems.extend(problems)
            self.spans.append((block.first, block.last))

    def _list(self, blocks: list[Block], horizon: Horizon | None) -> None:
        found = len(self.items)
        index = 0
        while index < len(blocks):
            end = self._end(blocks, index)
            if blocks[index].kind is BlockKind.LIST_ITEM:
                self._item(blocks[index], blocks[index + 1 : end], horizon)
            index = end
        if len(self.items) > found:
            self.spans.append((blocks[0].first, blocks[-1].last))

    def _end(self, blocks: list[Block], index: int) -> int:
        """Where the item at `index` ends: at the next that stands beside it, or is an item of its own below it."""
        own, end = blocks[index].depth, index + 1
        while end < len(blocks):
            block = blocks[end]
            if block.kind is BlockKind.LIST_ITEM and (block.depth <= own or _CHECKBOX.match(block.text)):
                break
            end += 1
        return end

    def _item(self, block: Block, nested: list[Block], horizon: Horizon | None) -> None:
        text = " ".join(without_last_comment(block.text).split("\n"))
        box = _CHECKBOX.match(text)
        state = ActionState.DONE if box and box[1] in "xX" else ActionState.OPEN
        text = text[box.end() :] if box else text
        if not box and (sign := _DONE_SIGN.match(text)):
            state, text = ActionState.DONE, text[sign.end() :]
        text = text.strip()
        if not text or _NONE.match(text):
            return
        raw = self.body.line(block.first)
        indent = found.end() if (found := _MARKER.match(raw)) else 0
        column = max(0, raw.find(text[:20]))
        owner = ""
        if found := _OWNER.match(text):
            owner, text = found[1].strip(), text[found.end() :]
        last = nested[-1].last if nested else block.last
        place = Place.at(self.path, block.first, column + 1, max(0, len(raw.rstrip()) - column))
        text, notes = read_notes(text)
        if notes is None:
            notes = Notes()
        self.problems.extend(notes.problems(self.path, self.body, block.first, block.last))
        below = [self.body.line(line) for line in range(block.last + 1, last + 1)]
        whole = "\n".join([text, *(line[min(indent, len(line) - len(line.lstrip())) :] for line in below)]).strip()
        self.items.append(
            ActionItem(
                place=place,
                text=whole,
                state=notes.state or (ActionState.DONE if notes.done else state),
                first=block.first,
                last=last,
                owner=owner,
                kind=notes.kind,
                horizon=horizon,
                due=notes.due,
                done=notes.done,
                ticket=notes.ticket,
                dropped_because=notes.dropped_because,
            )
        )


def _runs(blocks: tuple[Block, ...]) -> Iterator[tuple[BlockKind, list[Block]]]:
    """Blocks that belong together: a table, or a list from its first item to what is nested in its last one."""
    run: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.LIST_ITEM or (run and block.depth > 0):
            run.append(block)
            continue
        if run:
            yield BlockKind.LIST_ITEM, run
            run = []
        if block.kind is BlockKind.TABLE:
            yield BlockKind.TABLE, [block]
    if run:
        yield BlockKind.LIST_ITEM, run

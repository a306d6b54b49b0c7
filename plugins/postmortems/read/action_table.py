"""A table of action items. It is one where a column is named for the action; the other columns may be missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from postmortems.model.action_item import ActionItem, ActionKind, ActionState
from postmortems.model.column import Column
from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.model.section import Block, Body, Row
from postmortems.read.action_claims import problem_of, settle
from postmortems.read.action_fields import NOTHING, named_owner
from postmortems.read.action_line import read_action_line
from postmortems.read.action_state import WrittenState, day_at, read_state, read_tick
from postmortems.read.columns import ACTIONS, columns_of
from postmortems.settings import Settings
from postmortems.text.inline import without_escapes, without_last_comment

_MARKS = " *_`~\t"


class ActionTable:
    """A table among action items. `problems` fills while `items` are read.

    `around` is what the heading or the label above says of all its items.
    """

    def __init__(self, block: Block, body: Body, settings: Settings, around: WrittenState | None = None) -> None:
        self.header, self.rows = block.rows[0], block.rows[1:]
        self.body, self.around = body, around
        self.states, self.date_order = settings.states, settings.date_order
        self.problems: list[Problem] = []
        self.columns: dict[Column, int] = {}
        self.unknown_columns: list[str] = []
        for index, column in enumerate(columns_of(self.header, ACTIONS, settings.columns)):
            if column:
                self.columns.setdefault(column, index)
            elif header := self.header.cells[index].strip(_MARKS):
                self.unknown_columns.append(header)

    @property
    def is_unread(self) -> bool:
        """True if no column is known to hold the action although there are rows."""
        return Column.ACTION not in self.columns and any(cell.strip() for row in self.rows for cell in row.cells)

    @property
    def is_half_known(self) -> bool:
        """True if another column is known to be one of action items."""
        return not self.columns.keys().isdisjoint((Column.OWNER, Column.DUE, Column.STATE, Column.IS_DONE, Column.DONE))

    def items(self) -> list[ActionItem]:
        """The items of all rows that hold one."""
        if Column.ACTION not in self.columns:
            return []
        return [item for row in self.rows if (item := self._item(row))]

    def _item(self, row: Row) -> ActionItem | None:
        line = read_action_line(without_last_comment(self._cell(row, Column.ACTION)), self.states)
        if not line.column_text.strip(_MARKS + "-"):
            return None
        notes = line.notes
        stated = self._day(row, Column.DUE)
        if stated and notes.due and stated != notes.due:
            notes.wrong.append(("due", notes.due.isoformat(), f"the column says {stated}: keep one of them"))
        self.problems.extend(notes.problems(self.body, row.line, row.line))
        due, done = stated or notes.due, self._day(row, Column.DONE) or notes.done
        notes.done = done
        claims = [*line.claims, *self._claims(row, is_told=bool(done or notes.state or line.claims))]
        settled = settle(claims, notes, self.around)
        if settled.unclear:
            header = self._header(Column.STATE) or self._header(Column.IS_DONE)
            self.problems.append(problem_of(settled.unclear, header, self.body, row.line, row.line))
        owner = without_escapes(self._cell(row, Column.OWNER)).strip(_MARKS)
        ticket = without_escapes(self._cell(row, Column.TICKET))
        return ActionItem(
            place=self._place(row, line.column_text),
            text=" ".join([line.text, *self._spare(row)]),
            state=settled.state,
            first=row.line,
            last=row.line,
            owner=named_owner(owner, line.owner),
            kind=notes.kind or self._kind(row),
            due=due,
            done=done or settled.done,
            ticket=notes.ticket if ticket.casefold() in NOTHING else ticket,
            dropped_because=notes.dropped_because or settled.dropped_because,
        )

    def _claims(self, row: Row, *, is_told: bool) -> Iterator[WrittenState]:
        """States in the row's columns of state. An empty cell says nothing if another column `is_told`."""
        if Column.IS_DONE in self.columns:
            yield read_tick(self._cell(row, Column.IS_DONE), self.states)
        if Column.STATE in self.columns:
            if said := self._state(row):
                yield said
            elif not is_told and Column.IS_DONE not in self.columns:
                yield WrittenState(None, "")

    def _state(self, row: Row) -> WrittenState | None:
        return read_state(self._cell(row, Column.STATE), self.states, column=True)

    def _cell(self, row: Row, column: Column) -> str:
        index = self.columns.get(column, len(row.cells))
        return row.cells[index].strip() if index < len(row.cells) else ""

    def _header(self, column: Column) -> str:
        return self._cell(self.header, column).strip(_MARKS)

    def _place(self, row: Row, text: str) -> Place:
        line = self.body.line(row.line)
        return self.body.place(row.line, max(0, line.find(text)) + 1, len(text) if text in line else 0)

    def _day(self, row: Row, column: Column) -> date | None:
        """The day in a cell; a problem where what it holds is none."""
        cell = self._cell(row, column).strip(_MARKS)
        written = without_escapes(cell)
        if (found := day_at(written, 0, self.date_order)) and found[1] == len(written):
            return found[0]
        if written.casefold() not in NOTHING:
            self.problems.append(
                Problem(
                    "invalid-value",
                    self._place(row, cell),
                    f'cannot read {column}: "{written[:60]}" in an action item',
                    "write the day as 2026-11-20",
                )
            )
        return None

    def _kind(self, row: Row) -> ActionKind | None:
        written = without_escapes(self._cell(row, Column.KIND)).strip(_MARKS).casefold()
        return next((kind for kind in ActionKind if kind.value == written), None)

    def _spare(self, row: Row) -> Iterator[str]:
        """Cells that no field of the item holds: other columns, and states with more in them than a word."""
        used = set(self.columns.values())
        if self._kind(row) is None:
            used.discard(self.columns.get(Column.KIND, -1))
        for column in (Column.STATE, Column.IS_DONE):
            cell = self._cell(row, column)
            said = read_tick(cell, self.states) if column is Column.IS_DONE else self._state(row)
            if said and (said.state is None or "](" in cell or (said.detail and said.state is not ActionState.DROPPED)):
                used.discard(self.columns.get(column, -1))
        for index, cell in enumerate(row.cells):
            if cell.strip() and index not in used and index < len(self.header.cells):
                yield f"({self.header.cells[index].strip(_MARKS)}: {cell.strip()})"

"""Fields of an action item on lines of their own: what some templates have in place of the last parenthesis.

    - Alert at 80 % of pool use
      - **Owner**: platform
      - **Status**: Done (PR 12)

A line is a field if its label is one of a table's columns and its value fits; any other line is text. The lines stay
in the item's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from postmortems.model.action_item import ActionKind
from postmortems.model.column import Column
from postmortems.read.action_state import WrittenState, day_at, read_state, read_tick
from postmortems.read.columns import ACTIONS, column_named
from postmortems.settings import Settings
from postmortems.text.inline import without_escapes

_FIELD = re.compile(
    r"\s{0,60}(?:[-*+]\s{1,4})?(?:\*\*|__)?([^*_:]{2,40})(?:\*\*|__)?\s?:(?:\*\*|__)?\s{1,4}(\S.{0,300})"
)
_MARKS = " *_`~\t"
_LONGEST_NAME = 60
NOTHING = frozenset(("", "-", "–", "—", "?", "??", "...", "tbd", "tba", "tbc", "todo", "unknown", "none", "n/a"))
"""Words of a field that only say that it is empty, in lower case."""
_NOBODY = NOTHING | {
    "all", "everyone", "everybody", "anyone", "anybody", "someone", "somebody", "nobody", "unassigned", "unowned"
}  # fmt: skip
_REFERENCE = re.compile(r"\S{2,300}|!?\[[^\[\]]{1,100}\]\([^()\s]{1,300}\)")


@dataclass(slots=True)
class Fields:
    """The fields of one item, the first of each kind."""

    owner: str = ""
    due: date | None = None
    done: date | None = None
    ticket: str = ""
    kind: ActionKind | None = None
    claims: list[WrittenState] = field(default_factory=list)


def read_fields(lines: Iterable[str], settings: Settings) -> Fields:
    """Read the fields among the lines below the first one of an item."""
    fields = Fields()
    for line in lines:
        if found := _FIELD.fullmatch(line.rstrip(" \t\\")):
            column = column_named(found[1], ACTIONS, settings.columns)
            if column:
                _take(fields, column, found[2].strip(), settings)
    return fields


def named_owner(*written: str) -> str:
    """The first of these that names an owner; empty if none does, as `TBD` and `everyone` do not."""
    return next((owner for owner in written if owner.casefold() not in _NOBODY), "")


def _take(fields: Fields, column: Column, written: str, settings: Settings) -> None:
    value = without_escapes(written).strip(_MARKS)
    if column is Column.STATE and not fields.claims:
        if said := read_state(written, settings.states, column=True):
            fields.claims.append(said)
    elif column is Column.IS_DONE and not fields.claims:
        fields.claims.append(read_tick(written, settings.states))
    elif column is Column.OWNER and len(value) <= _LONGEST_NAME:
        fields.owner = fields.owner or value
    elif (
        column in (Column.DUE, Column.DONE) and (day := day_at(value, 0, settings.date_order)) and day[1] == len(value)
    ):
        if column is Column.DUE:
            fields.due = fields.due or day[0]
        else:
            fields.done = fields.done or day[0]
    elif column is Column.TICKET and _REFERENCE.fullmatch(value):
        fields.ticket = fields.ticket or value
    elif column is Column.KIND:
        fields.kind = fields.kind or next((kind for kind in ActionKind if kind == value.casefold()), None)

"""A table of action items. It is one where a column is named for the action; the other columns may be missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from postmortems.model.action_item import ActionItem, ActionKind, ActionState
from postmortems.model.column import Column
from postmortems.model.diagnostic import Problem
from postmortems.model.inline import without_last_comment
from postmortems.model.place import Place
from postmortems.model.section import Block, Body, Row
from postmortems.read.action_notes import Notes, day_of, read_notes
from postmortems.read.columns import ACTIONS, columns_of
from postmortems.read.timeline.written_day import match_day
from postmortems.settings import Settings

_STATES = {
    ActionState.DONE: (
        "done", "completed", "complete", "closed", "fixed", "finished", "resolved", "merged", "shipped", "yes",
        "x", "✅",
    ),
    ActionState.OPEN: (
        "open", "todo", "to do", "in progress", "pending", "not started", "new", "started", "planned", "wip", "doing",
        "ongoing", "assigned", "no", "❌",
    ),
    ActionState.DROPPED: (
        "dropped", "wont do", "wont fix", "wontfix", "cancelled", "canceled", "rejected", "abandoned",
    ),
    ActionState.UNKNOWN: ("unknown", "?"),
}  # fmt: skip
_STATE_OF = {word: state for state, words in _STATES.items() for word in words}
_NOTHING = frozenset(("", "-", "–", "—", "?", "tbd", "tba", "tbc", "unknown", "none", "n/a"))
_MARKS = " *_`~\t"


def read_action_table(
    block: Block, body: Body, path: str, settings: Settings
) -> tuple[list[ActionItem], list[Problem]]:
    """The items of a table, or none where no column is named for the action."""
    roles: dict[str, int] = {}
    for index, column in enumerate(columns_of(block.rows[0], ACTIONS, settings.columns)):
        if column:
            roles.setdefault("state" if column is Column.IS_DONE else column, index)
    if "action" not in roles:
        return [], []
    items: list[ActionItem] = []
    problems: list[Problem] = []
    for row in block.rows[1:]:
        item = _item(row, block.rows[0], roles, body.line(row.line), path, problems, settings.states)
        if item is not None:
            items.append(item)
    return items, problems


def _item(
    row: Row,
    header: Row,
    roles: dict[str, int],
    line: str,
    path: str,
    problems: list[Problem],
    own: Mapping[str, ActionState],
) -> ActionItem | None:
    cells = [cell.strip() for cell in row.cells]

    def part(role: str) -> str:
        index = roles.get(role, len(cells))
        return cells[index] if index < len(cells) else ""

    def place(text: str) -> Place:
        return Place.at(path, row.line, max(0, line.find(text)) + 1, len(text) if text in line else 0)

    text, notes = read_notes(without_last_comment(part("action")))
    if not text.strip(_MARKS + "-"):
        return None
    notes = notes or Notes()
    problems.extend(
        Problem("invalid-value", place(value), f'{key}: "{value}" of an action item cannot be read', help_text)
        for key, value, help_text in notes.wrong
    )
    days: dict[str, date | None] = {}
    for role, name in (("due", "due"), ("done", "done")):
        written = part(role).strip(_MARKS)
        days[name] = _day(written)
        if days[name] is None and written.casefold() not in _NOTHING:
            problems.append(
                Problem(
                    "invalid-value",
                    place(written),
                    f'{name}: "{written[:60]}" of an action item cannot be read',
                    "write the day as 2026-11-20",
                )
            )
    words = _plain(part("state"))
    state = next((found for word, found in own.items() if _plain(word) == words), None) or _STATE_OF.get(words)
    kind = next((one for one in ActionKind if one.value == part("kind").strip(_MARKS).casefold()), None)
    used = {index for role, index in roles.items()}
    if part("kind") and kind is None:
        used.discard(roles["kind"])
    if part("state") and state is None:
        used.discard(roles["state"])
    spare = [
        f"({header.cells[index].strip(_MARKS)}: {cell})"
        for index, cell in enumerate(cells)
        if cell and index not in used and index < len(header.cells)
    ]
    done = days["done"] or notes.done
    return ActionItem(
        place=place(text),
        text=" ".join([text, *spare]),
        state=notes.state or state or (ActionState.DONE if done else ActionState.OPEN),
        first=row.line,
        last=row.line,
        owner="" if (owner := part("owner").strip(_MARKS)).casefold() in _NOTHING else owner,
        kind=notes.kind or kind,
        due=days["due"] or notes.due,
        done=done,
        ticket="" if part("ticket").casefold() in _NOTHING else part("ticket") or notes.ticket,
        dropped_because=notes.dropped_because,
    )


def _plain(cell: str) -> str:
    return " ".join(cell.casefold().replace("'", "").replace("’", "").replace("-", " ").strip(_MARKS + "[]()").split())


def _day(written: str) -> date | None:
    """A day that leaves no doubt: ISO, or in words with its year."""
    if day := day_of(written):
        return day
    found = match_day(written, 0)
    if found is None or found[1] != len(written) or found[0].year is None or found[0].ambiguous:
        return None
    return next(iter(found[0].readings(None)), None)

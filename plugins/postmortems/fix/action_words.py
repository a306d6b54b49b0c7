"""Words for a new state in a table of action items: those of the table itself, of the settings, and of the language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from postmortems.model.action_item import ActionState
from postmortems.model.column import Column
from postmortems.read.action_state import WrittenState, read_state, read_tick
from postmortems.read.action_table import ActionTable
from postmortems.read.languages import ENGLISH, chosen, words
from postmortems.settings import Settings

_IN_ENGLISH = {ActionState.DONE: "Done", ActionState.DROPPED: "Won't do"}
_TICKED = {"[ ]": "[x]", "[]": "[x]", "☐": "☑", "⬜": "✅", "◻": "☑", "🔲": "✅", "❌": "✅", "✗": "✓", "✘": "✔"}


def state_words(table: ActionTable, state: ActionState, settings: Settings) -> Iterator[str]:
    """Words for this state that a cell of the column of states may hold, the most likely first."""
    if Column.STATE not in table.columns:
        return
    written = _written(table, Column.STATE, lambda cell: read_state(cell, settings.states, column=True), state)
    own = [word for word, meaning in settings.states.items() if meaning is state]
    # A language's file begins with the word that fits most.
    first = chosen()[0]
    meant = (word for word, meaning in words("action_states", (first,)).items() if meaning == state)
    known = _IN_ENGLISH[state] if (first,) == ENGLISH else next(meant, "").capitalize()
    yield from dict.fromkeys(filter(None, (*written, *own[:1], known, _IN_ENGLISH[state])))


def tick_words(table: ActionTable, line: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Ticks that a cell of the column to tick may hold; `line` is its row, `spans` where its cells are."""
    index = table.columns.get(Column.IS_DONE, len(spans))
    if index >= len(spans):
        return []
    begin, end = spans[index]
    there = _TICKED.get(line[begin:end].strip(), "")
    written = _written(table, Column.IS_DONE, lambda cell: read_tick(cell, table.states), ActionState.DONE)
    return [*dict.fromkeys(filter(None, (there, *written, "yes")))]


def _written(
    table: ActionTable, column: Column, read: Callable[[str], WrittenState | None], state: ActionState
) -> list[str]:
    """Words of other rows for a state, without a day or anything else beside them; the most frequent first."""
    index = table.columns[column]
    cells = [row.cells[index].strip() for row in table.rows if index < len(row.cells) and row.cells[index].strip()]
    found: Counter[str] = Counter()
    for cell in cells:
        said = read(cell)
        if said and said.state is state and said.day is None and not said.detail:
            found[cell] += 1
    return [word for word, _ in found.most_common(2)]

"""Everything that says how far one action item is → its state. What disagrees or is not understood is `unknown`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from postmortems.model.action_item import ActionState
from postmortems.model.diagnostic import Problem
from postmortems.model.section import Body
from postmortems.read.action_notes import Notes
from postmortems.read.action_state import WrittenState
from postmortems.read.languages import words
from postmortems.text.spelling import listed, only_near

RULE = "unknown-action-state"
_STRUCK = re.compile(r"~~|<(?:del|s|strike)>", re.IGNORECASE)
_LONGEST = 60
_EXAMPLES = ("done", "open", "in progress", "blocked", "won't do")


@dataclass(frozen=True, slots=True)
class Settled:
    """The state of an item, and the words that told it.

    Where it is not known although something was written, `unclear` is what was: one claim that is not understood, or
    several that disagree.
    """

    state: ActionState
    told_by: WrittenState | None = None
    unclear: tuple[WrittenState, ...] = ()

    @property
    def done(self) -> date | None:
        """The day of closing that is with the words."""
        return self.told_by.day if self.told_by and self.state is ActionState.DONE else None

    @property
    def dropped_because(self) -> str:
        """The reason that is with the words."""
        return self.told_by.detail if self.told_by and self.state is ActionState.DROPPED else ""


def settle(claims: Sequence[WrittenState], notes: Notes, around: WrittenState | None = None) -> Settled:
    """Settle what an item's marks, words and notes say. `around` is what its list says of all items in it.

    The notes' `state` and `wont-do` count most: they are what an author writes where nothing else is understood.
    """
    if notes.state in (ActionState.DROPPED, ActionState.UNKNOWN):
        return Settled(notes.state)
    said = list(claims)
    if notes.state:
        said = [claim for claim in claims if claim.state and not claim.is_default]
        said.append(WrittenState(notes.state, f"state: {notes.state}"))
    elif any(key == "state" for key, _, _ in notes.wrong):  # found as an invalid value
        return Settled(ActionState.UNKNOWN)
    if notes.done:
        said = [claim for claim in said if not claim.is_default]
        said.append(WrittenState(ActionState.DONE, f"done: {notes.done}"))
    if around and around.state and (not said or (around.state is not ActionState.OPEN and _is_default(said))):
        said.append(around)
    if unclear := [claim for claim in said if claim.state is None]:
        return Settled(ActionState.UNKNOWN, unclear=tuple(unclear[:1]))
    by_state: dict[ActionState, WrittenState] = {}
    for claim in said:
        if claim.state:
            by_state.setdefault(claim.state, claim)
    if len(by_state) > 1:
        return Settled(ActionState.UNKNOWN, unclear=tuple(by_state.values()))
    state, told_by = next(iter(by_state.items()), (ActionState.OPEN, None))
    return Settled(state, told_by)


def _is_default(said: Sequence[WrittenState]) -> bool:
    return all(claim.is_default for claim in said)


def problem_of(unclear: Sequence[WrittenState], column: str, body: Body, first: int, last: int) -> Problem:
    """A problem for what is unclear about an item's state, where it is on the item's lines.

    `column` is the header of the table's column of states, where there is one.
    """
    written = unclear[-1].written
    place = body.place(first)
    for line in range(first, last + 1):
        if written and (at := body.line(line).find(written)) >= 0:
            place = body.place(line, at + 1, len(written))
            break
    if len(unclear) > 1:
        pair = " and ".join(f"{claim.state} ({_quoted(claim.written)})" for claim in unclear[:2] if claim.state)
        return Problem(
            RULE, place, f"an action item is both {pair}", "keep the one that is true; until then it is unknown"
        )
    if not written:
        where = f' in the column "{column}"' if column else ""
        return Problem(
            RULE,
            place,
            f"the state of an action item is empty{where}",
            f"write one, such as {listed(_EXAMPLES)}, or unknown if you do not know",
        )
    if _STRUCK.match(written):
        return Problem(
            RULE,
            place,
            f"the state of an action item is struck out ({_quoted(written)}), which means neither done nor dropped",
            "tick its box, or end it with (wont-do: <reason>)",
        )
    guess = only_near(written, (*words("action_states"), *words("action_states_in_columns")))
    hint = f'did you mean "{guess}"? ' if guess else ""
    return Problem(
        RULE,
        place,
        f"the state {_quoted(written)} of an action item is unknown",
        f'{hint}known are words such as {listed(_EXAMPLES)}; the setting "states" gives a word of your own a meaning,'
        f" done, open, dropped or unknown: {_as_key(written)}: …",
    )


def _quoted(written: str) -> str:
    return f'"{written if len(written) <= _LONGEST else written[: _LONGEST - 1].rstrip() + "…"}"'


def _as_key(written: str) -> str:
    """A word as a key of YAML."""
    short = written[:_LONGEST].replace("\\", "\\\\").replace('"', '\\"')
    return short if short.replace(" ", "").isalnum() else f'"{short}"'

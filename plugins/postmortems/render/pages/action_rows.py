"""Action items of many incidents as rows of a list: when, what, who, and which incident they follow from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from postmortems.analyse.tracked_actions import Board, Promise, Stage
from postmortems.render.authored.ticket import ticket_words
from postmortems.render.base.action_ids import action_href
from postmortems.render.base.context import Surroundings
from postmortems.render.pages.row import Chip, chips
from postmortems.render.words.formats import day_words, days_words
from postmortems.render.words.incident import clipped, short_name
from postmortems.render.words.plain import plain_words

SHOWN = 50
"""How many late, due and open items a list shows; the rest is counted, and said where it stands."""

SHOWN_CLOSED = 10
"""How many of those that are done, dropped or of unknown state: the newest."""

_LONGEST = 300
_LONGEST_NAME = 60
_CHIPS = 2


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One action item, its words in plain text. `source` says where a derived date comes from, `why` why it was
    dropped."""

    look: str
    when: str
    due: str
    source: str
    text: str
    why: str
    owner: str
    owner_href: str
    kind: str
    ticket: str
    ticket_href: str
    chips: tuple[Chip, ...]
    href: str
    incident: str
    title: str


@dataclass(frozen=True, slots=True)
class PromiseSection:
    """The items of one stage: those that are shown, and how many there are."""

    id: str
    title: str
    note: str
    total: int
    rows: Sequence[PromiseRow]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


OPEN_SECTIONS = (
    (Stage.OVERDUE, "overdue", "Overdue", "the longest first"),
    (Stage.SOON, "due-soon", "Due soon", "in the next 30 days"),
    (Stage.OPEN, "open", "Open", "due later, or without a date"),
)
CLOSED_SECTIONS = (
    (Stage.DONE, "done", "Done", "the latest first"),
    (Stage.DROPPED, "dropped", "Dropped", "with the reason"),
    (Stage.UNKNOWN, "unknown", "State unknown", "counted as missing, neither open nor done"),
)


def open_sections(board: Board, around: Surroundings, *, with_owner: bool = True) -> list[PromiseSection]:
    """The stages in which something is still to do, those that are empty left out."""
    return _sections(OPEN_SECTIONS, board, around, SHOWN, with_owner)


def closed_sections(board: Board, around: Surroundings, *, with_owner: bool = True) -> list[PromiseSection]:
    """The stages in which nothing is to do, or nobody knows."""
    return _sections(CLOSED_SECTIONS, board, around, SHOWN_CLOSED, with_owner)


def _sections(
    stages: Sequence[tuple[Stage, str, str, str]], board: Board, around: Surroundings, most: int, with_owner: bool
) -> list[PromiseSection]:
    return [
        PromiseSection(
            anchor, title, note, board.count(stage), promise_rows(found[:most], around, with_owner=with_owner)
        )
        for stage, anchor, title, note in stages
        if (found := board.by_stage[stage])
    ]


def promise_rows(
    members: Sequence[Promise], around: Surroundings, *, with_owner: bool = True, without_pattern: str = ""
) -> list[PromiseRow]:
    """The rows of a list, without the owner and the pattern whose page it is, which every row would repeat."""
    return [_row(one, around, with_owner, without_pattern) for one in members]


def _row(one: Promise, around: Surroundings, with_owner: bool, without_pattern: str) -> PromiseRow:
    item = one.item
    ticket, ticket_href = ticket_words(item)
    dropped = one.stage is Stage.DROPPED
    return PromiseRow(
        look=f"is-{one.stage.replace(' ', '-')}",
        when=_when(one, around.analysis.today),
        due=f"due {day_words(one.due)}" if one.is_open and one.due else "",
        source=f"by its heading, {item.horizon}" if one.is_open and one.due and one.standing.due_is_derived else "",
        text=clipped(plain_words(item.text), _LONGEST),
        why=clipped(plain_words(item.dropped_because) or "no reason given", _LONGEST) if dropped else "",
        owner=clipped(item.owner, _LONGEST_NAME) if with_owner else "",
        owner_href=around.addresses.owner(item.owner) if with_owner and item.owner else "",
        kind=item.kind or "",
        ticket=clipped(ticket, _LONGEST_NAME),
        ticket_href=ticket_href,
        chips=chips(one.postmortem, around, without_pattern)[:_CHIPS],
        href=action_href(one.postmortem, item, around.addresses),
        incident=short_name(one.postmortem),
        title=clipped(one.postmortem.title, _LONGEST),
    )


def _when(one: Promise, today: date) -> str:
    """What the eye looks for first in a row of its stage."""
    if one.stage is Stage.OVERDUE:
        return days_words(one.days_late)
    if one.stage is Stage.SOON and one.due:
        days = (one.due - today).days
        return f"in {days_words(days)}" if days else "today"
    if one.stage is Stage.OPEN:
        return "later" if one.due else "no date"
    if one.stage is Stage.DONE:
        return day_words(one.item.done) if one.item.done else "day unknown"
    return one.stage.value

"""Action items of many incidents as rows of a list: when, what, who, and which incident they follow from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from postmortems.analyse.action_board import ActionBoard
from postmortems.model.dated_action import ActionStatus, DatedAction
from postmortems.render.authored.ticket import ticket_words
from postmortems.render.base.action_ids import action_href
from postmortems.render.base.context import PageContext
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
class ActionRow:
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
class ActionSection:
    """The items of one status: those that are shown, and how many there are."""

    id: str
    title: str
    note: str
    total: int
    rows: Sequence[ActionRow]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


OPEN_SECTIONS = (
    (ActionStatus.OVERDUE, "overdue", "Overdue", "the longest first"),
    (ActionStatus.SOON, "due-soon", "Due soon", "in the next 30 days"),
    (ActionStatus.OPEN, "open", "Open", "due later, or without a date"),
)
CLOSED_SECTIONS = (
    (ActionStatus.DONE, "done", "Done", "the latest first"),
    (ActionStatus.DROPPED, "dropped", "Dropped", "with the reason"),
    (ActionStatus.UNKNOWN, "unknown", "State unknown", "counted as missing, neither open nor done"),
)


def open_sections(board: ActionBoard, context: PageContext, *, with_owner: bool = True) -> list[ActionSection]:
    """The statuses in which something is still to do, those that are empty left out."""
    return _sections(OPEN_SECTIONS, board, context, SHOWN, with_owner)


def closed_sections(board: ActionBoard, context: PageContext, *, with_owner: bool = True) -> list[ActionSection]:
    """The statuses in which nothing is to do, or nobody knows."""
    return _sections(CLOSED_SECTIONS, board, context, SHOWN_CLOSED, with_owner)


def _sections(
    statuses: Sequence[tuple[ActionStatus, str, str, str]],
    board: ActionBoard,
    context: PageContext,
    most: int,
    with_owner: bool,
) -> list[ActionSection]:
    return [
        ActionSection(
            anchor, title, note, board.count(status), action_rows(found[:most], context, with_owner=with_owner)
        )
        for status, anchor, title, note in statuses
        if (found := board.by_status[status])
    ]


def action_rows(
    members: Sequence[DatedAction], context: PageContext, *, with_owner: bool = True, without_pattern: str = ""
) -> list[ActionRow]:
    """The rows of a list, without the owner and the pattern whose page it is, which every row would repeat."""
    return [_row(one, context, with_owner, without_pattern) for one in members]


def _row(one: DatedAction, context: PageContext, with_owner: bool, without_pattern: str) -> ActionRow:
    item = one.item
    ticket, ticket_href = ticket_words(item)
    dropped = one.status is ActionStatus.DROPPED
    return ActionRow(
        look=f"is-{one.status.replace(' ', '-')}",
        when=_when(one, context.analysis.today),
        due=f"due {day_words(one.due)}" if one.is_open and one.due else "",
        source=f"by its heading, {item.horizon}" if one.is_open and one.due and one.due_is_derived else "",
        text=clipped(plain_words(item.text), _LONGEST),
        why=clipped(plain_words(item.dropped_because) or "no reason given", _LONGEST) if dropped else "",
        owner=clipped(item.owner, _LONGEST_NAME) if with_owner else "",
        owner_href=context.addresses.owner(item.owner) if with_owner and item.owner else "",
        kind=item.kind or "",
        ticket=clipped(ticket, _LONGEST_NAME),
        ticket_href=ticket_href,
        chips=chips(one.postmortem, context, without_pattern)[:_CHIPS],
        href=action_href(one.postmortem, item, context.addresses),
        incident=short_name(one.postmortem),
        title=clipped(one.postmortem.title, _LONGEST),
    )


def _when(one: DatedAction, today: date) -> str:
    """What the eye looks for first in a row."""
    if one.status is ActionStatus.OVERDUE:
        return days_words(one.days_late)
    if one.status is ActionStatus.SOON and one.due:
        days = (one.due - today).days
        return f"in {days_words(days)}" if days else "today"
    if one.status is ActionStatus.OPEN:
        return "later" if one.due else "no date"
    if one.status is ActionStatus.DONE:
        return day_words(one.item.done) if one.item.done else "day unknown"
    return one.status.value

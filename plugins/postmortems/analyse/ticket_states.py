"""Action items against the tickets of an export: what a tracker knows better, and where the two contradict each other.

A ticket that is closed closes an open item. Nothing else is decided here: where an item says more than its ticket, or
something else, an author has to settle it. What an export does not hold says nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from postmortems.model.action_item import ActionState
from postmortems.model.dated_action import DatedAction
from postmortems.model.ticket import Ticket, TicketReference, ticket_references


class Outcome(StrEnum):
    """Outcome of a comparison. The first three ask for a change of the item."""

    DONE = "done"
    DROPPED = "dropped"
    DATED = "dated"
    AGREES = "agrees"
    OPEN_TICKET = "open-ticket"
    CONTRADICTION = "contradiction"
    SEVERAL_STATES = "several-states"
    UNKNOWN_STATE = "unknown-state"
    AMBIGUOUS = "ambiguous"
    NOT_IN_EXPORT = "not-in-export"
    OTHER_TRACKER = "other-tracker"
    UNREADABLE = "unreadable"
    IN_TEXT = "in-text"
    NO_TICKET = "no-ticket"


CHANGES = (Outcome.DONE, Outcome.DROPPED, Outcome.DATED)
"""Outcomes that ask for a change of the item."""

QUIET = (*CHANGES, Outcome.AGREES, Outcome.OTHER_TRACKER, Outcome.IN_TEXT, Outcome.NO_TICKET)
"""Outcomes that need no look."""


_LONGEST = 2_000
_OF_OTHERS = re.compile(
    r"\b(?:block(?:ed|ing) (?:on|by)|waiting (?:on|for)|depend(?:s|ing) on|after|until|unlike)\s{1,3}(?:the\s)?"
    r"(?:\[[^\[\]]{0,200}\]\(\S{1,1000}|\S{1,1000})",
    re.IGNORECASE,
)
"""A ticket in a text that is not the item's own, such as in "blocked by #12"."""


@dataclass(frozen=True, slots=True)
class ComparedAction:
    """One action item beside its tickets. `day` is when the last one was closed, `reason` why it was dropped."""

    action: DatedAction
    outcome: Outcome
    references: tuple[TicketReference, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    day: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class TicketComparison:
    """All action items beside the tickets of an export, in the given order."""

    compared: tuple[ComparedAction, ...]

    @property
    def changes(self) -> tuple[ComparedAction, ...]:
        """Items that ask for a change."""
        return tuple(each for each in self.compared if each.outcome in CHANGES)

    @property
    def findings(self) -> tuple[ComparedAction, ...]:
        """Items that need a look."""
        return tuple(each for each in self.compared if each.outcome not in QUIET)

    @property
    def counts(self) -> dict[Outcome, int]:
        """Number of items of each outcome; zeros stay."""
        counted = Counter(each.outcome for each in self.compared)
        return {outcome: counted[outcome] for outcome in Outcome}


def compare_with_tickets(
    actions: Iterable[DatedAction], tickets: Iterable[Ticket], repository: str = "", *, in_text: bool = False
) -> TicketComparison:
    """Compare action items with tickets. `repository` is the one that numbers such as `#12` belong to; empty if that is
    not known: then it is the only one of the export, and with several nobody can tell. `in_text` takes the only ticket
    of the export that an item names in its text for its own, if it has none."""
    index = _Index(tickets, repository.casefold())
    return TicketComparison(tuple(_compared(action, index, in_text) for action in actions))


class _Index:
    """Tickets by their names."""

    def __init__(self, tickets: Iterable[Ticket], repository: str) -> None:
        self.by_key: defaultdict[str, list[Ticket]] = defaultdict(list)
        self.projects: set[str] = set()
        self.repositories: set[str] = set()
        for ticket in tickets:
            self.by_key[ticket.reference.key].append(ticket)
            self.projects.add(ticket.reference.project)
            if ticket.reference.is_number:
                self.repositories.add(ticket.reference.repository)
        self.repository = repository or (next(iter(self.repositories)) if len(self.repositories) == 1 else "")

    def is_ambiguous(self, reference: TicketReference) -> bool:
        """True if a bare number may be that of several repositories."""
        return bool(reference.is_number and not reference.repository and not self.repository and self.repositories)

    def find(self, reference: TicketReference) -> list[Ticket]:
        """The tickets with this name: one, or several that were exported twice."""
        return [ticket for ticket in self.by_key[reference.key] if self._is(reference, ticket.reference)]

    def covers(self, reference: TicketReference) -> bool:
        """True if the export has tickets of the same repository or project."""
        if not reference.is_number:
            return reference.project in self.projects
        own = reference.repository or self.repository
        return any(_same_repository(own, repository) for repository in self.repositories)

    def _is(self, reference: TicketReference, ticket: TicketReference) -> bool:
        if reference.host and ticket.host and reference.host != ticket.host:
            return False
        return not reference.is_number or _same_repository(reference.repository or self.repository, ticket.repository)


def _same_repository(written: str, whole: str) -> bool:
    """True if a repository is written so, whole or by its last names: `shop#12` for that of `example/shop`."""
    return bool(written) and (written == whole or whole.endswith(f"/{written}"))


def _compared(action: DatedAction, index: _Index, in_text: bool) -> ComparedAction:
    if action.item.ticket.strip():
        references = ticket_references(action.item.ticket)
    else:
        references = _named_in_text(action, index)
        if not references or not in_text:
            return ComparedAction(action, Outcome.IN_TEXT if references else Outcome.NO_TICKET, references)
    if not references:
        return ComparedAction(action, Outcome.UNREADABLE)
    found = [(reference, index.find(reference)) for reference in references]
    tickets = tuple(ticket for _, several in found for ticket in several)
    if outcome := next(_missing(found, index), None):
        return ComparedAction(action, outcome, references, tickets)
    states = {ticket.state for ticket in tickets}
    if len(states) > 1:
        return ComparedAction(action, Outcome.SEVERAL_STATES, references, tickets)
    (state,) = states
    outcome = _outcome(action, state)
    day = _last_day(tickets) if outcome in (Outcome.DONE, Outcome.DATED) else None
    if outcome is Outcome.DATED and day is None:
        outcome = Outcome.AGREES
    reason = next((ticket.reason for ticket in tickets if ticket.reason), "")
    return ComparedAction(action, outcome, references, tickets, day, reason)


def _named_in_text(action: DatedAction, index: _Index) -> tuple[TicketReference, ...]:
    """The ticket of the export that the text of an item names, if it is the only one. A number alone may be a pod's."""
    named = [
        reference
        for reference in ticket_references(_OF_OTHERS.sub(" ", action.item.text[:_LONGEST]))
        if (reference.repository or not reference.is_number) and index.find(reference)
    ]
    return tuple(named) if len(named) == 1 else ()


def _missing(found: Sequence[tuple[TicketReference, list[Ticket]]], index: _Index) -> Iterator[Outcome]:
    """Yield the reason why an item cannot be compared, for each ticket that is not there."""
    for reference, tickets in found:
        if index.is_ambiguous(reference):
            yield Outcome.AMBIGUOUS
        elif not tickets:
            yield Outcome.NOT_IN_EXPORT if index.covers(reference) else Outcome.OTHER_TRACKER


def _outcome(action: DatedAction, state: ActionState) -> Outcome:
    item = action.item
    if state is ActionState.UNKNOWN:
        return Outcome.UNKNOWN_STATE
    if state is ActionState.OPEN:
        return Outcome.AGREES if item.state is ActionState.OPEN else Outcome.OPEN_TICKET
    if item.state in (ActionState.OPEN, ActionState.UNKNOWN):
        return Outcome.DONE if state is ActionState.DONE else Outcome.DROPPED
    if item.state is not state:
        return Outcome.CONTRADICTION
    return Outcome.DATED if state is ActionState.DONE and item.done is None else Outcome.AGREES


def _last_day(tickets: Sequence[Ticket]) -> date | None:
    """The day when the last of them was closed; None where that of one is unknown."""
    days = [ticket.closed for ticket in tickets if ticket.closed]
    return max(days) if days and len(days) == len(tickets) else None

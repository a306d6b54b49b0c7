"""Comparisons of action items with their tickets in words, one sentence each."""

from __future__ import annotations

from postmortems.analyse.ticket_states import ComparedAction, Outcome
from postmortems.model.action_item import ActionState
from postmortems.text.spelling import listed

_LONGEST = 80


def change_words(compared: ComparedAction) -> str:
    """State that an item gets: `OPS-12: done on 2026-03-04`, `#7: dropped, closed as not planned`."""
    names = listed(map(str, compared.references))
    if compared.outcome is Outcome.DROPPED:
        return f"{names}: dropped, {compared.reason}"
    return f"{names}: done on {compared.day}" if compared.day else f"{names}: done, day unknown"


def finding_words(compared: ComparedAction, repositories: int = 0) -> str:
    """Reason why an item needs a look, and the next step."""
    names, item = listed(map(str, compared.references)), compared.action.item
    said = listed(f'{ticket.reference} is {ticket.state} ("{ticket.said[:_LONGEST]}")' for ticket in compared.tickets)
    match compared.outcome:
        case Outcome.OPEN_TICKET:
            if item.state is ActionState.UNKNOWN:
                return f"{said}, and the state of the item is unknown: write it"
            return f"{said}, and the item is {item.state}: close the ticket, or open the item again"
        case Outcome.CONTRADICTION:
            return f"{said}, and the item is {item.state}: correct one of the two"
        case Outcome.SEVERAL_STATES:
            return f"its tickets have several states: {said}"
        case Outcome.UNKNOWN_STATE:
            words = listed(f'"{ticket.said[:_LONGEST]}"' for ticket in compared.tickets)
            return f"{words}, the state of {names}, is unknown: the setting states can give a word a meaning"
        case Outcome.AMBIGUOUS:
            return (
                f"{names} may belong to any of {repositories} repositories of this export: name one with --repository"
            )
        case Outcome.NOT_IN_EXPORT:
            return f"{names} is not in this export: correct it, or export more"
    return (
        f'the ticket "{item.ticket[:_LONGEST]}" is neither the URL of a ticket nor a name such as OPS-12, #12 or '
        "example/shop#12"
    )

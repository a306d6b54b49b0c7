"""States of action items in words: the same on every page, in every file and in the terminal.

A rate is said of those that it rests on ("3 of 4 done"), and only where `ActionCounts` tells one: beside it stand the
items that it leaves out. Else only the numbers of each state are said.
"""

from __future__ import annotations

from postmortems.analyse.actions import ActionCounts
from postmortems.model.action_item import ActionItem


def closure_words(counts: ActionCounts) -> str:
    """`3 of 4 done`, or `3 of 4 due done` where others are not due yet; without a rate the items by state: `1 done,
    2 open, 9 unknown`."""
    if counts.tells_a_rate:
        return f"{counts.done:,} of {counts.n:,} {'due ' if counts.open > counts.overdue else ''}done"
    done = [f"{counts.done:,} done"] if counts.done else []
    return ", ".join([*done, *rest_parts(counts)]) or "none listed"


def rest_words(counts: ActionCounts) -> str:
    """Words beside `closure_words`: the items that are not done; empty if it says them already."""
    return ", ".join(rest_parts(counts)) if counts.tells_a_rate else ""


def rest_parts(counts: ActionCounts) -> list[str]:
    """The items that are not done, by state: `1 overdue`, `2 more open`, `1 dropped`, `9 unknown`."""
    parts = (
        (counts.overdue, "overdue"),
        (counts.open - counts.overdue, "more open" if counts.overdue else "open"),
        (counts.dropped, "dropped"),
        (counts.unknown, "unknown"),
    )
    return [f"{number:,} {words}" for number, words in parts if number]


def card_words(counts: ActionCounts) -> tuple[str, str]:
    """A short headline of some items, and the other states but the overdue ones: `3 of 4 done` and `2 open`."""
    states = [
        f"{number:,} {words}"
        for number, words in (
            (counts.done, "done"),
            (counts.open, "open"),
            (counts.dropped, "dropped"),
            (counts.unknown, "unknown"),
        )
        if number
    ]
    if counts.tells_a_rate:
        return closure_words(counts), ", ".join(states[1:] if counts.done else states)
    if counts.unknown == counts.total:
        return f"{counts.total:,} listed", "status not public"
    return states[0], ", ".join(states[1:])


def why_no_rate(counts: ActionCounts) -> str:
    """Reason why there is no rate; empty if there is one, and without items."""
    if counts.tells_a_rate or not counts.total:
        return ""
    if counts.unknown:
        return f"No rate is told: {counts.n:,} are done or due, and of {counts.unknown:,} the state is unknown."
    return "No rate is told: none is done or due yet."


def ticket_words(item: ActionItem) -> tuple[str, str]:
    """The words for a ticket, and its address where the author gave one; anything but a web address stays text."""
    if not item.ticket.startswith(("https://", "http://")):
        return item.ticket, ""
    return item.ticket.rstrip("/").rpartition("/")[2], item.ticket

"""Ticket of an action item, as a list shows it."""

from __future__ import annotations

from postmortems.model.action_item import ActionItem


def ticket_words(item: ActionItem) -> tuple[str, str]:
    """The words for a ticket, and its address where the author gave one; anything but a web address stays text."""
    if not item.ticket.startswith(("https://", "http://")):
        return item.ticket, ""
    return item.ticket.rstrip("/").rpartition("/")[2], item.ticket

"""`/actions.ics`: the open action items that have a due date, as events of a whole day (RFC 5545).

Events and no to-dos, since the calendars that most people have show nothing else. They leave the day free.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5

from postmortems.model.action_item import ActionState
from postmortems.render.data.action_record import ActionRecord
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.ical_text import calendar_text, stamp, text_value

FILE = "actions.ics"

_UIDS = UUID("5f0c5a8e-7d0b-5b8e-9a53-0e7f2c1d6b41")
"""The space of names in which an item's id becomes its UID; whoever changes it doubles everybody's events."""


def actions_ics(data_context: DataContext) -> str:
    """The text of the file."""
    name = text_value(f"Action items: {data_context.site_name}" if data_context.site_name else "Action items")
    return calendar_text("actions", (f"NAME:{name}", f"X-WR-CALNAME:{name}"), _events(data_context))


def _events(data_context: DataContext) -> Iterator[str]:
    made = stamp(data_context.pages.analysis.today)
    for action in data_context.actions:
        if action["due"] and action["state"] == ActionState.OPEN:
            yield from _event(action, made, data_context)


def _event(action: ActionRecord, made: str, data_context: DataContext) -> Iterator[str]:
    day = (action["due"] or "").replace("-", "")
    yield "BEGIN:VEVENT"
    # Two sites may have an item of one id, and somebody who subscribes to both.
    name = f"{data_context.site_id}/{action['id']}"
    yield f"UID:{uuid5(_UIDS, name)}"
    yield made
    yield f"DTSTART;VALUE=DATE:{day}"  # without an end it is that whole day
    owner = f"{action['owner']}: " if action["owner"] else ""
    yield f"SUMMARY:{text_value(owner + action['text'])}"
    facts = [data_context.pages.corpus.by_id[action["postmortem"]].title]
    if action["due_is_derived"]:
        facts.append(f"No date is given: the day follows from its heading, {action['horizon']}")
    if action["ticket"]:
        facts.append(f"Ticket: {action['ticket']}")
    if data_context.site_url:
        facts.append(action["url"])
        yield f"URL:{action['url']}"
    yield f"DESCRIPTION:{text_value(chr(10).join(facts))}"
    if names := [name for name in (action["severity"], action["kind"]) if name]:
        yield f"CATEGORIES:{','.join(map(text_value, names))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"

"""Events and action items of an export as Markdown of ours: a table, and a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from postmortems.adopt.exports.embedded_markdown import on_one_line
from postmortems.adopt.exports.incident import ExportAction, ExportEvent
from postmortems.adopt.exports.plain_markdown import address, inline
from postmortems.model.action_item import ActionState
from postmortems.read.action_notes import misplaced_notes, read_notes

LONGEST_EVENT = 400
"""Maximum length of an event in the table, in characters."""

_TICKET = re.compile(r"[^\s,()\[\]<>|`*_{}\\]{1,300}")


def event_table(events: Sequence[ExportEvent]) -> str:
    """The timeline as a table in UTC; it has columns for people and links only where there are any."""
    has_actor, has_link = any(event.actor for event in events), any(address(event.link) for event in events)
    header = ["Time (UTC)", "Event", *["Actor"] * has_actor, *["Link"] * has_link]
    rows = [header, ["---"] * len(header)]
    for event in events:
        link = address(event.link)
        cells = [_time(event.at), _event(event)]
        cells += [inline(event.actor)] if has_actor else []
        cells += [f"[source]({link})" if link else ""] if has_link else []
        rows.append(cells)
    return "\n".join("".join(f"| {cell} " if cell else "| " for cell in row) + "|" for row in rows)


def is_shortened(event: ExportEvent) -> bool:
    """True if a row of the table does not show all of an event, or not the form of its code."""
    return len(event.text.strip()) > LONGEST_EVENT or "```" in event.text


def whole_events(events: Sequence[ExportEvent]) -> str:
    """All events with their whole text, as plain text."""
    return (
        "\n\n".join("\n".join([f"{_time(event.at)} {event.actor}".rstrip(), event.text.strip()]) for event in events)
        + "\n"
    )


def action_line(action: ExportAction) -> str:
    """An action item as authors write it."""
    box = "[x]" if action.state is ActionState.DONE else "[ ]"
    owner = re.sub(r"[\[\]\n]", " ", action.owner).strip()[:60]
    link = address(action.ticket)
    notes = []
    if action.due:
        notes.append(f"due: {action.due.isoformat()}")
    if action.done and action.state is ActionState.DONE:
        notes.append(f"done: {action.done.isoformat()}")
    if action.ticket and (_TICKET.fullmatch(action.ticket) or link):
        notes.append(f"ticket: {link if link else action.ticket}")
    if action.state is ActionState.UNKNOWN:
        notes.append("state: unknown")
    if action.state is ActionState.DROPPED:
        reason = re.sub(r"[()]", " ", action.dropped_because)
        notes.append(f"wont-do: {inline(reason) or 'no reason was given'}")
    text = inline(action.text)
    for written in {value for _, value, _ in misplaced_notes(text)}:
        text = text.replace(written, f"`{written}`")
    if not notes and read_notes(text)[1]:
        # Else what ends the text would be taken for notes of ours.
        notes.append(f"state: {action.state.value}")
    return " ".join(
        [f"- {box}", *([f"[{inline(owner)}]"] if owner else []), text, *([f"({', '.join(notes)})"] if notes else [])]
    )


def _time(at: datetime | None) -> str:
    if at is None:
        return "unknown"
    at = at.astimezone(UTC)
    return at.strftime("%Y-%m-%d %H:%M:%S" if at.second else "%Y-%m-%d %H:%M")


def _event(event: ExportEvent) -> str:
    text = event.text.strip()
    shown = text if len(text) <= LONGEST_EVENT else text[:LONGEST_EVENT].rpartition(" ")[0] + " …"
    return on_one_line(shown) if event.is_markdown else inline(shown)

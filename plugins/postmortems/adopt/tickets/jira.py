"""Issues of Jira: the answer of a search in JSON, or the export as CSV.

What an issue's resolution means is read as states of action items are, so that the setting `states` gives a team's own
words a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from postmortems.adopt.exports.json_object import JsonObject, read_moment
from postmortems.model.action_item import ActionState
from postmortems.model.ticket import Ticket, TicketReference
from postmortems.read.action_state import day_at, read_state
from postmortems.read.languages import plain_word
from postmortems.settings import DateOrder, Settings

NAME = "Jira"
DROPPED = frozenset(
    ("won t do", "wont do", "wont fix", "won t fix", "declined", "cancelled", "canceled", "duplicate", "rejected")
)
"""Resolutions, and names of states, of what will not be done."""

_UNRESOLVED = ("", "unresolved", "none")
_CATEGORIES = {
    "done": ActionState.DONE,
    "new": ActionState.OPEN,
    "to do": ActionState.OPEN,
    "indeterminate": ActionState.OPEN,
    "in progress": ActionState.OPEN,
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHORT_DAY = re.compile(r"(\d{1,2})/([A-Za-z]{3})/(\d{2}|\d{4})(?:\s.{0,20})?")
_MOST_ROWS = 1_000


def is_ticket(entry: JsonObject) -> bool:
    """True if an object is an issue."""
    return entry.has("key", "fields")


def ticket(entry: JsonObject, settings: Settings) -> Ticket:
    """One issue of a search."""
    fields = entry.object("fields")
    status = fields.object("status")
    state, said, reason = state_of(
        status.text("statusCategory", "key"), status.line("name"), fields.line("resolution", "name"), settings
    )
    moment = fields.moment("resolutiondate")
    day = moment.at.date() if moment and state is not ActionState.OPEN else None
    return Ticket(_reference(entry.text("key"), entry.text("self")), state, said, day, reason, fields.line("summary"))


def ticket_of_row(row: Mapping[str, str], settings: Settings) -> Ticket:
    """One row of the CSV, by the names of its columns in small letters."""
    state, said, reason = state_of(row.get("status category", ""), row["status"], row.get("resolution", ""), settings)
    day = None if state is ActionState.OPEN else _day(row.get("resolved", ""), settings.date_order)
    return Ticket(_reference(row["issue key"]), state, said, day, reason, " ".join(row.get("summary", "").split()))


def state_of(category: str, status: str, resolution: str, settings: Settings) -> tuple[ActionState, str, str]:
    """The state of an issue, the words that told it, and the reason of one that was dropped."""
    if plain_word(resolution) not in _UNRESOLVED:
        state = _read(resolution, settings)
        return state, resolution, _reason(resolution) if state is ActionState.DROPPED else ""
    known = _CATEGORIES.get(plain_word(category))
    named = _read(status, settings)
    if known is ActionState.DONE and named is ActionState.DROPPED:
        return named, status, _reason(status)
    state = known or named
    return state, status or category, _reason(status) if state is ActionState.DROPPED else ""


def _read(words: str, settings: Settings) -> ActionState:
    if plain_word(words) in DROPPED and words not in settings.states:
        return ActionState.DROPPED
    said = read_state(words, settings.states, column=True)
    return said.state if said and said.state else ActionState.UNKNOWN


def _reason(words: str) -> str:
    return f'closed as "{words}"'


def _reference(key: str, address: str = "") -> TicketReference:
    host = address.partition("://")[2].partition("/")[0].casefold()
    return TicketReference(key.strip().upper(), host=host)


def _day(text: str, order: DateOrder) -> date | None:
    """The day of a cell such as `20/May/24 04:53 PM`; None where it leaves a doubt."""
    text = text.strip()
    if moment := read_moment(text):
        return moment.at.date()
    if (short := _SHORT_DAY.fullmatch(text)) and (name := short[2].casefold()) in _MONTHS:
        year = int(short[3]) + (2000 if len(short[3]) == 2 else 0)
        try:
            return datetime(year, _MONTHS.index(name) + 1, int(short[1])).date()
        except ValueError:
            return None
    found = day_at(text, 0, order)
    return found[0] if found and not text[found[1] :].strip(" 0123456789:apmAPM.,") else None


def remarks(pages: Collection[JsonObject], rows: int, tickets: Collection[Ticket]) -> Iterator[str]:
    """Sentences on what the export may lack, and how to ask for it."""
    total = max((int(page.text("total") or 0) for page in pages if page.text("total").isdecimal()), default=0)
    if total > len(tickets):
        yield f"it holds {len(tickets)} of {total} issues: export the other pages as well"
    elif (
        pages
        and any(page.text("nextPageToken") for page in pages)
        and not any(page.at("isLast") is True for page in pages)
    ):
        yield "it holds the first page of a search alone: export the other pages as well"
    if rows == _MOST_ROWS:
        yield f"it holds {_MOST_ROWS:,} issues, which is the most that Jira exports at once: export the others as well"
    if undated := sum(found.state is not ActionState.OPEN and not found.closed for found in tickets):
        yield f"the day of closing of {undated} closed issues is missing or cannot be read"

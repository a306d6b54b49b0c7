"""Words of a reminder on one action item, whatever the form of its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from postmortems.analyse.reminders import Reminders
from postmortems.model.dated_action import DatedAction
from postmortems.render.words.formats import apart_words, day_words
from postmortems.text.spelling import count_words

_WEB_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`\\|*]{1,2000}")


@dataclass(frozen=True, slots=True)
class Reminder:
    """Reminders as they are to be told.

    `words` gives what an item asks for, in plain words without anything that must not be shown; `address` where it is:
    its URL, or file and line. `overview` is the URL of all action items, empty where the site's address is unknown.
    """

    reminders: Reminders
    words: Callable[[DatedAction], str]
    address: Callable[[DatedAction], str]
    overview: str = ""
    mentions: bool = False


def when_words(action: DatedAction, today: date) -> str:
    """`12 days overdue`, `due today`, `due in 3 days`."""
    if action.due is None:
        return "no due date"
    days = (action.due - today).days
    if days < 0:
        return f"{count_words(-days, 'day')} overdue"
    return f"due in {count_words(days, 'day')}" if days else "due today"


def due_words(action: DatedAction) -> str:
    """The due date, and whether it follows from the heading."""
    derived = f', from the heading "{action.item.horizon}"' if action.due_is_derived else ""
    return f"due {day_words(action.due)}{derived}"


def incident_words(action: DatedAction) -> str:
    """The title of the postmortem, with what a reader should know of it: a draft, a near miss, a drill."""
    postmortem = action.postmortem
    notes = [*(["draft"] if postmortem.is_draft else []), apart_words([postmortem]).removeprefix("1 ")]
    told = ", ".join(filter(None, notes))
    return f"{postmortem.title} ({told})" if told else postmortem.title


def count_line(found: Reminders) -> str:
    """`3 action items overdue, 2 due by 13 Dec 2026`; or that there is nothing."""
    until = day_words(found.until)
    if not found.parts:
        return f"No action item is overdue or due by {until}"
    if not found.overdue:
        return f"{count_words(found.due_soon, 'action item')} due by {until}"
    return f"{count_words(found.overdue, 'action item')} overdue, {found.due_soon} more due by {until}"


def notes(found: Reminders) -> Iterator[str]:
    """Sentences on what cannot be reminded of, and on the day."""
    left_out = ((found.undated, "open without a due date"), (found.unknown, "with unknown status"))
    if told := [f"{number} {words}" for number, words in left_out if number]:
        yield f"Not listed: {', '.join(told)}."
    yield f"As of {day_words(found.today)}."


def is_web_address(text: str) -> bool:
    """True for an address of the web without a sign that could end a link in Markdown or in a chat."""
    return _WEB_ADDRESS.fullmatch(text) is not None

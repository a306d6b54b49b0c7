"""Reminders as JSON: what `postmortems remind --format json` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.reminders import Reminders
from postmortems.model.dated_action import DatedAction
from postmortems.render.data.action_record import ActionRecord, action_records
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.head import Head, head
from postmortems.render.data.json_text import Count, Day, json_document

SCHEMA = "schema/reminders.schema.json"


class ReminderItem(ActionRecord):
    """An action item as in the file of action items, and where its author wrote it."""

    title: Annotated[str, Field(description="The title of its postmortem")]
    path: Annotated[str, Field(description="Its file, relative to the root of the git repository where there is one")]
    days_overdue: Annotated[Count, Field(description="Days since its due date; 0 if that is today or ahead")]


class OwnerRecord(TypedDict):
    """The action items of one owner."""

    owner: Annotated[str | None, Field(description="The owner, in its most frequent spelling; null for items without")]
    overdue: Annotated[list[ReminderItem], Field(description="Overdue items, oldest due date first")]
    due_soon: Annotated[list[ReminderItem], Field(description="Items due until the last day, earliest first")]


class ReminderFile(Head):
    """Overdue and soon due action items by owner."""

    until: Annotated[Day, Field(description="The last day that counts as soon")]
    overdue: Annotated[Count, Field(description="Number of overdue items")]
    due_soon: Annotated[Count, Field(description="Number of items due soon")]
    undated: Annotated[Count, Field(description="Number of open items without a due date, which are not listed")]
    unknown: Annotated[Count, Field(description="Number of items with unknown status, which are not listed")]
    owners: Annotated[
        list[OwnerRecord], Field(description="Owners, most overdue items first; last the items without an owner")
    ]


def reminders_json(found: Reminders, data_context: DataContext, path: Callable[[str], str]) -> str:
    """Reminders as the text of a file. `path` turns a path below the docs folder into the one to give."""
    values = {
        **head(data_context),
        "until": found.until.isoformat(),
        "overdue": found.overdue,
        "due_soon": found.due_soon,
        "undated": found.undated,
        "unknown": found.unknown,
    }
    return json_document(f"../{SCHEMA}", values, "owners", _owners(found, data_context, path))


def _owners(found: Reminders, data_context: DataContext, path: Callable[[str], str]) -> Iterator[OwnerRecord]:
    records = _Records(data_context, path)
    for part in found.parts:
        yield {
            "owner": part.name or None,
            "overdue": [records.of(action) for action in part.overdue],
            "due_soon": [records.of(action) for action in part.due_soon],
        }


class _Records:
    """The records of action items, those of each postmortem made once."""

    def __init__(self, data_context: DataContext, path: Callable[[str], str]) -> None:
        self.context, self.url, self.path = data_context.pages, data_context.url, path
        self.made: dict[str, dict[int, ActionRecord]] = {}

    def of(self, action: DatedAction) -> ReminderItem:
        postmortem, place = action.postmortem, action.item.place
        if postmortem.path not in self.made:
            made = action_records(postmortem, self.context, self.url)
            dated = self.context.analysis.actions_of(postmortem)
            self.made[postmortem.path] = {each.item.first: record for each, record in zip(dated, made, strict=True)}
        return {
            **self.made[postmortem.path][action.item.first],
            "title": postmortem.title,
            "path": self.path(place.path),
            "days_overdue": action.days_late,
        }

"""`/data/postmortems.json`, `/data/actions.json`, and the same as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field

from postmortems.render.data.action_record import ActionRecord
from postmortems.render.data.csv_text import csv_text
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.head import Head, head
from postmortems.render.data.json_text import json_document, json_lines
from postmortems.render.data.postmortem_record import PostmortemRecord

POSTMORTEMS, ACTIONS = "data/postmortems", "data/actions"
POSTMORTEMS_SCHEMA, ACTIONS_SCHEMA = "schema/postmortems.schema.json", "schema/actions.schema.json"


class Postmortems(Head):
    """All postmortems, drafts, drills and near misses included."""

    postmortems: Annotated[
        list[PostmortemRecord], Field(description="One object per postmortem, newest first, undated last")
    ]


class Actions(Head):
    """All action items of all postmortems."""

    actions: Annotated[
        list[ActionRecord],
        Field(description="One object per action item: newest postmortem first, in document order"),
    ]


def postmortems_json(data_context: DataContext, records: Iterable[PostmortemRecord]) -> str:
    """Postmortems of an edition as the text of the file."""
    return "".join(postmortem_lines(data_context, records))


def postmortem_lines(data_context: DataContext, records: Iterable[PostmortemRecord]) -> Iterator[str]:
    """The same line by line."""
    return json_lines(f"../{POSTMORTEMS_SCHEMA}", head(data_context), "postmortems", records)


def actions_json(data_context: DataContext, records: Iterable[ActionRecord]) -> str:
    """Action items of an edition as the text of the file."""
    return json_document(f"../{ACTIONS_SCHEMA}", head(data_context), "actions", records)


def postmortems_csv(records: Iterable[PostmortemRecord]) -> str:
    """Postmortems as the text of the file."""
    return csv_text(PostmortemRecord.__annotations__, records)


def actions_csv(records: Iterable[ActionRecord]) -> str:
    """Action items as the text of the file."""
    return csv_text(ActionRecord.__annotations__, records)

"""Columns of the tables that are read."""

from __future__ import annotations

from enum import StrEnum


class Column(StrEnum):
    """Content of a column, by the name that the setting `columns` takes.

    `action`, `owner`, `due`, `state`, `is_done`, `ticket`, `kind` and `done` (the day of closing) are columns of action
    items; `time`, `event`, `action` (the action taken), `actor`, `phase` and `link` are columns of a timeline.
    """

    ACTION = "action"
    OWNER = "owner"
    DUE = "due"
    STATE = "state"
    IS_DONE = "is_done"
    TICKET = "ticket"
    KIND = "kind"
    DONE = "done"
    TIME = "time"
    EVENT = "event"
    ACTOR = "actor"
    PHASE = "phase"
    LINK = "link"

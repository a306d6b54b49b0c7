"""Record: one incident as a source tells it, in the keys of our front matter, with the certainty of each value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, Self

from postmortems.model.action_item import ActionState
from postmortems.model.diagnostic import Problem


class Certainty(StrEnum):
    """Certainty of a value."""

    STATED = "stated"
    """The record says it as such."""
    DERIVED = "derived"
    """Computed from what the record says; somebody must check it."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the front matter: text as it is written there, or a tuple for a list; `origin` is where it is from."""

    value: str | tuple[str, ...] | None
    certainty: Certainty
    origin: str = ""


UNKNOWN_VALUE = Value(None, Certainty.UNKNOWN)


def stated(value: str | tuple[str, ...], origin: str) -> Value:
    """A value that the record says as such."""
    return Value(value, Certainty.STATED, origin)


def derived(value: str | tuple[str, ...], origin: str) -> Value:
    """A value that follows from what the record says."""
    return Value(value, Certainty.DERIVED, origin)


@dataclass(frozen=True, slots=True)
class EventCount:
    """Number of events of a record, and the times of the first and the last that have one."""

    count: int = 0
    first: datetime | None = None
    last: datetime | None = None


class Countable(Protocol):
    """An action item, of a document or of an export."""

    @property
    def state(self) -> ActionState:
        """Its state; unknown where it is not understood."""

    @property
    def owner(self) -> str:
        """Its owner; empty where nobody is named."""

    @property
    def ticket(self) -> str:
        """Its ticket; empty where there is none."""


@dataclass(frozen=True, slots=True)
class ActionCount:
    """Number of action items of a record, and of those that are done, have an owner and have a ticket."""

    count: int = 0
    done: int = 0
    owned: int = 0
    ticketed: int = 0

    @classmethod
    def of(cls, items: Collection[Countable]) -> Self:
        """The count of some items."""
        return cls(
            len(items),
            sum(item.state is ActionState.DONE for item in items),
            sum(bool(item.owner) for item in items),
            sum(bool(item.ticket) for item in items),
        )


@dataclass(frozen=True, slots=True)
class Record:
    """One incident as a source tells it.

    `source` is the path of its file below what was imported. `id` is empty until all records are numbered. `sections`
    maps canonical names to the record's own headings, `headed` are those of them that a check sees, and `unmapped` are
    headings of its outer levels that mean none. `said_severity` is the severity in the record's own word. `problems`
    say what could not be read.

    A record that is no document of its own has a `body`, the Markdown below the front matter, and `files` that come
    along, by their path below the postmortem's folder. `origin` is the system and its id, such as `pagerduty:PX412`,
    and `incident` what the register calls the incident.
    """

    source: str
    values: Mapping[str, Value]
    id: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    headed: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    events: EventCount = EventCount()
    actions: ActionCount = ActionCount()
    said_severity: str = ""
    problems: tuple[str, ...] = ()
    body: str | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    origin: str = ""
    incident: str = ""

    def text(self, key: str) -> str:
        """The value of a key as text; empty where it is unknown or a list."""
        value = self.values.get(key, UNKNOWN_VALUE).value
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class NoRecord:
    """A file of a source that is no record, and why; `is_unreadable` is for one that may be a record all the same."""

    source: str
    reason: str
    is_unreadable: bool = False

    @classmethod
    def unreadable(cls, source: str, problem: Problem) -> Self:
        """A file that is no text, with the next step."""
        return cls(source, f"{problem.message}; {problem.help.partition('; ')[0]}", is_unreadable=True)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """An incident of a pager's list, for the register. `severity` is the pager's word, `resolved_at` ISO 8601 in UTC.

    What is not known is empty.
    """

    source: str
    id: str
    severity: str = ""
    resolved_at: str = ""
    title: str = ""


Found = Record | NoRecord | RegisterRow
"""A result of a source: a record, a file that is none, or a row for the register."""

"""Action items: what was promised after an incident."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from postmortems.model.place import Place
from postmortems.model.quick_pickle import quickly_pickled


class ActionKind(StrEnum):
    """Kind of change that an action item makes."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    PROCESS = "process"
    DOCS = "docs"
    LEARN = "learn"


class ActionState(StrEnum):
    """State of an action item.

    `unknown` is one whose closure is not public, or whose state is not understood: never overdue, counted as missing.
    """

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


class Horizon(StrEnum):
    """The heading that an action item is under, which gives its due date where it has none."""

    IMMEDIATE = "immediate"
    SHORT_TERM = "short-term"
    LONG_TERM = "long-term"


@quickly_pickled
@dataclass(frozen=True, slots=True)
class ActionItem:
    """One action item as written; a due date that follows from its horizon is `analyse`'s business.

    `owner` is empty where nobody is named. `dropped_because` is the reason of a `wont-do`, which may be empty.
    `first` and `last` are its lines in the file, which `repr` leaves out: they move with every sentence above them.
    `is_sample` tells that it is one of the template's that nobody has replaced: it is shown where it is written, and
    counts nowhere.
    """

    place: Place
    text: str
    state: ActionState
    first: int = field(repr=False, hash=False)
    last: int = field(repr=False, hash=False)
    owner: str = ""
    kind: ActionKind | None = None
    horizon: Horizon | None = None
    due: date | None = None
    done: date | None = None
    ticket: str = ""
    dropped_because: str = ""
    is_sample: bool = False


@quickly_pickled
@dataclass(frozen=True, slots=True)
class UnreadTable:
    """A table among action items that has no column for the action, so that none of its rows is an item.

    `is_half_known` tells that one of its other columns is known, such as the owner's: it is meant for action items.
    """

    line: int
    columns: tuple[str, ...]
    is_half_known: bool


@quickly_pickled
@dataclass(frozen=True, slots=True)
class ActionList:
    """All action items of one postmortem, the stretches of lines that they were read from, and tables without any.

    `unknown_columns` are the headers of columns that are not known, in the tables that were read.
    """

    items: tuple[ActionItem, ...] = ()
    spans: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    unread: tuple[UnreadTable, ...] = ()
    unknown_columns: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[ActionItem, ...]:
        """The items that an author wrote: all but samples of the template."""
        return tuple(item for item in self.items if not item.is_sample)

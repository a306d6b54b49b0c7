"""The history of postmortems as git knows it: when each came, and how it read at every commit since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from postmortems.model.action_item import ActionItem, ActionState
from postmortems.model.front_matter import Status


@dataclass(frozen=True, slots=True)
class PastAction:
    """An action item as it once was: what tells it from the others, and what may have changed."""

    text: str
    owner: str
    ticket: str
    state: ActionState
    due: date | None

    @classmethod
    def of(cls, item: ActionItem) -> PastAction:
        """The same of an item that was read."""
        return cls(item.text, item.owner, item.ticket, item.state, item.due)


@dataclass(frozen=True, slots=True)
class Reading:
    """A postmortem's text at one commit, as far as its history is told by it.

    `actions` are those of a published document: before that nobody has promised anything. `is_readable` is False where
    the file was too large, or no text.
    """

    status: Status | None = None
    actions: tuple[PastAction, ...] = ()
    is_readable: bool = True


@dataclass(frozen=True, slots=True)
class Version:
    """A postmortem since one commit of the branch: `committed` is when that came to the branch."""

    committed: datetime
    reading: Reading


@dataclass(frozen=True, slots=True)
class DocumentHistory:
    """The commits of one postmortem, under each name that it had.

    `begun` is when its first commit was written, on whatever branch, and `begun_with` the number of postmortems that
    came in the same commit, itself included. `versions` are those of the branch, oldest first. `is_whole` is False
    where the first of them may be a file that was moved or restored with changes, so that git takes it for a new one.
    `is_merged` tells that the first commit is on another branch, which was merged into this one.
    """

    begun: datetime
    begun_with: int
    versions: tuple[Version, ...]
    is_whole: bool = True
    is_merged: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """The history of all postmortems, by their path below the docs folder; one that is not committed has none.

    `gap` says in one sentence why nothing is known; it is empty where something is. `is_asked` is False where nobody
    wanted to know. `notes` say the same as `gap` of single sources, whose postmortems, the `unseen`, have no history.
    """

    documents: Mapping[str, DocumentHistory] = field(default_factory=dict)
    gap: str = ""
    is_asked: bool = True
    notes: tuple[str, ...] = ()
    unseen: frozenset[str] = frozenset()


ReadHistory = Callable[[], History]
"""A function that gives the history of a corpus, asked for when it is first needed."""


def no_history() -> History:
    """No history: that of a corpus for which nobody asks git."""
    return History(is_asked=False)

"""Statuses of postmortems, in the words of other teams and programs."""

from __future__ import annotations

from postmortems.model.front_matter import Status
from postmortems.read.languages import plain_word, words

_STATUSES = {
    "published": Status.PUBLISHED,
    "final": Status.PUBLISHED,
    "complete": Status.PUBLISHED,
    "completed": Status.PUBLISHED,
    "draft": Status.DRAFT,
    "in review": Status.IN_REVIEW,
    "review": Status.IN_REVIEW,
}


def status_of(word: str) -> Status | None:
    """The status that a word means; None for one that says nothing of publishing, such as `resolved`."""
    word = plain_word(word.strip(" ."))
    known = _STATUSES.get(word) or words("statuses").get(word)
    return Status(known) if known else None

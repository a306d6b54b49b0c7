"""Postmortems before and after each one in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from postmortems.model.postmortem import Postmortem


@dataclass(slots=True)
class PrevNext:
    """The postmortem before and the one after."""

    previous: Postmortem | None = None
    next: Postmortem | None = None


def neighbours(postmortems: Iterable[Postmortem]) -> Mapping[str, PrevNext]:
    """The neighbours of every postmortem by its path. `postmortems` come in the order of their incidents."""
    in_order = list(postmortems)
    found = {postmortem.path: PrevNext() for postmortem in in_order}
    for previous, following in pairwise(in_order):
        found[previous.path].next = following
        found[following.path].previous = previous
    return found

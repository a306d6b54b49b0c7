"""Postmortems before and after each one: in time, and among the incidents of each of its patterns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from postmortems.model.postmortem import Postmortem


@dataclass(slots=True)
class PrevNext:
    """The postmortem before and the one after."""

    previous: Postmortem | None = None
    next: Postmortem | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Before and after in time, and for each pattern by its id in the postmortem's own order."""

    in_time: PrevNext = field(default_factory=PrevNext)
    by_pattern: Mapping[str, PrevNext] = field(default_factory=dict)


def neighbours(postmortems: Iterable[Postmortem]) -> Mapping[str, Neighbours]:
    """The neighbours of every postmortem by its path. `postmortems` come in the order of their incidents."""
    found: dict[str, Neighbours] = {}
    latest: dict[str | None, Postmortem] = {}

    def link(line: str | None, postmortem: Postmortem, own: PrevNext) -> None:
        if previous := latest.get(line):
            own.previous = previous
            theirs = found[previous.path]
            (theirs.in_time if line is None else theirs.by_pattern[line]).next = postmortem
        latest[line] = postmortem

    for postmortem in postmortems:
        by_pattern = {occurrence.pattern: PrevNext() for occurrence in postmortem.front_matter.patterns}
        mine = found[postmortem.path] = Neighbours(PrevNext(), by_pattern)
        link(None, postmortem, mine.in_time)
        for pattern, own in by_pattern.items():
            link(pattern, postmortem, own)
    return found

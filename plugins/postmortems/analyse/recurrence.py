"""Repeats that authors declare, and incidents that look like one while nobody says so.

An incident is suspected to repeat an earlier one of the same owner where

- both have one root cause, at most the window apart;
- or they have a pattern and a service in common, at most the window apart;
- or their texts tell the same story (`likeness.VERY_ALIKE`), however long ago: the same story after two years is just
  what a window is too short to find.

Whoever names an incident in `repeat_of` or `not_repeat_of` has answered for the whole chain of repeats that it belongs
to, so that nobody is asked twice about the same thing. Postmortems without an owner are compared among themselves.
Drills repeat nothing and are not repeated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from postmortems.analyse.labels import Key, labels_of, owner_key
from postmortems.analyse.related import RelatedIndex
from postmortems.model.corpus import Corpus
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import Reason, ReasonKind, Recurrence, Suspicion

LATEST = 24
"""The most incidents of an owner with one label that are looked back at: a label on everything costs no more."""


@dataclass(frozen=True, slots=True)
class _Member:
    """An incident, and what is asked about it again and again."""

    postmortem: Postmortem
    day: date | None
    patterns: frozenset[str]


def recurrences(corpus: Corpus, related: RelatedIndex, window: timedelta) -> Mapping[str, Recurrence]:
    """The recurrence of every incident by its path; a drill has none. Linear in the size of the corpus."""
    chains = _Chains(corpus)
    seen: defaultdict[tuple[str, Key], list[_Member]] = defaultdict(list)
    found: dict[str, Recurrence] = {}
    for postmortem in corpus.postmortems:
        if not postmortem.is_drill:
            shared = _by_label(postmortem, seen, window)
            for earlier in related.earlier_similar(postmortem):
                if owner_key(earlier) == owner_key(postmortem):
                    shared[earlier.path].add(ReasonKind.WORDS)
            suspected = [
                Suspicion(earlier, _only(kinds, related.compare(postmortem, earlier)), days_apart(postmortem, earlier))
                for path, kinds in shared.items()
                if not chains.answers(postmortem, earlier := corpus.by_path[path])
            ]
            suspected.sort(
                key=lambda suspicion: (-sum(reason.weight for reason in suspicion.reasons), suspicion.days_apart or 0)
            )
            found[postmortem.path] = Recurrence(_declared(postmortem, corpus), tuple(suspected))
    return found


def days_apart(one: Postmortem, other: Postmortem) -> int | None:
    """The distance between the days of two incidents; None where one of them is unknown."""
    return abs((one.day - other.day).days) if one.day and other.day else None


def _by_label(
    postmortem: Postmortem, seen: defaultdict[tuple[str, Key], list[_Member]], window: timedelta
) -> defaultdict[str, set[ReasonKind]]:
    """Reasons an incident shares with earlier ones in the window, by their paths; it then counts as seen itself."""
    labels, owner = labels_of(postmortem), owner_key(postmortem)
    patterns = frozenset(name for kind, name in labels if kind is ReasonKind.PATTERN)
    own = _Member(postmortem, postmortem.day, patterns)
    shared: defaultdict[str, set[ReasonKind]] = defaultdict(set)
    for key in labels:
        if key[0] in (ReasonKind.ROOT_CAUSE, ReasonKind.SERVICE):
            members = seen[owner, key]
            for earlier in islice(reversed(members), LATEST):
                if own.day is None or earlier.day is None or own.day - earlier.day > window:
                    break  # They are in the order of their days, the unknown ones first.
                if key[0] is ReasonKind.ROOT_CAUSE:
                    shared[earlier.postmortem.path].add(ReasonKind.ROOT_CAUSE)
                elif not patterns.isdisjoint(earlier.patterns):
                    shared[earlier.postmortem.path] |= {ReasonKind.PATTERN, ReasonKind.SERVICE}
            members.append(own)
    return shared


def _only(kinds: set[ReasonKind], reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(reason for reason in reasons if reason.kind in kinds)


def _declared(postmortem: Postmortem, corpus: Corpus) -> tuple[Postmortem, ...]:
    named = [corpus.by_id.get(name) for name in postmortem.front_matter.repeat_of]
    return tuple(earlier for earlier in named if earlier and not earlier.is_drill and earlier.path != postmortem.path)


class _Chains:
    """The chains of repeats: every incident belongs to that of those which it names in `repeat_of`.

    Maintainers: a forest in which each id points to another of its chain, and the topmost stands for the chain
    (R. Tarjan, Efficiency of a good but not linear set union algorithm, Journal of the ACM 22 (1975) 215-225).
    """

    def __init__(self, corpus: Corpus) -> None:
        self._above = {name: name for name in corpus.by_id}
        for postmortem in corpus.postmortems:
            for name in postmortem.front_matter.repeat_of:
                if name in self._above:
                    self._above[self._top(postmortem.id)] = self._top(name)

    def answers(self, postmortem: Postmortem, earlier: Postmortem) -> bool:
        """True if a postmortem says of an earlier one, or of another in its chain, that it repeats it or does not."""
        matter = postmortem.front_matter
        named = (*matter.repeat_of, *(other.id for other in matter.not_repeat_of))
        return any(self._top(name) == self._top(earlier.id) for name in named if name in self._above)

    def _top(self, name: str) -> str:
        while (above := self._above[name]) != name:
            self._above[name] = name = self._above[above]
        return name

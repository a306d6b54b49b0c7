"""Have we seen this before? Which incidents resemble one most; how much and why is `likeness`'s business.

Maintainers: a question must not cost more in a larger corpus. So it looks up each label, and the words that tell most
(`LEADING_WORDS`), only in the incidents nearest in time that have it (`NEAREST`), lets each of these vote with what it
would add to the score, and compares in full only those with most votes (`COMPARED`). Where there are no more incidents
than that, this is exact; in a larger corpus, what is missed is like many others in what it shares.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import UTC, date, datetime
from heapq import nlargest, nsmallest
from typing import NamedTuple

from postmortems.analyse.labels import Key
from postmortems.analyse.similarity import VERY_ALIKE, Likeness, Parts, total
from postmortems.analyse.tokens import WordsOf, words_of
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import STRONG as STRONG_SCORE
from postmortems.model.related import Reason, ReasonKind, Related

LEADING_WORDS = 24
NEAREST = 24
COMPARED = 12

STRONG = 4
"""The number of strong ones that are worth reading, beside those that an author links to."""

MOST_WORTH_READING = 8
"""The number of all that are."""

WEAK = 2
"""The number where none is strong: one in two of those helps, so that two are worth a glance and four are not."""

Votes = Iterable[tuple[Key | int, float]]
"""Scores that a label, or a word by its number, would add."""


class _Alike(NamedTuple):
    """The place of an incident that resembles another, with the score and its parts."""

    place: int
    score: float
    parts: Parts


class RelatedIndex:
    """The incidents that resemble each postmortem. One may ask about a drill; no drill is ever an answer.

    It is built once, in time that is linear in the corpus. Asking about a postmortem that is not in it is a KeyError.
    """

    def __init__(self, postmortems: Iterable[Postmortem], words_of: WordsOf = words_of) -> None:
        self._all = sorted(postmortems, key=_latest)
        self._places = {postmortem.path: place for place, postmortem in enumerate(self._all)}
        self._likeness = Likeness(self._all, words_of)
        having: defaultdict[Key | int, list[int]] = defaultdict(list)
        for place, postmortem in enumerate(self._all):
            if not postmortem.is_drill:
                for key in self._likeness.labels[place]:
                    having[key].append(place)
                for word in self._likeness.texts.vectors[place].words[:LEADING_WORDS]:
                    having[word].append(place)
        self._having = dict(having)
        self._worth_reading: dict[tuple[str, frozenset[str]], tuple[Related, ...]] = {}

    def earlier(self, postmortem: Postmortem, count: int = 3) -> tuple[Related, ...]:
        """The incidents before this one that resemble it most, at most `count`, the most alike first.

        Of two on one day, the order of the corpus decides. Where a day is unknown, an incident is earlier if the year
        of its folder is.
        """
        own = self._places[postmortem.path]
        return self._related(own, self._most_alike(own, self._begin(postmortem), count))

    def nearest(self, postmortem: Postmortem, count: int = 3) -> tuple[Related, ...]:
        """The incidents of any time that resemble this one most, at most `count`, the most alike first."""
        own = self._places[postmortem.path]
        return self._related(own, self._most_alike(own, len(self._all), count))

    def worth_reading(self, postmortem: Postmortem, named: Set[str]) -> tuple[Related, ...]:
        """The incidents to read beside this one, the most alike first, without those `named` by its author, as ids.

        Those that an author links to are among them, and of others the strong ones, some at least. Its page and its
        record ask both, and the second answer costs nothing.
        """
        key = postmortem.path, frozenset(named)
        if (known := self._worth_reading.get(key)) is None:
            known = self._worth_reading[key] = self._choice(postmortem, named)
        return known

    def _choice(self, postmortem: Postmortem, named: Set[str]) -> tuple[Related, ...]:
        own = self._places[postmortem.path]
        nearest = self._most_alike(own, len(self._all), MOST_WORTH_READING + len(named))
        found = [alike for alike in nearest if self._all[alike.place].id not in named]
        linked = [alike for alike in found if ReasonKind.LINK in alike.parts]
        others = [alike for alike in found if ReasonKind.LINK not in alike.parts]
        strong = sum(alike.score >= STRONG_SCORE for alike in others)
        shown = (linked + others[: max(WEAK, min(strong, STRONG))])[:MOST_WORTH_READING]
        return self._related(own, sorted(shown, key=found.index))

    def earlier_similar(self, postmortem: Postmortem) -> tuple[Postmortem, ...]:
        """The incidents before this one whose texts tell the same story, the latest first."""
        own = self._places[postmortem.path]
        text = self._likeness.text(own)
        found = self._with_most_votes(self._likeness.word_votes(own, LEADING_WORDS), own, self._begin(postmortem))
        similarity = [place for place in found if self._likeness.similarity(text, place) >= VERY_ALIKE]
        return tuple(self._all[place] for place in sorted(similarity, reverse=True))

    def compare(self, one: Postmortem, other: Postmortem) -> tuple[Reason, ...]:
        """Compare two postmortems: what they share, strongest first, with labels as `one` spells them."""
        return self._likeness.reasons(self._places[one.path], self._places[other.path])

    def _begin(self, postmortem: Postmortem) -> int:
        """Number of places that hold what is earlier than this postmortem."""
        if postmortem.day:
            return self._places[postmortem.path]
        if postmortem.year is None:
            return 0
        return bisect_left(self._all, date(max(1, postmortem.year), 1, 1), key=lambda other: _latest(other)[0])

    def _related(self, own: int, found: Iterable[_Alike]) -> tuple[Related, ...]:
        """The incidents with their reasons, which are found only for what is shown: they take as long as the scores."""
        text = self._likeness.text(own)
        return tuple(
            Related(self._all[alike.place], alike.score, self._likeness.reasons_of(own, text, alike.place, alike.parts))
            for alike in found
        )

    def _most_alike(self, own: int, end: int, count: int) -> list[_Alike]:
        votes: list[tuple[Key | int, float]] = [
            *self._likeness.label_votes(own),
            *self._likeness.word_votes(own, LEADING_WORDS),
        ]
        text = self._likeness.text(own)
        parts = {place: self._likeness.parts(own, text, place) for place in self._with_most_votes(votes, own, end)}
        scored = ((-total(known), -place) for place, known in parts.items())
        return [_Alike(-place, -score, parts[-place]) for score, place in nsmallest(count, scored)]

    def _with_most_votes(self, votes: Votes, own: int, end: int) -> list[int]:
        """The places before `end` that are worth a comparison with the own one."""
        counted: defaultdict[int, float] = defaultdict(float)
        for key, vote in votes:
            having = self._having.get(key, [])
            middle = bisect_left(having, min(own, end))
            last = min(middle + NEAREST + 1, bisect_left(having, end))
            # The latest first, so that of equals it is these that are kept.
            for place in reversed(having[max(0, middle - NEAREST) : last]):
                counted[place] += vote
        counted.pop(own, None)
        return nlargest(COMPARED, counted, key=counted.__getitem__)


def _latest(postmortem: Postmortem) -> tuple[date, datetime, str]:
    """Sort key of a postmortem: its day, else after everything that may be earlier."""
    if postmortem.day:
        return postmortem.chronology
    end = date.max if postmortem.year is None else date(max(1, postmortem.year), 12, 31)
    return end, datetime.max.replace(tzinfo=UTC), postmortem.id

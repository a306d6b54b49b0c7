"""Similarity of two postmortems, and its reasons.

The score is the sum of what they share, by kind (`WEIGHTS`), each part between 0 and 1, and of `LINKED` times what that
leaves of 1 where one of them links to the other: an author who names another incident knows more than any of this.

- Labels (root cause, trigger, patterns, services): a shared label counts by its rarity,
  ln(1 + N / df) / ln(1 + N / 2), where df of the N incidents have it; that is 1 where only these two do. A pattern that
  played another role in the other counts half. Several of one kind add up as evidence does, 1 - Π(1 - rarity): more
  than the rarest alone, and never more than 1.
- Words: the likeness of the texts (see `word_vectors`) as a share of `VERY_ALIKE`, and at most 1.

Each part is symmetric, and so is the score. Rarity is the inverse document frequency of K. Sparck Jones, A statistical
interpretation of term specificity and its application in retrieval, Journal of Documentation 28 (1972) 11-21, scaled
to at most 1. The weights and the threshold were set by reading what they find: see "Measured and decided" in the
guide, and `tests/analyse/related.golden.txt`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from postmortems.analyse.labels import Key, Label, labels_of
from postmortems.analyse.links import links_between
from postmortems.analyse.tfidf import WordVectors
from postmortems.analyse.tokens import WordsOf, words_of
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import LinkDirection, Reason, ReasonKind

WEIGHTS: Mapping[ReasonKind, float] = {
    ReasonKind.ROOT_CAUSE: 0.3,
    ReasonKind.WORDS: 0.4,
    ReasonKind.PATTERN: 0.15,
    ReasonKind.SERVICE: 0.1,
    ReasonKind.TRIGGER: 0.05,
}
"""The most that each kind adds to a score; together 1."""

LINKED = 0.5
"""The share of the rest, up to 1, that a link between two postmortems adds."""

VERY_ALIKE = 0.25
"""The likeness from which two texts tell the same story."""

OTHER_ROLE = 0.5
"""Weight of a shared pattern that played different roles."""

SHOWN_WORDS = 5
DIGITS = 4
"""The precision of scores and weights; what lies behind it depends on the order of additions."""

Text = Mapping[int, float]
"""The weights of a text's words, to be compared with several others."""


Parts = Mapping[ReasonKind, float]
"""Share of each kind of reason in a score."""


def total(parts: Parts) -> float:
    """The score that they add up to."""
    return round(sum(parts.values()), DIGITS)


class Likeness:
    """Some postmortems, each named by its place among them, to be compared in pairs."""

    def __init__(self, postmortems: Sequence[Postmortem], words_of: WordsOf = words_of) -> None:
        self.labels = [dict(labels_of(postmortem)) for postmortem in postmortems]
        for source, target in links_between(postmortems):
            # Both have the label, and nobody else does.
            key = ReasonKind.LINK, f"{min(source, target)} {max(source, target)}"
            self.labels[source][key] = Label(LinkDirection.OUT)
            self.labels[target].setdefault(key, Label(LinkDirection.IN))
        self.texts = WordVectors(postmortems, words_of)
        incidents = [
            labels for postmortem, labels in zip(postmortems, self.labels, strict=True) if not postmortem.is_drill
        ]
        having = Counter(key for labels in incidents for key in labels)
        rarest = math.log1p(len(incidents) / 2) or 1.0
        self._rarity = {key: min(1.0, math.log1p(len(incidents) / df) / rarest) for key, df in having.items()}

    def text(self, place: int) -> Text:
        """The text of one postmortem, to be compared with several others."""
        return self.texts.vectors[place].by_word()

    def similarity(self, text: Text, other: int) -> float:
        """Similarity of a text to another's, from 0 to 1."""
        return self.texts.vectors[other].likeness(text)

    def score(self, own: int, text: Text, other: int) -> float:
        """The score of two postmortems, from 0 to 1; `text` is that of the own one."""
        return total(self.parts(own, text, other))

    def reasons(self, own: int, other: int) -> tuple[Reason, ...]:
        """Reasons why two postmortems are alike, strongest first, with labels as the own one spells them."""
        text = self.text(own)
        return self.reasons_of(own, text, other, self.parts(own, text, other))

    def reasons_of(self, own: int, text: Text, other: int, parts: Parts) -> tuple[Reason, ...]:
        """The same, where text and parts are known already."""
        values: defaultdict[ReasonKind, list[str]] = defaultdict(list)
        for key, label in self.labels[own].items():
            if key in self.labels[other]:
                values[key[0]].append(label.written)
        values[ReasonKind.WORDS] = self.texts.shared(text, other, SHOWN_WORDS)
        strongest = sorted(parts, key=lambda kind: (-parts[kind], kind))
        return tuple(Reason(kind, tuple(values[kind]), round(parts[kind], DIGITS)) for kind in strongest)

    def label_votes(self, own: int) -> Iterator[tuple[Key, float]]:
        """Score that each label of a postmortem would add with another that has it."""
        for key in self.labels[own]:
            yield key, WEIGHTS.get(key[0], LINKED) * self._rarity.get(key, 0.0)

    def word_votes(self, own: int, count: int) -> Iterator[tuple[int, float]]:
        """About what each of the most telling words of a postmortem, at most `count`, would add."""
        vector = self.texts.vectors[own]
        for word, weight in zip(vector.words[:count], vector.weights[:count], strict=True):
            yield word, WEIGHTS[ReasonKind.WORDS] * weight * weight / VERY_ALIKE

    def parts(self, own: int, text: Text, other: int) -> Parts:
        """The share of each kind of reason in the score of two postmortems; `text` is that of the own one."""
        theirs = self.labels[other]
        doubts: dict[ReasonKind, float] = {}
        for key, label in self.labels[own].items():
            if shared := theirs.get(key):
                has_other_role = label.role and shared.role and label.role is not shared.role
                rarity = self._rarity.get(key, 1.0) * (OTHER_ROLE if has_other_role else 1)
                doubts[key[0]] = doubts.get(key[0], 1.0) * (1 - rarity)
        is_linked = doubts.pop(ReasonKind.LINK, None) is not None
        parts = {kind: WEIGHTS[kind] * (1 - doubt) for kind, doubt in doubts.items()}
        if likeness := self.similarity(text, other):
            parts[ReasonKind.WORDS] = WEIGHTS[ReasonKind.WORDS] * min(1.0, likeness / VERY_ALIKE)
        if is_linked:
            parts[ReasonKind.LINK] = LINKED * (1 - sum(parts.values()))
        return parts

"""Questions that the parts of a site have asked of the knowledge base, and which of them have another answer now.

Each question is kept once, with its answer, and a part has the numbers of what it asks. Of a document that is still the
same as a whole nothing is asked again, nor of all of them what sees only what is the same (`inputs.py`).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from postmortems.publish.incremental.answers import ABOUT_ALL, Read
from postmortems.publish.incremental.inputs import Inputs, inputs_of
from postmortems.publish.incremental.reads import Reads

_USED = 0.8
"""The share of questions that parts still ask, below which the others are dropped: all numbers are others then."""


@dataclass
class Questions:
    """Questions with their answers, by number, and the numbers of what each part asks.

    `inputs` are those of the answers about the whole knowledge base. `stamps` are what shared values are kept under, by
    their kind.
    """

    asked: list[Read] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    of_part: dict[str, array[int]] = field(default_factory=dict)
    inputs: Inputs = field(default_factory=Inputs)
    stamps: dict[str, bytes] = field(default_factory=dict)
    _is_current: bool = False

    def ask_again(self, reads: Reads, same: Set[str]) -> None:
        """Answer them again, save those whose answer is sure: about documents that are the `same`, and about the whole
        knowledge base where it sees nothing else than before. Parts that ask what has changed are forgotten."""
        before, self.inputs, self._is_current = self.inputs, inputs_of(reads.analysis, same, self.inputs), True
        may_change = self.inputs.may_change(before)
        numbers = [
            number
            for number, read in enumerate(self.asked)
            if (may_change(read) if read[0] in ABOUT_ALL else read[0] not in same)
        ]
        answers = zip(numbers, reads.answers(self.asked[number] for number in numbers), strict=True)
        changed = {number: answer for number, answer in answers if answer != self.answers[number]}
        for number, answer in changed.items():
            self.answers[number] = answer
        reads.know(zip(self.asked, self.answers, strict=True))
        if changed:
            asks_other = changed.keys().isdisjoint
            self.of_part = {part: asked for part, asked in self.of_part.items() if asks_other(asked)}

    def with_made(self, reads: Reads, made: Asked) -> Questions:
        """Add what the parts that were made since have asked, in the place of what they asked before."""
        self._is_current = False
        if made.of_part:
            known = {read: number for number, read in enumerate(self.asked)}
            new = [read for read in made.numbers if read not in known]
            known |= {read: number for number, read in enumerate(new, len(known))}
            moved = {number: known[read] for read, number in made.numbers.items()}
            self.asked.extend(new)
            self.answers.extend(b"" for _ in new)
            for number, answer in zip(moved.values(), reads.answers(made.numbers), strict=True):
                self.answers[number] = answer
            self.of_part |= _moved(made.of_part, moved)
        return self

    def next(self, reads: Reads, made: Asked, parts: Set[str]) -> Questions:
        """Become the questions of the next build: those of these parts, and of the parts that were made."""
        self.inputs = self.inputs if self._is_current else inputs_of(reads.analysis)
        self.of_part = {part: asked for part, asked in self.of_part.items() if part in parts}
        self.with_made(reads, made)
        used = set[int]().union(*self.of_part.values())
        if len(used) < _USED * len(self.asked):
            places = {number: place for place, number in enumerate(sorted(used))}
            self.asked = [self.asked[number] for number in places]
            self.answers = [self.answers[number] for number in places]
            self.of_part = _moved(self.of_part, places)
        return self


class Asked:
    """Questions of the parts that were made in one build, by number. Half a million are the same as others."""

    def __init__(self) -> None:
        self.numbers: dict[Read, int] = {}
        self.of_part: dict[str, array[int]] = {}

    def add(self, part: str, asked: Iterable[Read]) -> None:
        """Add what a part has asked."""
        numbers = self.numbers
        self.of_part[part] = array("I", [numbers.setdefault(read, len(numbers)) for read in asked])


def _moved(of_part: Mapping[str, array[int]], places: Mapping[int, int]) -> dict[str, array[int]]:
    """The questions of parts, by other numbers."""
    return {part: array("I", [places[number] for number in asked]) for part, asked in of_part.items()}

"""Questions that the parts of a site have asked of the knowledge base, and which of them have another answer now.

Each question is kept once, with its answer, and a part has the numbers of what it asks. Of a document that is still the
same as a whole nothing is asked again, nor of all of them what sees only what is the same (`inputs.py`).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from postmortems.publish.incremental.answers import ABOUT_ALL, Read
from postmortems.publish.incremental.inputs import Inputs, inputs_of
from postmortems.publish.incremental.reads import Reads


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
        """The same with what the parts that were made since have asked, in the place of what they asked before."""
        self._is_current = False
        if made.of_part:
            known = {read: number for number, read in enumerate(self.asked)}
            new = [read for read in made.numbers if read not in known]
            known |= {read: number for number, read in enumerate(new, len(known))}
            moved = [known[read] for read in made.numbers]
            self.asked.extend(new)
            self.answers.extend(reads.answers(new))
            self.of_part |= {
                part: array("I", [moved[number] for number in asked]) for part, asked in made.of_part.items()
            }
        return self

    def next(self, reads: Reads, made: Asked, parts: Set[str]) -> Questions:
        """The same for the next build: those of these parts, with what the parts that were made now have asked."""
        numbers, of_part = dict(made.numbers), dict(made.of_part)
        answers = reads.answers(numbers)
        moved: dict[int, int] = {}
        for part in (parts - made.of_part.keys()) & self.of_part.keys():
            for number in self.of_part[part]:
                if number not in moved:
                    moved[number] = numbers.setdefault(self.asked[number], len(numbers))
                    if moved[number] == len(answers):
                        answers.append(self.answers[number])
            of_part[part] = array("I", [moved[number] for number in self.of_part[part]])
        inputs = self.inputs if self._is_current else inputs_of(reads.analysis)
        return Questions([*numbers], answers, of_part, inputs, self.stamps)


class Asked:
    """Questions of the parts that were made in one build, by number. Half a million are the same as others."""

    def __init__(self) -> None:
        self.numbers: dict[Read, int] = {}
        self.of_part: dict[str, array[int]] = {}

    def add(self, part: str, asked: Iterable[Read]) -> None:
        """Add what a part has asked."""
        numbers = self.numbers
        self.of_part[part] = array("I", [numbers.setdefault(read, len(numbers)) for read in asked])

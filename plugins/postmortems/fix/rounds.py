"""Findings → files in which they are put right, as far as the tool is sure, and nothing new is found in them.

Edits that overlap wait for the next round, until there is nothing left to do. Each round is tried before it counts: the
files are read and checked as they would be, and an edit after which a file has a finding that it had not before is left
out, such as a corrected status that lets a missing date come to light. A finding is a new one if the file had none of
the same rule with the same message; figures in messages do not count, since they may count lines. One exception: a
missing section that has been added is empty, so what is found at its heading takes the place of what missed it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from postmortems.fix.document import Document
from postmortems.fix.fix import Proposal, Surroundings
from postmortems.fix.fixed_file import FixedFile
from postmortems.fix.registry import FIXABLE, proposals
from postmortems.fix.rewrite import Lines, bytes_of, lines_of, rewritten, without_overlaps
from postmortems.fix.suggestions import Answers
from postmortems.model.diagnostic import Diagnostic, Level

_FIGURES = re.compile(r"\d+")
_MOST_ROUNDS = 50
_MOST_REFUSED = 40
"""After so many refused trials a file is left as it is by then: each costs a reading."""


@dataclass(frozen=True, slots=True)
class Found:
    """What checking says of a file, and its canonical sections by the line of their heading."""

    diagnostics: Sequence[Diagnostic]
    sections: Mapping[int, str]


Recheck = Callable[[Mapping[str, bytes]], Mapping[str, Found]]
"""What would be found of some files, were these their bytes."""


def fixed_files(
    found: Iterable[Diagnostic],
    wanted: Iterable[Diagnostic],
    opened: Callable[[str], bytes | None],
    recheck: Recheck,
    around: Surroundings,
) -> tuple[FixedFile, ...]:
    """Each file in which some of the `wanted` findings can be put right. `found` are all there are."""
    asked: dict[str, set[tuple[str, str]]] = {}
    for one in wanted:
        if one.rule in FIXABLE and one.place.path.endswith(".md"):
            asked.setdefault(one.place.path, set()).add(_key(one))
    by_file: dict[str, list[Diagnostic]] = {path: [] for path in asked}
    for one in found:
        if one.place.path in by_file:
            by_file[one.place.path].append(one)
    files = [
        _Work(path, data, asked[path], by_file[path]) for path in sorted(asked) if (data := opened(path)) is not None
    ]
    for _ in range(_MOST_ROUNDS):
        working = [file for file in files if file.begin(around)]
        if not working:
            break
        while trying := [file for file in working if file.pending]:
            judged = recheck({file.path: bytes_of(file.trial()) for file in trying})
            for file in trying:
                file.judge(judged[file.path])
        for file in working:
            file.end()
    return tuple(FixedFile(file.path, file.data, file.lines, file.answered) for file in files if file.answered)


@dataclass
class _Work:
    """One file on its way. Groups of proposals are tried as a whole, and halved where they bring something new."""

    path: str
    data: bytes
    asked: set[tuple[str, str]]
    found: Sequence[Diagnostic]
    lines: Lines = ()
    answered: int = 0
    refused: int = 0
    done: bool = False
    pending: list[list[Proposal]] = field(default_factory=list)
    accepted: list[Proposal] = field(default_factory=list)
    found_then: Sequence[Diagnostic] = ()
    trying: list[Proposal] = field(default_factory=list)
    answers: Answers = field(default_factory=lambda: Answers(()))

    def begin(self, around: Surroundings) -> bool:
        """Look for what can be done in a new round; False where there is nothing more."""
        asked = [one for one in self.found if _key(one) in self.asked]
        if self.done or not asked:
            return False
        document = Document(self.path, bytes_of(self.lines) if self.lines else self.data, around.settings)
        if document.unreadable:
            self.done = True
            return False
        self.lines = self.lines or lines_of(self.data)
        self.answers = Answers(asked)
        able = {one.edit: one for one in proposals(document, around) if self._is_asked_for(one)}
        group = [able[edit] for edit in without_overlaps(able)]
        self.pending, self.accepted = [group] if group else [], []
        self.done = not group
        return not self.done

    def trial(self) -> Lines:
        """The file with what has been accepted in this round and the next group."""
        self.trying = self.pending.pop()
        return self._with([*self.accepted, *self.trying])

    def judge(self, found: Found) -> None:
        """Accept the group that was tried, or halve it."""
        tried = [*self.accepted, *self.trying]
        if not self._brings_something_new(found, tried):
            self.accepted, self.found_then = tried, found.diagnostics
            return
        self.refused += 1
        middle = len(self.trying) // 2
        if self.refused > _MOST_REFUSED:
            self.pending.clear()
        elif middle:
            self.pending += [self.trying[middle:], self.trying[:middle]]

    def end(self) -> None:
        """Make what was accepted the file's text."""
        if not self.accepted:
            self.done = True
            return
        self.answered += sum(len(self.answers.of(one)) for one in self.accepted)
        self.lines = self._with(self.accepted)
        self.found = self.found_then

    def _with(self, proposed: Iterable[Proposal]) -> Lines:
        return rewritten(self.lines, without_overlaps(one.edit for one in proposed))

    def _is_asked_for(self, proposal: Proposal) -> bool:
        """Whether it answers a finding that is asked about; of sections that are added together, whether all are."""
        answered = self.answers.of(proposal)
        return len(answered) == len(proposal.adds) if proposal.adds else bool(answered)

    def _brings_something_new(self, found: Found, tried: Iterable[Proposal]) -> bool:
        known = Counter(map(_key, self.found))
        # A section that was missed must now be reported as empty, and no graver: the gate stays as it was.
        added = {name: min(map(_weight, self.answers.of(one))) for one in tried for name in one.adds}
        empty: set[str] = set()
        for one in found.diagnostics:
            key = _key(one)
            name = found.sections.get(one.place.line, "")
            if known[key]:
                known[key] -= 1
            elif name in added and _weight(one) >= added[name]:
                empty |= {name} if one.rule == "empty-section" else set()
            else:
                return True
        return empty != added.keys()


def _weight(one: Diagnostic) -> int:
    """How little a finding weighs: 0 is an error."""
    return list(Level).index(one.level)


def _key(one: Diagnostic) -> tuple[str, str]:
    """What a finding is known by when lines have moved."""
    return one.rule, _FIGURES.sub("0", one.message)

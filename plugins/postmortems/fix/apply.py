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
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from postmortems.fix.document import Document
from postmortems.fix.dry_run import Found
from postmortems.fix.fix import FixContext, Proposal
from postmortems.fix.fixed_file import FixedFile
from postmortems.fix.registry import FIXABLE, proposals
from postmortems.fix.rewrite import Lines, bytes_of, lines_of, rewritten, without_overlaps
from postmortems.fix.suggestions import Answers
from postmortems.model.diagnostic import Diagnostic, Level

_FIGURES = re.compile(r"\d+")
_MOST_ROUNDS = 50
_MOST_REFUSED = 40
"""After so many refused trials a file is left as it is by then: each costs a reading."""

Try = Callable[[Mapping[str, bytes], Collection[str]], Mapping[str, Found]]
"""What would be found of some files, were these the bytes of those and of others."""


def fixed_files(
    found: Iterable[Diagnostic],
    wanted: Iterable[Diagnostic],
    opened: Callable[[str], bytes | None],
    trial: Try,
    around: FixContext,
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
        _FileFixer(path, data, asked[path], by_file[path])
        for path in sorted(asked)
        if (data := opened(path)) is not None
    ]
    for _ in range(_MOST_ROUNDS):
        working = [file for file in files if file.begin(around)]
        if not working:
            break
        while trying := [file for file in working if file.advance()]:
            judged = trial(_texts(files), {file.path for file in trying})
            for file in trying:
                file.judge(judged[file.path])
        for file in working:
            file.end()
    _give_back(files, trial)
    return tuple(FixedFile(file.path, file.data, file.lines, file.answered) for file in files if file.answered)


def _give_back(files: Sequence[_FileFixer], trial: Try) -> None:
    """Leave alone the files in which something new comes up through what was done in others meanwhile."""
    while fixed := [file for file in files if file.answered]:
        judged = trial(_texts(files), {file.path for file in fixed})
        if not (worse := [file for file in fixed if file.is_worse(judged[file.path])]):
            return
        for file in worse:
            file.answered, file.lines, file.text = 0, (), file.data


def _texts(files: Iterable[_FileFixer]) -> Mapping[str, bytes]:
    return {file.path: file.text for file in files if file.text != file.data}


@dataclass
class _FileFixer:
    """One file on its way. Groups of proposals are tried as a whole, and halved where they bring something new.

    `text` is what it holds by now, in a trial or after one; `added` are the sections that it was given, each with the
    weight of the finding that missed it.
    """

    path: str
    data: bytes
    asked: set[tuple[str, str]]
    first_found: Sequence[Diagnostic]
    lines: Lines = ()
    answered: int = 0
    refused: int = 0
    done: bool = False
    text: bytes = b""
    found: Sequence[Diagnostic] = ()
    found_then: Sequence[Diagnostic] = ()
    added: dict[str, int] = field(default_factory=dict)
    pending: list[list[Proposal]] = field(default_factory=list)
    accepted: list[Proposal] = field(default_factory=list)
    trying: list[Proposal] = field(default_factory=list)
    answers: Answers = field(default_factory=lambda: Answers(()))

    def __post_init__(self) -> None:
        self.text, self.found = self.data, self.first_found

    def begin(self, around: FixContext) -> bool:
        """Look for what can be done in a new round; False where there is nothing more."""
        asked = [one for one in self.found if _key(one) in self.asked]
        document = Document(self.path, self.text, around.settings)
        if self.done or not asked or document.unreadable:
            self.done = True
            return False
        self.lines = self.lines or lines_of(self.data)
        self.answers = Answers(asked)
        able = {one.edit: one for one in proposals(document, around) if self._is_asked_for(one)}
        revealing = {edit: one for edit, one in able.items() if one.reveals}
        group = [able[edit] for edit in without_overlaps(revealing or able)]
        self.pending, self.accepted = [group] if group else [], []
        self.done = not group
        return not self.done

    def advance(self) -> bool:
        """Take the next group into the text, to be judged; False where none is left: the text is what was accepted."""
        self.trying = self.pending.pop() if self.pending else []
        self.text = bytes_of(self._with([*self.accepted, *self.trying]))
        return bool(self.trying)

    def judge(self, found: Found) -> None:
        """Accept the group that was tried, or halve it."""
        added = dict(self.added)
        for one in self.trying:
            # Of a section that was missed and is now empty, nothing may weigh more than that.
            added |= dict.fromkeys(one.adds, min(map(_weight, self.answers.of(one))))
        if any(one.reveals for one in self.trying):
            self._reveal(found)
        if not _is_worse(self.first_found, found, added):
            self.accepted, self.found_then, self.added = [*self.accepted, *self.trying], found.diagnostics, added
            return
        self.refused += 1
        middle = len(self.trying) // 2
        if self.refused > _MOST_REFUSED:
            self.pending.clear()
        elif middle:
            self.pending += [self.trying[middle:], self.trying[:middle]]

    def _reveal(self, found: Found) -> None:
        """Take for the file's own what is found once it can be read, unless it still cannot."""
        if not any(one.rule in _HIDES for one in found.diagnostics):
            self.first_found = [*self.first_found, *found.diagnostics]
            self.asked |= {_key(one) for one in found.diagnostics if one.rule in FIXABLE}

    def end(self) -> None:
        """Make what was accepted the file's lines."""
        if not self.accepted:
            self.done = True
            return
        self.answered += sum(len(self.answers.of(one)) for one in self.accepted)
        self.lines = self._with(self.accepted)
        self.found = self.found_then

    def is_worse(self, found: Found) -> bool:
        """Whether something is found in it as it is now that was not found at first."""
        return _is_worse(self.first_found, found, self.added)

    def _with(self, proposed: Iterable[Proposal]) -> Lines:
        return rewritten(self.lines, without_overlaps(one.edit for one in proposed))

    def _is_asked_for(self, proposal: Proposal) -> bool:
        """Whether it answers a finding that is asked about; of sections that are added together, whether all are."""
        answered = self.answers.of(proposal)
        return len(answered) == len(proposal.adds) if proposal.adds else bool(answered)


_SAYS_EMPTY = frozenset(("empty-section", "empty-timeline", "no-action-items"))
"""The rules that say of an added section that it is still to be written: all that may be found in it."""


_HIDES = frozenset(("missing-front-matter", "invalid-yaml"))
"""The rules whose findings keep others from being found."""


def _is_worse(before: Iterable[Diagnostic], found: Found, added: Mapping[str, int]) -> bool:
    """Whether there is a new finding, or an added section of which nobody says that it is empty: a gate must not pass
    by that."""
    known = Counter(map(_key, before))
    empty: set[str] = set()
    for one in found.diagnostics:
        key = _key(one)
        name = found.sections.get(one.place.line, "")
        if known[key]:
            known[key] -= 1
        elif name in added and one.rule in _SAYS_EMPTY and _weight(one) >= added[name]:
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

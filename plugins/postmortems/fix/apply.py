"""Findings → files in which they are put right, as far as the tool is sure, and nothing new is found in them.

Edits that overlap wait for the next round, until there is nothing left to do. After each round the files are checked as
they would be. One that has a finding that it had not before is given back as it was, such as one of which a corrected
status lets a missing date come to light. A finding is a new one if the file had none of the same rule with the same
message; figures in messages do not count, since they may count lines. One exception: a missing section that has been
added is empty, so what is found at its heading takes the place of what missed it.
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
from postmortems.fix.rewrite import rewritten, without_overlaps
from postmortems.fix.suggestions import Answers
from postmortems.model.diagnostic import Diagnostic, Level

_FIGURES = re.compile(r"\d+")
_MAX_ROUNDS = 50

Try = Callable[[Mapping[str, bytes], Collection[str]], Mapping[str, Found]]
"""Check some files, as if those and others had these bytes."""

OnGivenBack = Callable[[str, str], object]
"""Called for a file that is left as it was: with its path, and the message of what its fixes would bring up."""


def fixed_files(
    found: Iterable[Diagnostic],
    wanted: Iterable[Diagnostic],
    opened: Callable[[str], bytes | None],
    trial: Try,
    context: FixContext,
    on_given_back: OnGivenBack | None = None,
) -> tuple[FixedFile, ...]:
    """Each file in which some of the `wanted` findings can be put right. `found` are all there are."""
    asked: dict[str, set[tuple[str, str]]] = {}
    for diagnostic in wanted:
        if diagnostic.rule in FIXABLE and diagnostic.place.path.endswith(".md"):
            asked.setdefault(diagnostic.place.path, set()).add(_key(diagnostic))
    by_file: dict[str, list[Diagnostic]] = {path: [] for path in asked}
    for diagnostic in found:
        if diagnostic.place.path in by_file:
            by_file[diagnostic.place.path].append(diagnostic)
    files = [
        _FileFixer(path, data, asked[path], by_file[path])
        for path in sorted(asked)
        if (data := opened(path)) is not None
    ]
    for _ in range(_MAX_ROUNDS):
        applied = [file.apply(context) for file in files]
        if not any(applied):
            break
        # A file that is given back may be what brought something up in another.
        while changed := [file for file in files if file.text != file.data]:
            checked = trial({file.path: file.text for file in changed}, {file.path for file in changed})
            given_back = [file.give_back_if_worse(checked[file.path], on_given_back) for file in changed]
            if not any(given_back):
                break
    return tuple(FixedFile(file.path, file.data, file.text, file.answered) for file in files if file.answered)


@dataclass
class _FileFixer:
    """One file on its way.

    `text` are the bytes that it has by now, `found` is what checking says of them, and `known` are the findings that
    it may have. `added` are the sections that it was given, each with the weight of the finding that missed it.
    """

    path: str
    data: bytes
    asked: set[tuple[str, str]]
    known: Sequence[Diagnostic]
    answered: int = 0
    done: bool = False
    reveals: bool = False
    text: bytes = b""
    found: Found = field(default_factory=lambda: Found((), {}))
    added: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.text, self.found = self.data, Found(self.known, {})

    def apply(self, context: FixContext) -> bool:
        """Make all edits that can be made at once; False where there are none."""
        asked = [diagnostic for diagnostic in self.found.diagnostics if _key(diagnostic) in self.asked]
        document = Document(self.path, self.text, context.settings)
        if self.done or not asked or document.unreadable:
            return False
        answers = Answers(asked)
        able = {
            proposal.edit: proposal for proposal in proposals(document, context) if _is_asked_for(proposal, answers)
        }
        revealing = {edit: proposal for edit, proposal in able.items() if proposal.reveals}
        edits = without_overlaps(revealing or able)
        self.reveals = bool(revealing)
        for edit in edits:
            answered = answers.of(able[edit])
            # What follows a section that was added may belong into it: that answers no finding of the author's.
            filled = [
                name
                for diagnostic in answered
                if (name := self.found.sections.get(diagnostic.place.line, "")) in self.added
            ]
            for name in filled:
                del self.added[name]
            self.answered += len(answered) - len(filled)
            # Of a section that was missed and is now empty, nothing may weigh more than that.
            self.added |= dict.fromkeys(able[edit].adds, min(map(_weight, answered)))
        self.text = rewritten(self.text, edits)
        return bool(edits)

    def give_back_if_worse(self, checked: Found, on_given_back: OnGivenBack | None) -> bool:
        """Make the file what it was before all fixes if they would bring up something; True if so."""
        if self.reveals and not any(diagnostic.rule in _HIDES for diagnostic in checked.diagnostics):
            # What is found once the file can be read is its own.
            self.known = [*self.known, *checked.diagnostics]
            self.asked |= {_key(diagnostic) for diagnostic in checked.diagnostics if diagnostic.rule in FIXABLE}
        self.reveals, self.found = False, checked
        new = _new_in(checked, self.known, self.added)
        if new is None:
            self.asked |= {
                _key(diagnostic)
                for diagnostic in checked.diagnostics
                if diagnostic.rule in FIXABLE and checked.sections.get(diagnostic.place.line) in self.added
            }
            return False
        self.done, self.answered, self.text = True, 0, self.data
        if on_given_back:
            on_given_back(self.path, new)
        return True


def _is_asked_for(proposal: Proposal, answers: Answers) -> bool:
    """True if it answers a finding that is asked about; of sections that are added together, if all are."""
    answered = answers.of(proposal)
    return len(answered) == len(proposal.adds) if proposal.adds else bool(answered)


_SAYS_EMPTY = frozenset(("empty-section", "empty-timeline", "no-action-items"))
"""The rules that say of an added section that it is still to be written: all that may be found in it."""


_HIDES = frozenset(("missing-front-matter", "invalid-yaml"))
"""The rules whose findings keep others from being found."""


def _new_in(found: Found, known: Iterable[Diagnostic], added: Mapping[str, int]) -> str | None:
    """The message of a new finding; or an added section of which no finding says that it is empty, since a gate must
    not pass by that. None where there is neither."""
    left = Counter(map(_key, known))
    empty: set[str] = set()
    for diagnostic in found.diagnostics:
        key = _key(diagnostic)
        name = found.sections.get(diagnostic.place.line, "")
        if left[key]:
            left[key] -= 1
        elif name in added and diagnostic.rule in _SAYS_EMPTY and _weight(diagnostic) >= added[name]:
            empty |= {name} if diagnostic.rule == "empty-section" else set()
        else:
            return diagnostic.message
    return next((f'section "{name}" is empty' for name in added if name not in empty), None)


def _weight(diagnostic: Diagnostic) -> int:
    """Rank of a finding's level: 0 is an error."""
    return list(Level).index(diagnostic.level)


def _key(diagnostic: Diagnostic) -> tuple[str, str]:
    """The rule and the message, by which a finding is known when lines have moved."""
    return diagnostic.rule, _FIGURES.sub("0", diagnostic.message)

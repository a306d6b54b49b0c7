"""Suggestions: the edits that would answer one diagnostic, for reports that show them, found when one asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from postmortems.fix.document import Document
from postmortems.fix.fix import FixContext, Proposal
from postmortems.fix.registry import FIXABLE, proposals
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.edit import Edit
from postmortems.model.place import Place


class Answers:
    """Diagnostics of one file by what answers them."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self._found: dict[tuple[str, Place], list[Diagnostic]] = {}
        for diagnostic in diagnostics:
            self._found.setdefault((diagnostic.rule, diagnostic.place), []).append(diagnostic)

    def of(self, proposal: Proposal) -> list[Diagnostic]:
        """Diagnostics that a proposal answers."""
        return [
            diagnostic
            for answer in proposal.answers
            for diagnostic in self._found.get((answer.rule, answer.place), ())
            if answer.words in diagnostic.message
        ]


@dataclass
class Suggestions:
    """Suggestions for a report. `opened` gives the bytes of a file below the docs folder, or None."""

    diagnostics: tuple[Diagnostic, ...]
    opened: Callable[[str], bytes | None]
    around: Callable[[], FixContext]

    def __call__(self, diagnostic: Diagnostic) -> tuple[Edit, ...]:
        """The edits for a diagnostic. What answers several of them is said of the first alone."""
        if diagnostic.rule not in FIXABLE:
            return ()
        path = diagnostic.place.path
        if path not in self._by_file:
            self._by_file[path] = self._of_file(path)
        edit = self._by_file[path].get(diagnostic)
        return (edit,) if edit else ()

    def answered(self, wanted: Iterable[Diagnostic]) -> int:
        """Number of these findings that an edit answers, each counted."""
        asked = {diagnostic for diagnostic in wanted if diagnostic.rule in FIXABLE}
        paths = {diagnostic.place.path for diagnostic in asked}
        return len(
            asked & {diagnostic for path in paths for several, _ in self._answers_in(path) for diagnostic in several}
        )

    def _of_file(self, path: str) -> dict[Diagnostic, Edit]:
        found: dict[Diagnostic, Edit] = {}
        for answered, edit in self._answers_in(path):
            found.setdefault(answered[0], edit)
        return found

    def _answers_in(self, path: str) -> Iterator[tuple[list[Diagnostic], Edit]]:
        """Each edit in a file, with the findings that it answers."""
        data = self.opened(path)
        if data is None or not path.endswith(".md"):
            return
        answers = Answers(self._diagnostics_of.get(path, ()))
        for proposal in proposals(Document(path, data, self._around.settings), self._around):
            if answered := answers.of(proposal):
                yield answered, proposal.edit

    @cached_property
    def _by_file(self) -> dict[str, dict[Diagnostic, Edit]]:
        return {}

    @cached_property
    def _around(self) -> FixContext:
        return self.around()

    @cached_property
    def _diagnostics_of(self) -> dict[str, list[Diagnostic]]:
        by_file: dict[str, list[Diagnostic]] = {}
        for diagnostic in self.diagnostics:
            if diagnostic.rule in FIXABLE:
                by_file.setdefault(diagnostic.place.path, []).append(diagnostic)
        return by_file

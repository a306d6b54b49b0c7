"""Report of one run for the reporters: its diagnostics, with all that is needed to show them without the disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from postmortems.model.changes import Changes
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.edit import Edit
from postmortems.model.place import Place


def _as_it_is(path: str) -> str:
    return path


def _no_source(path: str, line: int) -> str | None:
    return None


def _no_edits(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one run.

    `files` is the number of postmortems and patterns that were read. `shown` turns a path below the docs folder
    into the one to print, relative to the working directory, and `from_root` into one relative to the root of the git
    repository, None where there is none; `source_line` gives a line of such a file, or None.
    `edits` gives the changes that would surely put a diagnostic right; most have none. `changes` are those that the run
    is about, None where it is about everything. `drafts` are the files of unpublished drafts, by their paths below the
    docs folder. `fixable` is how many findings `--fix` would put right; `is_estimate` says that this was not tried.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    shown: Callable[[str], str] = field(default=_as_it_is)
    source_line: Callable[[str, int], str | None] = field(default=_no_source)
    edits: Callable[[Diagnostic], tuple[Edit, ...]] = field(default=_no_edits)
    changes: Changes | None = None
    from_root: Callable[[str], str] | None = None
    drafts: frozenset[str] = frozenset()
    fixable: int = 0
    is_estimate: bool = False

    def repository_path(self, path: str) -> str:
        """A path as a forge knows it: from the root of the repository, whatever folder the run was started in."""
        return (self.from_root or self.shown)(path)

    @property
    def counts(self) -> dict[Level, int]:
        """Number of diagnostics of each level, the gravest first; zeros stay."""
        counted = Counter(diagnostic.level for diagnostic in self.diagnostics)
        return {level: counted[level] for level in Level}

    def source(self, place: Place) -> str | None:
        """The line on which a place begins, without its end."""
        line = self.source_line(place.path, place.line)
        return None if line is None else line.rstrip("\r\n")


Reporter = Callable[[Report], str]
"""Writes one report as text that ends with a line break."""

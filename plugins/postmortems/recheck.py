"""A check after edits that no other file can notice: only the edited postmortems are read and checked again.

The rules of the corpus are not asked. They would find what they found in the last check, as long as the facts of the
edited postmortems are the same (`check.facts`). Where they are not, everything is checked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from postmortems.check.facts import Facts, facts_of, moved
from postmortems.check.run import weigh
from postmortems.check.summary import Examined
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic, Problem
from postmortems.model.postmortem import Postmortem
from postmortems.read.postmortems import Examination, PostmortemReader
from postmortems.read.snapshot import Snapshot
from postmortems.results import CheckResult

_MOST = 100
"""Maximum number of edited postmortems: of more, one is likely to have other facts."""

Shared = Mapping[str, tuple[Problem, ...]]
"""Problems that several files decide, by the file that they are in."""


class LastCheck(NamedTuple):
    """The last check of some files: the digest of each, in their order, the key of its result, the problems that
    several files decide, and the parts of texts that the rules of the corpus have asked for, each with the
    postmortem's path."""

    digests: tuple[bytes, ...]
    result: str
    shared: Shared
    asked: frozenset[tuple[str, str]]


def last_check(
    snapshot: Snapshot, result: str, shared: Iterable[Problem], asked: Iterable[tuple[str, str]]
) -> LastCheck:
    """The check of the files of a snapshot, as it is to be kept."""
    by_path: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in shared:
        by_path[problem.place.path].append(problem)
    known = {path: tuple(problems) for path, problems in by_path.items()}
    return LastCheck(snapshot.digests(), result, known, frozenset(asked))


class _Version(NamedTuple):
    """A postmortem before or after its edit."""

    postmortem: Postmortem
    examined: Examined
    facts: Facts


@dataclass(frozen=True)
class Recheck:
    """A check of the files of a snapshot, of which only those are read that have changed since the last check, whose
    result is given."""

    snapshot: Snapshot
    reader: PostmortemReader
    examination: Examination
    last: LastCheck
    result: CheckResult

    def found(self) -> tuple[CheckResult, Shared] | None:
        """The result, and the problems that several files decide; None where everything is to be checked."""
        edited = self._edited()
        if edited is None:
            return None
        shared, unusable = dict(self.last.shared), len(self.reader.problems)
        diagnostics: list[Diagnostic] = []
        again: set[str] = set()
        for path in edited:
            files = self._files_of(path)
            before, after = self._before(path, files), self._version(self.reader.read(path))
            if before is None or after is None or before.facts.said != after.facts.said:
                return None
            others = (problem for file in files for problem in self.last.shared.get(file, ()))
            problems = moved(others, before.facts, after.facts, files)
            if problems is None or any(problem.place.path not in files for problem in after.examined.problems):
                return None
            for file in files:
                shared[file] = tuple(problem for problem in problems if problem.place.path == file)
            diagnostics += self._weighed(after, files, problems)
            again.update(files)
        # What was read is of this snapshot only if the files are still the same.
        if len(self.reader.problems) > unusable or not self.snapshot.holds(again):
            return None
        diagnostics += (diagnostic for diagnostic in self.result.diagnostics if diagnostic.place.path not in again)
        diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
        return replace(self.result, diagnostics=tuple(diagnostics)), shared

    @cached_property
    def _digests(self) -> dict[str, bytes]:
        return dict(zip(self.snapshot.tree.files, self.last.digests, strict=True))

    def _edited(self) -> list[str] | None:
        """The postmortems that have changed; None where other files have, or too many."""
        changed = [path for path, digest in self._digests.items() if digest != self.snapshot.digest(path)]
        if len(changed) > _MOST or not set(changed) <= set(self.snapshot.tree.postmortems(self.result.settings)):
            return None
        return changed

    def _files_of(self, path: str) -> tuple[str, ...]:
        timeline = self.reader.timeline_of(path)
        return (path, timeline) if timeline else (path,)

    def _before(self, path: str, files: Iterable[str]) -> _Version | None:
        before = self.reader.kept(path, *(self._digests[file] for file in files))
        return self._version(before) if before else None

    def _version(self, postmortem: Postmortem) -> _Version | None:
        """A version that was just read; None where more decides what is found in it than its files and its facts."""
        examined = self.examination.known.get(postmortem.path)
        if not isinstance(examined, Examined) or examined.since is None or postmortem.takes_in:
            return None
        asked = {name for path, name in self.last.asked if path == postmortem.path}
        return _Version(postmortem, examined, facts_of(postmortem, examined, asked))

    def _weighed(self, version: _Version, files: Iterable[str], others: Iterable[Problem]) -> Iterable[Diagnostic]:
        settings = self.result.settings
        alone = Corpus(
            postmortems=(version.postmortem,),
            files=frozenset(files),
            folder=settings.folder,
            template_texts=self.reader.templates,
            sources=self.reader.sources,
        )
        return weigh([*version.examined.problems, *others], alone, settings, self.result.masking)

"""One reading of a knowledge base: everything on disk and in the editor at a moment, and what the rules of the corpus
say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property

from postmortems.analyse.analysis import Analysis
from postmortems.check.rule import Context
from postmortems.check.run import Document, corpus_problems, related_problems
from postmortems.desk.language_server.memory import Memory
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.pipeline import today_utc
from postmortems.read.corpus import read_corpus
from postmortems.read.opening import open_inside
from postmortems.read.postmortem import FILE, TIMELINE_FILE
from postmortems.read.settings_file import Project
from postmortems.read.text import read_text


@dataclass
class Reading:
    """The corpus with the texts that were unsaved, by their paths below the docs folder, and its problems by file."""

    project: Project
    context: Context
    unsaved: Mapping[str, bytes]
    _whole: Mapping[str, list[Problem]]
    _related: dict[str, list[Problem]] = field(default_factory=dict)
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def corpus(self) -> Corpus:
        """Everything that was read."""
        return self.context.corpus

    @cached_property
    def paths(self) -> frozenset[str]:
        """The files of all postmortems and patterns."""
        return frozenset((*self.corpus.by_path, *(pattern.path for pattern in self.corpus.patterns)))

    def document(self, path: str) -> Document | None:
        """The postmortem or pattern in a file."""
        found = self.corpus.by_path.get(path)
        return found or next((pattern for pattern in self.corpus.patterns if pattern.path == path), None)

    def problems(self, path: str, lines: tuple[str, ...]) -> list[Problem]:
        """Problems of a file that other files decide, too, at their places in a text that may have changed since."""
        home = document_of(path)
        if home not in self._related:
            document = self.document(home)
            self._related[home] = list(related_problems(document, self.context)) if document else []
        related = (problem for problem in self._related[home] if problem.place.path == path)
        found = [*related, *self._whole.get(path, ())]
        if not found:
            return found
        if path not in self._lines:
            data = self.unsaved.get(path)
            if data is None:
                data, _ = open_inside(self.project.docs, path)
            self._lines[path] = read_text(path, data)[0].lines
        before = self._lines[path]
        if before == lines:
            return found
        same = _shared(before, lines)
        rest = _shared(before[same:][::-1], lines[same:][::-1])
        shift = len(lines) - len(before)
        return [_moved(problem, shift, len(before) - rest) for problem in found]


def read(project: Project, memory: Memory, unsaved: Mapping[str, bytes]) -> Reading:
    """Read everything as the check does. Call with the unsaved texts in place of the files (`with_unsaved`)."""
    corpus = read_corpus(
        project.docs, project.settings, None, memory, project.catalogue, project.exclusions, project.site
    )
    day = today_utc()
    context = Context(corpus, project.settings, Analysis(corpus, project.settings, day), day, datetime.now(UTC))
    whole: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in corpus_problems(context):
        whole[problem.place.path].append(problem)
    for postmortem in corpus.postmortems[:1]:
        # The first question about repeats compares all incidents: better now than at a keystroke.
        list(related_problems(postmortem, context))
    return Reading(project, context, unsaved, whole)


def document_of(path: str) -> str:
    """The file of the postmortem that a `timeline.json` belongs to; any other file itself."""
    return f"{path.removesuffix(TIMELINE_FILE)}{FILE}" if path.endswith(f"/{TIMELINE_FILE}") else path


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Number of lines that two texts begin with."""
    length = min(len(one), len(other))
    return next((index for index in range(length) if one[index] != other[index]), length)


def _moved(problem: Problem, shift: int, end: int) -> Problem:
    """A problem in a text of which the lines behind `end` have moved."""
    place = problem.place
    if place.line <= end or not shift:
        return problem
    return replace(
        problem, place=Place(place.path, place.line + shift, place.column, place.end_line + shift, place.end_column)
    )

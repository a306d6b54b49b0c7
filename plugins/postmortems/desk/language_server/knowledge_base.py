"""One knowledge base beside its author: its files with the texts that an editor has not saved yet, and their findings.

A keystroke asks only what its own file decides: reading it and the local rules. What other files decide, too, is that
of the last reading, moved with the lines around it, until the next one. Both together are what the check finds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from postmortems.analyse.analysis import Analysis
from postmortems.check.baseline import Baseline, compare
from postmortems.check.levels import unknown_rules
from postmortems.check.masking import Masking, masked_report
from postmortems.check.report import Report
from postmortems.check.rule import Context
from postmortems.check.run import Document, local_problems, weigh
from postmortems.desk.language_server.memory import Memory
from postmortems.desk.language_server.positions import Text
from postmortems.desk.language_server.reading import Reading, document_of, read
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic
from postmortems.pipeline import BaselineError, collector_paused, read_baseline, today_utc
from postmortems.read.config_file import ProjectError
from postmortems.read.corpus import read_document
from postmortems.read.files import list_files
from postmortems.read.languages import reading_in
from postmortems.read.mounts import mounts_of, path_below
from postmortems.read.opening import line_reader, open_inside, with_unsaved
from postmortems.read.postmortem import TIMELINE_FILE
from postmortems.read.settings_file import Project, read_project, setting_lines
from postmortems.read.store import open_store
from postmortems.read.templates import read_templates

TYPED_INTO = 64 * 1024
"""Bytes of the largest text that is examined while somebody types: a longer one waits for a pause."""


@dataclass(frozen=True)
class Loaded:
    """The project as its settings describe it, and its known findings; `notes` say why the latter cannot be used."""

    project: Project
    baseline: Baseline | None
    base: Corpus
    paths: frozenset[str]
    notes: tuple[str, ...] = ()


def load(config: Path) -> Loaded:
    """Load the settings, the template and the list of all documents; ProjectError where there is nothing to check."""
    project = read_project(config)
    if problems := unknown_rules(project.settings):
        raise ProjectError(*setting_lines(config, problems))
    settings, tree = project.settings, list_files(project.docs)
    templates, _ = read_templates(project.docs, settings.languages)
    baseline: Baseline | None = None
    notes: tuple[str, ...] = ()
    try:
        baseline = read_baseline(project.baseline) if project.baseline else None
    except BaselineError as error:
        notes = (str(error),)
    paths = frozenset((*tree.postmortems(settings), *tree.patterns(settings)))
    return Loaded(project, baseline, Corpus(folder=settings.folder, template_texts=templates), paths, notes)


@dataclass
class KnowledgeBase:
    """A knowledge base with the unsaved texts of an editor, by their paths below the docs folder."""

    loaded: Loaded
    memory: Memory = field(default_factory=Memory)
    texts: dict[str, Text] = field(default_factory=dict)
    reading: Reading | None = None
    _shown: dict[str, tuple[Text, tuple[Diagnostic, ...]]] = field(default_factory=dict)
    _documents: dict[str, tuple[tuple[bytes, bytes], Document]] = field(default_factory=dict)

    @property
    def project(self) -> Project:
        """The project as its settings describe it."""
        return self.loaded.project

    @property
    def corpus(self) -> Corpus:
        """Everything that was last read; before the first reading nothing but the template."""
        return self.reading.corpus if self.reading else self.loaded.base

    @property
    def paths(self) -> frozenset[str]:
        """The files of all postmortems and patterns."""
        return self.reading.paths if self.reading else self.loaded.paths

    def copy(self) -> KnowledgeBase:
        """The same with the texts of this moment, for a reading beside the author."""
        return replace(self, texts=dict(self.texts), _shown={}, _documents={})

    def take(self, other: KnowledgeBase) -> None:
        """Take over what a copy has read and found."""
        self.reading, self._shown = other.reading, other._shown

    def path_of(self, file: Path) -> str | None:
        """The path of a file below the docs folder; None where it lies elsewhere."""
        if mounts_of(self.project.docs) and (inside := path_below(self.project.docs, Path(os.path.realpath(file)))):
            return inside
        for turn in (os.path.normpath, os.path.realpath):
            found = os.path.relpath(turn(file), turn(self.project.docs)).replace(os.sep, "/")
            if not found.startswith(".."):
                return found
        return None

    @contextmanager
    def as_it_is(self) -> Iterator[None]:
        """Read with the unsaved texts in place of the files, and with the words of the knowledge base's languages."""
        unsaved = {self.project.docs / path: text.data for path, text in self.texts.items()}
        with with_unsaved(unsaved), reading_in(self.project.settings.languages):
            yield

    def read(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        """Read everything again, and return the findings of every file that is open."""
        store = None if self.reading else open_store(self.project.config.parent)
        self.memory.begin(store)
        try:
            with self.as_it_is(), collector_paused():
                self.reading = read(self.project, self.memory, {path: text.data for path, text in self.texts.items()})
                return {path: self.findings(path) for path in self.texts}
        finally:
            self.memory.end()
            if store is not None:
                store.close()

    def findings(self, path: str) -> tuple[Diagnostic, ...]:
        """The findings of one file that is open, as the check would report them."""
        text = self.texts[path]
        with self.as_it_is():
            document = self.document(path)
            if document is None and self.reading is None:
                return ()
            corpus = self.corpus.alone(document) if document else self.corpus
            settings, day = self.project.settings, today_utc()
            context = Context(corpus, settings, Analysis(corpus, settings, day), day, datetime.now(UTC))
            problems = list(local_problems(document, context)) if document else []
            if self.reading:
                problems += self.reading.problems(path, text.lines)
            masking = Masking.of(self._beside(path, document), settings.personal_data)
            found = weigh(problems, corpus, settings, masking, {path})
            if self.reading is None:
                # Nobody knows yet which waivers the rules of the corpus need.
                found = tuple(diagnostic for diagnostic in found if diagnostic.rule != "unused-waiver")
            found = self._without_known(found, masking)
            self._shown[path] = text, found
            return found

    def shown(self, path: str) -> tuple[Diagnostic, ...]:
        """The findings of an open file as they were last found; those of now, unless that takes too long."""
        text = self.texts[path]
        kept = self._shown.get(path)
        if kept and (kept[0] is text or len(text.data) > TYPED_INTO):
            return kept[1]
        return self.findings(path) if len(text.data) <= TYPED_INTO else ()

    def masked(self, path: str, line: str) -> str:
        """A line about a file with nothing in it that must not be shown."""
        masking = Masking.of(self._beside(path, self.document(path)), self.project.settings.personal_data)
        return masking.message(path, line)

    def masked_text(self, text: str) -> str:
        """A text from any file, with stars in place of secrets and personal data that have a shape of their own."""
        return Masking.of(Corpus(), self.project.settings.personal_data).text("", text)

    def document(self, path: str) -> Document | None:
        """The postmortem or pattern that a file is, or is the `timeline.json` of, as it is now."""
        path = document_of(path)
        if path not in self.paths:
            return None
        with self.as_it_is():
            key = self._bytes(path), self._bytes(str(PurePosixPath(path).with_name(TIMELINE_FILE)))
            kept = self._documents.get(path)
            if kept is None or kept[0] != key:
                document = read_document(
                    self.project.docs, path, self.project.settings, self.loaded.base.template_texts
                )
                kept = self._documents[path] = key, document
            return kept[1]

    def _bytes(self, path: str) -> bytes:
        return self.texts[path].data if path in self.texts else open_inside(self.project.docs, path)[0]

    def _beside(self, path: str, document: Document | None) -> Corpus:
        """The files in the same folder: what must not be shown is known by folder."""
        folder, own = _folder(path), self.corpus.alone(document) if document else Corpus()
        others: tuple[Document, ...] = (*self.corpus.postmortems, *self.corpus.patterns)
        beside = (each.excerpts for each in others if each.excerpts and each.path not in own.files)
        excerpts = (excerpt for found in (*beside, self.corpus.excerpts) for excerpt in found)
        return replace(own, excerpts=tuple(excerpt for excerpt in excerpts if _folder(excerpt.path) == folder))

    def _without_known(self, found: tuple[Diagnostic, ...], masking: Masking) -> tuple[Diagnostic, ...]:
        """The findings that the baseline does not list."""
        if self.loaded.baseline is None:
            return found
        report = masked_report(Report(found, 1, source_line=line_reader(self.project.docs)), masking)
        return compare(report, self.loaded.baseline).new


def _folder(path: str) -> str:
    return path.rpartition("/")[0]

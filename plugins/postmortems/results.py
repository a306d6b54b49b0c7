"""Results of a run: what was found and, unless only that was asked, all that was read.

The room of fixes is entered only when somebody asks for a fix or an edit: most runs never do, and need not load it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.kept_repeats import found_anew
from postmortems.check.masking import Masking, masked_report
from postmortems.check.report import Report
from postmortems.check.run import fails
from postmortems.check.summary import Examined
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic
from postmortems.read.corpus import document_opener, read_patterns
from postmortems.read.files import list_files
from postmortems.read.git import repository_root
from postmortems.read.mounts import shown_from
from postmortems.read.opening import line_reader
from postmortems.read.templates import read_templates
from postmortems.settings import Settings

if TYPE_CHECKING:
    from postmortems.fix.apply import OnGivenBack
    from postmortems.fix.fix import FixContext
    from postmortems.fix.fixed_file import FixedFile
    from postmortems.fix.suggestions import Suggestions


@dataclass(frozen=True)
class CheckResult:
    """Result of a check. `files` is the number of postmortems and patterns that were read.

    `nothing_found` says in one line why there is no postmortem among them, and is empty where there is one: to find
    nothing is no success. `masking` knows what no report may show, and `drafts` are the files of unpublished drafts.
    """

    docs: Path
    settings: Settings
    today: date
    diagnostics: tuple[Diagnostic, ...]
    files: int
    masking: Masking
    nothing_found: str
    drafts: frozenset[str]

    def fails(self, *, strict: bool) -> bool:
        """True if these findings refuse the corpus."""
        return fails(self.diagnostics, strict=strict)

    def report(self) -> Report:
        """The findings for a reporter: with paths relative to the working directory."""
        report = Report(
            self.diagnostics,
            self.files,
            shown=shown_from(Path.cwd(), self.docs),
            source_line=line_reader(self.docs),
            edits=lambda diagnostic: self._suggestions(diagnostic),
            drafts=self.drafts,
            from_root=shown_from(root, self.docs) if (root := repository_root(self.docs)) else None,
        )
        return masked_report(report, self.masking)

    def suggested(self, wanted: Iterable[Diagnostic]) -> int:
        """Number of these findings that have edits; whether a fix would bring up something new is not tried."""
        return self._suggestions.answered(wanted)

    @cached_property
    def _suggestions(self) -> Suggestions:
        from postmortems.fix.suggestions import Suggestions

        return Suggestions(self.diagnostics, document_opener(self.docs, self.settings), self._fix_context)

    def _fix_context(self) -> FixContext:
        from postmortems.fix.fix import FixContext

        patterns = read_patterns(list_files(self.docs), self.settings)
        (template, near_miss, *_), _ = read_templates(self.docs, self.settings.languages[:1])
        return FixContext(self.settings, template, near_miss, patterns)


@dataclass(frozen=True)
class Run(CheckResult):
    """A knowledge base that has been read and checked, with all that was read; `key` tells it from any other, and is
    empty where that cannot be said. `examined` is what is known of its postmortems by themselves."""

    corpus: Corpus
    analysis: Analysis
    key: str = ""
    examined: Mapping[str, Examined] = field(default_factory=dict, repr=False)

    def without(self, paths: Set[str]) -> Run:
        """The same as if these files had not been there, save that they have been checked."""
        corpus = self.corpus.without(paths)
        if corpus is self.corpus:
            return self
        return replace(
            self,
            key=self.key and f"{self.key} {sorted(paths)}",
            corpus=corpus,
            analysis=replace(self.analysis, corpus=corpus, keep_repeats=found_anew),
            diagnostics=tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.place.path not in paths),
        )

    def fixes(self, wanted: Iterable[Diagnostic], on_given_back: OnGivenBack | None = None) -> tuple[FixedFile, ...]:
        """The files in which some of these findings can surely be put right; nothing is written."""
        from postmortems.fix.apply import fixed_files
        from postmortems.fix.dry_run import Trial

        trial = Trial(self.analysis, self.docs, self.masking, self.examined)
        return fixed_files(
            self.diagnostics,
            wanted,
            document_opener(self.docs, self.settings),
            trial,
            self._fix_context(),
            on_given_back,
        )

    def _fix_context(self) -> FixContext:
        from postmortems.fix.fix import FixContext

        template, near_miss, *_ = self.corpus.template_texts
        return FixContext(self.settings, template, near_miss, self.corpus.patterns)

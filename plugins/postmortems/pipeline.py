"""The whole way of a knowledge base: read, check, analyse, fix. The build and the command both walk it here.

The room of fixes is entered only when somebody asks for a fix or an edit: most runs never do, and need not load it.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from postmortems.analyse.analysis import Analysis
from postmortems.check.baseline import Baseline, NotABaselineError, parse_baseline
from postmortems.check.masking import Masking, masked_report
from postmortems.check.report import Report
from postmortems.check.run import check_corpus, fails
from postmortems.model.catalogue import Catalogue
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.front_matter import Status
from postmortems.read.corpus import OnProgress, document_opener, read_corpus, read_patterns
from postmortems.read.exclusions import NOTHING, Exclusions
from postmortems.read.files import list_files
from postmortems.read.git import repository_root
from postmortems.read.history import history_reader
from postmortems.read.likely import nothing_found
from postmortems.read.opening import UnreadableError, line_reader, text_of
from postmortems.read.site_options import UNKNOWN, SiteOptions
from postmortems.read.store import Store
from postmortems.read.store_keys import result_key
from postmortems.read.templates import read_templates
from postmortems.settings import Settings

if TYPE_CHECKING:
    from postmortems.fix.apply import OnGivenBack
    from postmortems.fix.fix import FixContext
    from postmortems.fix.fixed_file import FixedFile
    from postmortems.fix.suggestions import Suggestions

_LARGEST_BASELINE = 20 * 1024 * 1024


class BaselineError(Exception):
    """A baseline that cannot be used; the text says why, in one line."""


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
    empty where that cannot be said."""

    corpus: Corpus
    analysis: Analysis
    key: str = ""

    def without(self, paths: Set[str]) -> Run:
        """The same as if these files had not been there, save that they have been checked."""
        corpus = self.corpus.without(paths)
        if corpus is self.corpus:
            return self
        return replace(
            self,
            key=self.key and f"{self.key} {sorted(paths)}",
            corpus=corpus,
            analysis=replace(self.analysis, corpus=corpus),
            diagnostics=tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.place.path not in paths),
        )

    def fixes(self, wanted: Iterable[Diagnostic], on_given_back: OnGivenBack | None = None) -> tuple[FixedFile, ...]:
        """The files in which some of these findings can surely be put right; nothing is written."""
        from postmortems.fix.apply import fixed_files
        from postmortems.fix.dry_run import Trial

        trial = Trial(self.corpus, self.docs, self.settings, self.today, self.masking)
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


def run_pipeline(
    docs: Path,
    settings: Settings,
    today: date | None = None,
    progress: OnProgress | None = None,
    store: Store | None = None,
    catalogue: Catalogue | None = None,
    exclusions: Exclusions = NOTHING,
    site: SiteOptions = UNKNOWN,
) -> Run:
    """Read and check everything below the docs folder; `catalogue` lists the services, if the settings name one, and
    `exclusions` what MkDocs leaves out of the site; `site` says what its pages may ask for.

    What a store has kept is not done again: files that have not changed are not read, and where nothing at all has,
    no rule is asked. A build right after a check is such a run.
    """
    day = today or today_utc()
    key = result_key(settings, list_files(docs), day, catalogue, exclusions, site) if store else ""
    with collector_paused():
        corpus = read_corpus(docs, settings, progress, store, catalogue, exclusions, site)
        analysis = Analysis(corpus, settings, day, history_reader(docs, settings, corpus.postmortems, store))
        # A file may have changed while it was read: then the key says nothing about what was.
        if store and result_key(settings, list_files(docs), day, catalogue, exclusions, site) != key:
            store, key = None, ""
        stored = store.kept(key) if store else None
        kept = stored if isinstance(stored, CheckResult) else None
        masking = kept.masking if kept else Masking.of(corpus, settings.personal_data)
        diagnostics = kept.diagnostics if kept else check_corpus(corpus, settings, analysis, day, masking=masking)
    files = len(corpus.postmortems) + len(corpus.patterns)
    drafts = frozenset(
        postmortem.path for postmortem in corpus.postmortems if postmortem.front_matter.status is Status.DRAFT
    )
    nothing = "" if corpus.postmortems else nothing_found(docs, list_files(docs), settings)
    # The clock moves on, and a time in the future will be past.
    if store and not kept and not nothing and not any(found.rule == "time-in-the-future" for found in diagnostics):
        store.keep(key, CheckResult(docs, settings, day, diagnostics, files, masking, nothing, drafts))
    return Run(docs, settings, day, diagnostics, files, masking, nothing, drafts, corpus, analysis, key)


def check_result(
    docs: Path,
    settings: Settings,
    today: date | None,
    progress: OnProgress | None,
    store: Store | None,
    catalogue: Catalogue | None = None,
    exclusions: Exclusions = NOTHING,
    site: SiteOptions = UNKNOWN,
) -> CheckResult:
    """Run a check, or return the stored result if nothing at all has changed since an earlier run."""
    day = today or today_utc()
    kept = store.kept(result_key(settings, list_files(docs), day, catalogue, exclusions, site)) if store else None
    if isinstance(kept, CheckResult):
        return replace(kept, docs=docs)
    return run_pipeline(docs, settings, day, progress, store, catalogue, exclusions, site)


def read_baseline(path: Path) -> Baseline:
    """The baseline in this file; BaselineError, which names it, where there is none."""
    try:
        return parse_baseline(text_of(path, _LARGEST_BASELINE, "too large for a baseline"))
    except UnreadableError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            raise BaselineError(
                f"{path}: baseline not found; create it with `postmortems check --baseline FILE --write-baseline`"
            ) from None
        raise BaselineError(str(error)) from None
    except NotABaselineError as error:
        raise BaselineError(f"{path}:{error}") from None


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection for a while. Everything that is read stays, so looking for garbage among it again and
    again only costs: a third of the whole reading, and growing faster than the corpus."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def today_utc() -> date:
    """The day that everything counts from: that of SOURCE_DATE_EPOCH where it is set, else today in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdecimal() and len(epoch) <= 11:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).date()


def shown_from(working: Path, docs: Path) -> Callable[[str], str]:
    """Paths below the docs folder as they are called from the working directory, with `/`."""
    prefix = os.path.relpath(docs.resolve(), working.resolve()).replace(os.sep, "/")
    return lambda path: path if prefix == "." else f"{prefix}/{path}"

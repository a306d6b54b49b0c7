"""Gate before a build: problems that end it before the old site is removed, and what a preview says instead.

A build judges what `postmortems check` judges: all findings but those in the baseline, or, where the environment
names a commit to compare with, those of what has changed since. So both agree about a pull request.
"""

from __future__ import annotations

import logging
import os
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs.exceptions import MkDocsException, PluginError

from postmortems.check.baseline import Compared, compare, narrowed
from postmortems.check.levels import unknown_rules
from postmortems.check.masking import printable
from postmortems.check.reporters.text import fresh_drafts, is_softened, report_text
from postmortems.check.run import fails
from postmortems.check.selection import elsewhere, of_changes
from postmortems.model.changes import CHANGED_SINCE, Changes
from postmortems.pipeline import BaselineError, read_baseline, run_pipeline
from postmortems.read.changes import ChangesError, changes_since
from postmortems.read.mounts import hidden_patterns
from postmortems.read.settings_file import open_catalogue, read_exclusions, read_site_options
from postmortems.read.source_repositories import mount_sources
from postmortems.read.store import open_store
from postmortems.render.base.addresses import HOME
from postmortems.render.pages.banner import banner, home_banner
from postmortems.results import Run
from postmortems.settings.parsing import SettingProblem, parse_settings
from postmortems.text.terminal import escape_controls

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from postmortems.model.catalogue import Catalogue
    from postmortems.model.corpus import Corpus
    from postmortems.model.diagnostic import Diagnostic
    from postmortems.settings import Settings

log = logging.getLogger("mkdocs.plugins.postmortems")


class UnusableError(MkDocsException):
    """Failure that leaves nothing to judge; MkDocs ends with the exit code that the command has for this."""

    exit_code = 2


class Read(NamedTuple):
    """Everything in the folder of a site, read and checked, its baseline, and what is wrong with its sources, of which
    then none is read."""

    project: Path
    run: Run
    baseline: Path | None
    problems: tuple[SettingProblem, ...]


def read_settings(
    options: dict[str, Any], folder: Path
) -> tuple[Settings, Catalogue | None, tuple[SettingProblem, ...]]:
    """The settings, the catalogue that they name in a project's folder, and what is wrong with either."""
    settings, problems = parse_settings(options)
    problems = problems or unknown_rules(settings)
    catalogue, unusable = open_catalogue(folder, settings)
    return settings, catalogue, problems or unusable


def read(config: MkDocsConfig, settings: Settings, catalogue: Catalogue | None, last: Corpus | None = None) -> Read:
    """Read and check the folder of a site; `last` is what was read before an edit, if it is in memory."""
    project = Path(config.config_file_path or config.docs_dir).parent
    problems = mount_sources(project, Path(config.docs_dir), settings)
    store = open_store(project)
    run = run_pipeline(
        Path(config.docs_dir),
        settings,
        store=store,
        catalogue=catalogue,
        exclusions=read_exclusions(config.config_file_path),
        site=read_site_options(config.config_file_path, Path(config.docs_dir)),
        last=last,
    )
    store.close()
    if store.note:
        log.info("postmortems: %s", store.note)
    return Read(project, run, project / settings.baseline if settings.baseline else None, problems)


def judge(read: Read, *, strict: bool) -> Run:
    """The run without the findings that the baseline lists. Raises an error that ends the build where those that
    are judged refuse it: raised, since a logged warning is no gate, and `mkdocs -q --strict` swallows it."""
    _, run, baseline, problems = read
    if problems:
        lines = (f"plugins.postmortems.{problem.option}: {problem.message}" for problem in problems)
        raise UnusableError(printable("postmortems: " + "\n".join(lines)))
    if run.nothing_found:
        raise UnusableError(printable(f"postmortems: {run.nothing_found}"))
    changes = _changes(run)
    compared = Compared(run.diagnostics, (), ())
    if baseline:
        compared = _compared(run, baseline, changes)
        if compared.gone and strict:
            raise PluginError(
                f"postmortems: {baseline}: {len(compared.gone)} listed findings are fixed; update it with "
                "`postmortems check --write-baseline`"
            )
    judged = compared.new
    if changes is not None:
        judged = of_changes(compared.new, changes)
        if left := elsewhere(compared.new, set(judged), os.environ[CHANGED_SINCE]):
            log.info("postmortems: %s", left)
    if fails(judged, strict=strict):
        report = replace(run.report(), diagnostics=judged)
        raise PluginError("postmortems: check failed\n\n" + report_text(report).rstrip())
    _end_at_what_never_ends(run)
    return replace(run, diagnostics=compared.new)


def preview(read: Read) -> tuple[Run, list[SettingProblem]]:
    """The same for a preview, which goes on whatever is wrong, and what its first page has to say besides findings."""
    _, run, baseline, problems = read
    _end_at_what_never_ends(run)
    shown = [*problems, *([SettingProblem("folder", run.nothing_found)] if run.nothing_found else [])]
    if baseline:
        try:
            return replace(run, diagnostics=compare(run.report(), read_baseline(baseline)).new), shown
        except BaselineError as error:
            log.warning("postmortems: %s", error)
    return run, shown


def log_findings(run: Run) -> None:
    """A line for each finding in the log of the build, but one for all that a fresh draft lacks, and one if git's
    history is not to be had."""
    history = run.analysis.read_history()
    for gap in dict.fromkeys(filter(None, (history.gap, *history.notes))):
        log.info("postmortems: git's history is unknown: %s", escape_controls(gap))
    for line in hidden_patterns(run.docs):
        log.info("postmortems: %s", escape_controls(line))
    _log(run, run.diagnostics)


def log_changes(run: Run, before: Run, edited: Set[str]) -> None:
    """The same of a preview after an edit of these files: its findings, and those that were not there before. Hundreds
    of others may be as they were."""
    known = {*before.diagnostics}
    _log(run, (found for found in run.diagnostics if found.place.path in edited or found not in known))


def _log(run: Run, diagnostics: Iterable[Diagnostic]) -> None:
    report = run.report()
    fresh, told = fresh_drafts(report), set[str]()
    for diagnostic in diagnostics:
        place = diagnostic.place
        path = escape_controls(report.shown(place.path) if run.corpus.sources.source_of(place.path) else place.path)
        if place.path not in fresh or not is_softened(diagnostic):
            message = escape_controls(diagnostic.message)
            log.info("%s:%d: %s %s: %s", path, place.line, diagnostic.code, diagnostic.rule, message)
        elif place.path not in told:
            told.add(place.path)
            log.info("%s: %s (`postmortems check --verbose` lists them)", path, fresh[place.path])


def _changes(run: Run) -> Changes | None:
    ref = os.environ.get(CHANGED_SINCE)
    if not ref:
        return None
    try:
        changes = changes_since(ref, run.docs, run.settings.folder)
    except ChangesError as error:
        raise UnusableError(printable(f"postmortems: {CHANGED_SINCE}: {error}")) from None
    if changes.note:
        log.info("postmortems: %s: %s", CHANGED_SINCE, changes.note)
    return changes


def _compared(run: Run, baseline: Path, changes: Changes | None) -> Compared:
    keep: Callable[[str], bool] = changes.touches if changes else lambda _: True
    try:
        return narrowed(compare(run.report(), read_baseline(baseline)), keep)
    except BaselineError as error:
        raise PluginError(f"postmortems: {error}") from None


def _end_at_what_never_ends(run: Run) -> None:
    if run.corpus.endless:
        # MkDocs would walk there, and come back after hours or with a traceback, in a preview, too.
        places = ", ".join(map(escape_controls, run.corpus.endless[:3]))
        raise PluginError(f"postmortems: links to folders form a loop or reach too many files: remove {places}")
    for problem in run.corpus.endless_pages():
        path, message = escape_controls(problem.place.path), escape_controls(problem.message)
        raise PluginError(f"postmortems: {path}:{problem.place.line}: {message}")


def banner_of(run: Run, uri: str, setting_problems: tuple[SettingProblem, ...]) -> str:
    """The banner above a page of a preview: what was found in it and beside it; above the first page, everything."""
    shown: Callable[[str], str] = run.report().shown
    if uri == HOME:
        return str(home_banner(run.diagnostics, shown, setting_problems))
    folder, _, name = uri.rpartition("/")
    # What lies beside a page and has none of its own: a postmortem's timeline.json and artifacts, the register.
    own = f"{folder}/" if name == "postmortem.md" else uri
    also = run.corpus.register_paths if uri == f"{run.corpus.folder}/index.md" else {uri}
    return str(banner([*_in_files(run.diagnostics, {own, *also})], shown))


def with_other_banners(uris: Iterable[str], before: Run, now: Run) -> set[str]:
    """Pages among these whose banner may be another one now, as far as findings go."""
    changed = {_path(diagnostic) for diagnostic in {*before.diagnostics} ^ {*now.diagnostics}}
    if not changed:
        return set()
    beside = {f"{folder}/postmortem.md" for path in changed for folder in PurePosixPath(path).parents}
    return {*uris} & {HOME, f"{now.corpus.folder}/index.md", *changed, *beside}


def _in_files(diagnostics: Sequence[Diagnostic], beginnings: Set[str]) -> Iterator[Diagnostic]:
    """Findings in files whose paths begin so, in their order, which is that of paths; every page asks for its own."""
    after = 0
    for beginning in sorted(beginnings):
        after = max(after, bisect_left(diagnostics, beginning, key=_path))
        for found in islice(diagnostics, after, None):
            if not _path(found).startswith(beginning):
                break
            yield found
            after += 1


def _path(diagnostic: Diagnostic) -> str:
    return diagnostic.place.path

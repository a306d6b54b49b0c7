"""`postmortems check`: the gate, in a terminal and in CI."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

import click
from click.core import ParameterSource

from postmortems.check.baseline import Compared
from postmortems.check.masking import Masking
from postmortems.check.report import Report
from postmortems.check.reporters import FORMATS
from postmortems.check.run import fails
from postmortems.check.selection import elsewhere, is_below, of_changes
from postmortems.cli.baseline import renew, without_known
from postmortems.cli.changes import changed_since_option, read_changes
from postmortems.cli.outputs import Output, OutputType, output_problems, put_out
from postmortems.cli.paths import below_docs, missing_paths, paths_without_documents, to_be_changed
from postmortems.cli.progress import shown_progress
from postmortems.cli.project import config_option, open_project, refuse, today_option
from postmortems.cli.streams import say, tell
from postmortems.model.changes import Changes
from postmortems.pipeline import check_result, run_pipeline
from postmortems.read.mounts import hidden_patterns
from postmortems.read.store import open_store
from postmortems.results import CheckResult, Run
from postmortems.text.spelling import listed


@dataclass(frozen=True, slots=True)
class _Scope:
    """Scope of a run: some files and folders below the docs folder, the changes since a commit, `ref`, and the findings
    that a baseline does not list."""

    wanted: tuple[str, ...]
    changes: Changes | None
    baseline: Path | None
    ref: str = ""

    def compared(self, report: Report, masking: Masking) -> tuple[Compared, list[str]]:
        """The report's findings that the run is about, beside its baseline, and what is to be said of that."""
        compared, said = Compared(report.diagnostics, (), ()), list[str]()
        if self.baseline:
            compared, said = without_known(self.baseline, report, self._keeps, masking.message)
        new = tuple(diagnostic for diagnostic in compared.new if is_below(diagnostic.place.path, self.wanted))
        if self.changes is None:
            return replace(compared, new=new), said
        changed = of_changes(new, self.changes)
        said += filter(None, [elsewhere(new, set(changed), self.ref)])
        return replace(compared, new=changed), said

    def _keeps(self, path: str) -> bool:
        return is_below(path, self.wanted) and (self.changes is None or self.changes.touches(path))


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "outputs",
    metavar="NAME[:FILE]",
    type=OutputType(),
    multiple=True,
    default=[Output("text")],
    help=f"Output format: {listed(FORMATS)}; to stdout or FILE. Repeatable; at most one may use stdout, "
    "which then carries only the report.",
)
@changed_since_option
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Ignore the findings listed in FILE (default: the setting `baseline`).",
)
@click.option(
    "--write-baseline",
    is_flag=True,
    help="Write current findings to the --baseline file. An existing file can only shrink.",
)
@click.option("--fix", is_flag=True, help="Apply safe fixes, then report what is left.")
@click.option("--diff", is_flag=True, help="With --fix: show a diff on stdout; write nothing.")
@click.option("--strict", is_flag=True, help="Also fail on warnings and on an outdated baseline.")
@click.option("--statistics", is_flag=True, help="In text format, count findings by rule instead of listing them.")
@click.option("--verbose", is_flag=True, help="In text format, list everything still to be written in a new draft.")
@click.option("--no-cache", is_flag=True, help="Ignore the cache and do not write it.")
@today_option
@config_option
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    outputs: tuple[Output, ...],
    changed_since: str | None,
    baseline: Path | None,
    write_baseline: bool,
    fix: bool,
    diff: bool,
    strict: bool,
    statistics: bool,
    verbose: bool,
    no_cache: bool,
    today: datetime.date | None,
    config: Path | None,
) -> None:
    """Check postmortems and patterns. PATHs (files or folders) limit the report; everything is still read.

    Exit codes: 0 no errors; 1 errors (with --strict, also warnings); 2 invalid usage or settings.

    \b
    Examples:
      postmortems check
      postmortems check docs/postmortems/2026 --strict
      postmortems check --format json > findings.json
      postmortems check --changed-since origin/main --format github --format sarif:findings.sarif
      postmortems check --baseline known-findings.json --write-baseline
      postmortems check docs/postmortems/2026 --fix
      postmortems check --fix --diff
      postmortems check --statistics
    """
    problems = missing_paths(paths) + output_problems(outputs)
    if write_baseline and (paths or changed_since):
        problems.append("--write-baseline covers all findings: remove PATHs and --changed-since")
    if diff and not fix:
        problems.append("--diff shows what --fix would change: add --fix")
    if statistics and not any(output.form == "text" for output in outputs):
        problems.append("--statistics needs the text format: add --format text")
    if fix and write_baseline:
        problems.append("--fix and --write-baseline cannot be combined: run one, then the other")
    if diff:
        if context.get_parameter_source("outputs") is ParameterSource.DEFAULT:
            outputs = ()
        problems += [
            f"--diff and --format {output.form} cannot both use stdout: give the format a file, or remove it"
            for output in outputs
            if not output.file
        ]
    if problems:
        refuse(*problems)
    project = open_project(config)
    baseline = baseline or project.baseline
    mistaken, foreign = paths_without_documents(paths, project) if paths else ([], [])
    if mistaken:
        refuse(*mistaken)
    say(*(f"{line}; skipped" for line in foreign))
    if write_baseline and baseline is None:
        refuse("--write-baseline needs a file: add --baseline FILE or the setting `baseline`")
    scope = _Scope(below_docs(paths, project.docs), read_changes(changed_since, project), baseline, changed_since or "")
    store = None if no_cache else open_store(project.config.parent)

    read_by = (project.catalogue, project.exclusions, project.site)

    def read() -> Run:
        # The fixes that a report counts are tried once the check has closed its store.
        asked = store if store is None or store else store.reopened()
        with shown_progress("Reading") as progress:
            settings = project.settings
            run = run_pipeline(project.docs, settings, today, progress, asked, *read_by, drops_texts=bool(asked))
        if asked is not None and asked is not store:
            asked.close()
        return run

    def look() -> CheckResult:
        with shown_progress("Reading") as progress:
            return check_result(project.docs, project.settings, today, progress, store, *read_by)

    unfixed: list[str] = []
    if fix:
        from postmortems.cli.fixing import apply_fixes  # most runs fix nothing, and need not load what would

        run = read()
        found_here = [
            each
            for each in scope.compared(run.report(), run.masking)[0].new
            if to_be_changed(each.place.path, scope.wanted, project.docs)
        ]
        changed, unfixed = apply_fixes(run, found_here, diff=diff)
        found = look() if changed else run
    else:
        found = look()
    if store is not None:
        store.close()
        if store.note:
            say(store.note)

    say(*hidden_patterns(project.docs))
    report = found.report()
    if found.nothing_found:
        if found.diagnostics:
            put_out(report, outputs)
        refuse(found.nothing_found)
    if baseline and write_baseline:
        tell(renew(baseline, report))
    compared, said = scope.compared(report, found.masking)
    say(*said)
    judged = replace(report, diagnostics=compared.new, changes=scope.changes)
    if compared.new and not fix:
        from postmortems.cli.fixing import with_fixable

        judged = with_fixable(judged, found, read)
    unwritten = put_out(judged, outputs, verbose=verbose, statistics=statistics)
    if unfixed or unwritten:
        refuse(*unfixed, *unwritten)
    context.exit(1 if fails(compared.new, strict=strict) or (strict and compared.gone) else 0)

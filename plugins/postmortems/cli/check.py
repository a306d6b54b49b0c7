"""`postmortems check`: the gate, in a terminal and in CI."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import click

from postmortems.check.baseline import Compared
from postmortems.check.reporters import FORMATS
from postmortems.check.run import fails
from postmortems.check.selection import is_below, of_changes
from postmortems.cli.baseline import renew, without_known
from postmortems.cli.changes import changed_since_option, read_changes
from postmortems.cli.outputs import Output, OutputType, output_problems, put_out
from postmortems.cli.progress import shown_progress
from postmortems.cli.project import config_option, open_project, refuse, today_option
from postmortems.journey import outcome
from postmortems.model.spelling import listed
from postmortems.read.store import open_store


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "outputs",
    metavar="NAME[:FILE]",
    type=OutputType(),
    multiple=True,
    default=[Output("text")],
    help=f"How to report: {listed(FORMATS)}; to stdout or into FILE. Repeatable; one may use stdout, which then "
    "carries the report and nothing else.",
)
@changed_since_option
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Leave out the findings that this file lists; else that of the setting `baseline`.",
)
@click.option(
    "--write-baseline",
    is_flag=True,
    help="Write today's findings into the --baseline file; one that exists only shrinks.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings, too, and on a baseline that lists what is gone.")
@click.option(
    "--no-cache", is_flag=True, help="Read everything afresh: use and keep nothing in .cache/ beside mkdocs.yml."
)
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
    strict: bool,
    no_cache: bool,
    today: datetime.date | None,
    config: Path | None,
) -> None:
    """Check postmortems and patterns. PATHs (files or folders) narrow the report, never the reading.

    Exit code 0: no errors. 1: errors, with --strict warnings too. 2: wrong usage or settings.

    \b
    Examples:
      postmortems check
      postmortems check docs/postmortems/2026 --strict
      postmortems check --format json > findings.json
      postmortems check --changed-since origin/main --format github --format sarif:findings.sarif
      postmortems check --baseline known-findings.json --write-baseline
    """
    problems = [f"{path}: there is no such file or folder" for path in paths if not path.exists()]
    problems += output_problems(outputs)
    if write_baseline and (paths or changed_since):
        problems.append("--write-baseline is about all findings: leave out PATHs and --changed-since")
    if problems:
        refuse(*problems)
    project = open_project(config)
    baseline = baseline or project.baseline
    if write_baseline and baseline is None:
        refuse("--write-baseline names no file: add --baseline FILE, or the setting `baseline`")
    changes = read_changes(changed_since, project.docs)
    store = None if no_cache else open_store(project.config.parent)
    with shown_progress("Reading") as progress:
        report = outcome(project.docs, project.settings, today, progress, store, project.catalogue).report()
    if store:
        store.close()
        if store.note:
            click.echo(f"postmortems: {store.note}", err=True)

    compared = Compared(report.diagnostics, (), ())
    if baseline and write_baseline:
        click.echo(renew(baseline, report), err=True)
    wanted = _below_docs(paths, project.docs) if paths else ("",)

    if baseline:
        compared, said = without_known(
            baseline, report, lambda path: is_below(path, wanted) and (changes is None or changes.touches(path))
        )
        for line in said:
            click.echo(f"postmortems: {line}", err=True)
    diagnostics = tuple(one for one in compared.new if is_below(one.place.path, wanted))
    if changes is not None:
        diagnostics = of_changes(diagnostics, changes)

    unwritten = put_out(replace(report, diagnostics=diagnostics, changes=changes), outputs)
    if unwritten:
        refuse(*unwritten)
    context.exit(1 if fails(diagnostics, strict=strict) or (strict and compared.gone) else 0)


def _below_docs(paths: tuple[Path, ...], docs: Path) -> tuple[str, ...]:
    """The paths relative to the docs folder; one outside it concerns nothing, one above it everything."""
    root = docs.resolve()
    found: list[str] = []
    for path in paths:
        # Only the folder is resolved: a link is called by its own name.
        whole = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
        if root.is_relative_to(whole):
            found.append("")
        elif whole.is_relative_to(root):
            found.append(whole.relative_to(root).as_posix())
    return tuple(found)

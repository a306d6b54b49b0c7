"""`postmortems check`: the gate, in a terminal and in CI."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path

import click

from postmortems.check.report import Reporter
from postmortems.check.reporters.json import report_json
from postmortems.check.reporters.text import report_text
from postmortems.check.run import fails
from postmortems.cli.project import config_option, open_project, refuse, today_option
from postmortems.journey import travel
from postmortems.model.diagnostic import Diagnostic


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report. Stdout carries the report and nothing else.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings, too.")
@today_option
@config_option
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    form: str,
    strict: bool,
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
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        refuse(*(f"{path}: there is no such file or folder" for path in missing))
    project = open_project(config)
    journey = travel(project.docs, project.settings, today, catalogue=project.catalogue)
    diagnostics = journey.diagnostics
    if paths:
        wanted = _below_docs(paths, project.docs)
        diagnostics = tuple(one for one in diagnostics if _concerns(one, wanted))
    _print(_reporter(form)(journey.report(diagnostics)))
    context.exit(1 if fails(diagnostics, strict=strict) else 0)


def _reporter(form: str) -> Reporter:
    if form == "json":
        return report_json
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return lambda report: report_text(report, colour=colour)


def _print(text: str) -> None:
    """Write the report whole, whatever the terminal's encoding; a reader that has gone away is no error of ours."""
    data = text.encode("utf-8")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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


def _concerns(diagnostic: Diagnostic, wanted: tuple[str, ...]) -> bool:
    path = diagnostic.place.path
    return any(not one or path == one or path.startswith(f"{one}/") for one in wanted)

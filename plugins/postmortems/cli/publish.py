"""`postmortems publish ID`: the last step of a postmortem, once it has been reviewed."""

from __future__ import annotations

import datetime
import sys
from dataclasses import replace
from pathlib import Path

import click

from postmortems.check.baseline import compare
from postmortems.check.reporters.text import report_text
from postmortems.cli.baseline import known_findings
from postmortems.cli.completion import complete_ids
from postmortems.cli.fixing import write_fixed
from postmortems.cli.knowledge import load_project, named_postmortem
from postmortems.cli.project import Day, config_option, refuse
from postmortems.cli.streams import is_terminal, print_lines, print_whole, say
from postmortems.fix.document import Document
from postmortems.fix.dry_run import Trial
from postmortems.fix.fixed_file import FixedFile
from postmortems.fix.publication import PublicationError, added_lines, published
from postmortems.loading import LoadedProject
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.front_matter import Status
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.pipeline import today_utc
from postmortems.read.opening import open_file
from postmortems.text.spelling import count_words
from postmortems.text.terminal import escape_controls


@click.command("publish")
@click.argument("name", metavar="ID", shell_complete=complete_ids)
@click.option("--on", "day", metavar="DATE", type=Day(), help="The date of publication (default: today, UTC).")
@config_option
@click.pass_context
def command(context: click.Context, name: str, day: datetime.date | None, config: Path | None) -> None:
    """Publish a postmortem: set `status: published` and `published_on`; nothing else in its file changes.

    ID is as for `show`. It is checked first as a published postmortem, since a draft's findings count less. If there
    are errors, they are listed and nothing is written. An existing date is kept, unless --on gives another.

    \b
    Exit codes: 0 published, now or before; 1 not published: errors, or published on a date other than --on;
    2 invalid usage, or a file that cannot be changed.

    \b
    Examples:
      postmortems publish 2018/01-github-mysql-split
      postmortems publish checkout-latency --on 2026-11-27
    """
    knowledge = load_project(config, None)
    postmortem = named_postmortem(name, knowledge)
    shown = escape_controls(knowledge.run.report().shown(postmortem.path))
    front = postmortem.front_matter
    there = front.published_on if isinstance(front.published_on, datetime.date) else None
    if front.status is Status.PUBLISHED and there is not None:
        print_lines(f"{shown}: is published already, on {there}")
        context.exit(1 if day not in (None, there) else 0)
    if day is not None:
        _refuse_impossible(day, postmortem)
    data, problem = open_file(knowledge.project.docs, postmortem.path)
    if problem:
        refuse(f"{shown}: {problem.message}")
    document = Document(postmortem.path, data, knowledge.project.settings)
    try:
        after = published(document, day or there or today_utc())
    except PublicationError as error:
        refuse(f"{shown}: {error}")
    found = _found(knowledge, document, after)
    errors = tuple(diagnostic for diagnostic in found if diagnostic.level is Level.ERROR)
    if errors:
        report = replace(replace(knowledge.run, diagnostics=errors, files=1).report(), fixable=0)
        print_whole(report_text(report, colour=is_terminal(sys.stdout)).encode("utf-8", "replace"))
        say(f"{shown}: not published: as published it would have {count_words(len(errors), 'error')}")
        context.exit(1)
    _, problems = write_fixed(knowledge.project.docs, [FixedFile(postmortem.path, data, after)], lambda _: shown)
    if problems:
        refuse(*problems)
    warnings = sum(diagnostic.level is Level.WARNING for diagnostic in found)
    left = f"; {count_words(warnings, 'warning')}: run `postmortems check`" if warnings else ""
    print_lines(f"{shown}: published on {day or there or today_utc()}{left}")


def _refuse_impossible(day: datetime.date, postmortem: Postmortem) -> None:
    """End the command for a day that is to come, or before that of the incident."""
    if day > today_utc():
        refuse(f"--on: {day} is in the future")
    began = postmortem.front_matter.started_at
    if isinstance(began, datetime.datetime) and day < began.astimezone(datetime.UTC).date():
        refuse(f"--on: {day} is before the incident, which started on {began.astimezone(datetime.UTC).date()}")


def _found(knowledge: LoadedProject, document: Document, after: bytes) -> tuple[Diagnostic, ...]:
    """Findings of the check in the file once it is published, at the lines at which they are now, without those that
    the baseline lists."""
    run = knowledge.run
    trial = Trial(run.analysis, run.docs, run.masking, run.examined)
    begin, count = added_lines(document, after)
    found = [
        _moved_up(diagnostic, begin, count)
        for diagnostic in trial({document.path: after}, [document.path])[document.path].diagnostics
    ]
    if knowledge.project.baseline:
        report = replace(run, diagnostics=tuple(found)).report()
        found = list(compare(report, known_findings(knowledge.project.baseline)).new)
    return tuple(found)


def _moved_up(diagnostic: Diagnostic, begin: int, count: int) -> Diagnostic:
    """A finding at the line at which it is before `count` lines are added at `begin`."""
    path, line, column, end_line, end_column = diagnostic.place
    if line <= begin:
        return diagnostic
    return replace(diagnostic, place=Place(path, line - count, column, end_line - count, end_column))

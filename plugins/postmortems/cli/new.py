"""`postmortems new`: a postmortem begun in one command, at night, after an incident."""

from __future__ import annotations

import os
import shlex
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

import click

from postmortems.cli.completion import (
    complete_detectors,
    complete_kinds,
    complete_languages,
    complete_owners,
    complete_patterns,
    complete_services,
    complete_severities,
)
from postmortems.cli.new_file import write_new, year_folder
from postmortems.cli.new_questions import (
    ask,
    ask_patterns,
    ask_severity,
    moment_reader,
    services_named,
    start_reader,
    started_reader,
)
from postmortems.cli.new_values import (
    Given,
    check_time_order,
    detected_by_value,
    kind_value,
    language_value,
    occurrence_value,
    severity_value,
    split_day,
    text_value,
)
from postmortems.cli.project import config_option, open_project, refuse
from postmortems.cli.streams import is_terminal, print_lines, say, tell
from postmortems.fix.new_postmortem import NewPostmortemValues, new_postmortem
from postmortems.model.front_matter import UNKNOWN, IncidentKind
from postmortems.model.language import Language
from postmortems.model.source import Source
from postmortems.pipeline import today_utc
from postmortems.read.files import list_files
from postmortems.read.front_matter import split_front_matter
from postmortems.read.settings_file import Project
from postmortems.read.templates import packaged_template, read_template, template_path
from postmortems.text.spelling import listed
from postmortems.text.terminal import escape_controls

_MOMENTS = ("started", "detected", "mitigated", "resolved")
_QUESTIONS = ("Started (such as 2026-11-20T14:23Z, or unknown; Enter for later)", "Severity")
_NEAR_MISS_QUESTIONS = (
    "Day or time (such as 2026-11-20 or 2026-11-20T14:23Z; Enter for later)", "Severity it would have had",
)  # fmt: skip


@click.command("new")
@click.argument("title", required=False)
@click.option(
    "--kind",
    metavar="KIND",
    shell_complete=complete_kinds,
    help="incident, near-miss (the short form) or drill. Default: the template's.",
)
@click.option(
    "--started",
    metavar="TIME",
    help="When it started: 2026-11-20T14:23Z, with Z or an offset, or unknown. Of a near miss, a day is enough.",
)
@click.option(
    "--severity",
    metavar="NAME",
    shell_complete=complete_severities,
    help="A severity from the settings, such as SEV2.",
)
@click.option(
    "--service",
    "services",
    metavar="NAME",
    multiple=True,
    shell_complete=complete_services,
    help="A service that failed. Repeatable.",
)
@click.option(
    "--pattern",
    "patterns",
    metavar="ID[:ROLE]",
    multiple=True,
    shell_complete=complete_patterns,
    help="A pattern of the incident. Repeatable.",
)
@click.option("--detected", metavar="TIME", help="When it was first detected.")
@click.option("--mitigated", metavar="TIME", help="When user impact ended.")
@click.option("--resolved", metavar="TIME", help="When the fault was fixed.")
@click.option(
    "--detected-by",
    metavar="WHO",
    shell_complete=complete_detectors,
    help="What detected it first: alert, customer, staff or third-party.",
)
@click.option("--owner", metavar="TEAM", shell_complete=complete_owners, help="The team that owns the follow-up.")
@click.option("--author", "authors", metavar="NAME", multiple=True, help="An author of the postmortem. Repeatable.")
@click.option(
    "--language",
    metavar="CODE",
    shell_complete=complete_languages,
    help="Language of the template, from the setting `languages` (default: its first).",
)
@config_option
@click.pass_context
def command(
    context: click.Context,
    /,
    title: str | None,
    kind: str | None,
    severity: str | None,
    services: tuple[str, ...],
    patterns: tuple[str, ...],
    detected_by: str | None,
    owner: str | None,
    authors: tuple[str, ...],
    language: str | None,
    config: Path | None,
    **moments: str | None,
) -> None:
    """Create a postmortem from the template: next number of its year, front matter filled in.

    In a terminal, it asks for missing values. Otherwise TITLE and --severity are required. Times you leave out become
    `[to be found out]`, which the check reports until you fill them in; `unknown` is an answer. Existing files are
    never overwritten.

    \b
    Exit codes: 0 written; 1 interrupted, or it cannot be written; 2 invalid usage or settings.

    \b
    Examples:
      postmortems new
      postmortems new "Checkout latency" --started 2026-11-20T14:23Z --severity SEV2
      postmortems new "Checkout latency" --severity SEV2 --service checkout --service cart \\
          --pattern database-issues --pattern monitoring-failures:detection
      postmortems new "Disk nearly full" --kind near-miss --started 2026-11-20 --severity SEV2
    """
    project = open_project(config)
    known = tuple(Path(path).stem for path in list_files(project.docs).patterns(project.settings))
    scale = project.settings.severities
    # `obj` stands in for the terminal where a caller says whether there is one.
    asks = context.obj if isinstance(context.obj, bool) else is_terminal(sys.stdin) and is_terminal(sys.stdout)

    given = Given()
    given_title = given.read(title, lambda words: text_value("the title", words))
    given_severity = given.read(severity, lambda words: severity_value(words, scale))
    subject = given.read(kind, kind_value)
    is_near_miss = subject is IncidentKind.NEAR_MISS
    times = {f"--{name}": given.read(moments[name], moment_reader(f"--{name}")) for name in _MOMENTS[1:]}
    read_start = start_reader("--started", a_day_will_do=is_near_miss)
    day, times["--started"] = split_day(given.read(moments["started"], read_start))
    occurrences = given.read_all(patterns, lambda words: occurrence_value(words, known))
    names = given.read_all(services, lambda words: text_value("--service", words))
    writers = given.read_all(authors, lambda words: text_value("--author", words))
    team = given.read(owner, lambda words: text_value("--owner", words))
    noticed = given.read(detected_by, detected_by_value)
    spoken = given.read(language, lambda words: language_value(words, (*project.settings.languages, Language.ENGLISH)))
    if not asks:
        if title is None:
            given.problems.append('the title is missing: postmortems new "Checkout latency" --severity SEV2')
        if severity is None:
            given.problems.append(f"--severity is missing: one of {listed(scale)}")
    given.read("", lambda _words: check_time_order(times, datetime.now(UTC), today_utc()))
    if given.problems:
        refuse(*given.problems)

    try:
        if asks:
            question, severity_question = _NEAR_MISS_QUESTIONS if is_near_miss else _QUESTIONS
            given_title = given_title or ask("Title", lambda words: text_value("the title", words))
            if moments["started"] is None:
                answer = ask(question, started_reader(times, a_day_will_do=is_near_miss), "")
                day, times["--started"] = split_day(answer)
            given_severity = given_severity or ask_severity(severity_question, scale)
            names = names or ask("Services (separated by commas; Enter for none yet)", services_named, "")
            occurrences = occurrences or ask_patterns(known)
        assert given_title is not None
        assert given_severity is not None
        beginning = NewPostmortemValues(
            title=given_title,
            severity=given_severity,
            kind=subject,
            services=names,
            patterns=occurrences,
            owner=team,
            authors=writers,
            date=day,
            started_at=times["--started"],
            detected_at=times["--detected"],
            mitigated_at=times["--mitigated"],
            resolved_at=times["--resolved"],
            detected_by=noticed,
            scale=tuple(scale),
        )
        path = _write(project, beginning, spoken or project.settings.languages[0])
    except (click.Abort, KeyboardInterrupt):
        # The cursor still is behind the question.
        tell("")
        _give_up("nothing written")
    shown = os.path.relpath(path)
    print_lines(
        escape_controls(shown), f"Next: fill it in, then `postmortems check {escape_controls(shlex.quote(shown))}`"
    )


def _write(project: Project, beginning: NewPostmortemValues, language: Language) -> Path:
    template = _template(project, language, beginning.kind or IncidentKind.INCIDENT)
    started = beginning.started_at
    if started and started != UNKNOWN:
        day = datetime.fromisoformat(started).astimezone(UTC).date()
    else:
        day = date.fromisoformat(beginning.date) if beginning.date else today_utc()
    home = year_folder(project.docs, project.settings.folder, day.year)
    try:
        return write_new(project.docs, home, beginning.title, new_postmortem(template, beginning))
    except OSError as error:
        place = os.path.relpath(home)
        _give_up(f"{place}: cannot write: {error.strerror or error}")


def _template(project: Project, language: Language, kind: IncidentKind) -> str:
    """The repository's own template for the first of its languages, else that of the package."""
    if language is not project.settings.languages[0]:
        return packaged_template(language, kind)
    template, unusable = read_template(project.docs, language, kind)
    path = template_path(kind)
    if unusable:
        say(f"{project.docs / path}: {unusable[0].message}; used the built-in template instead")
    elif problems := split_front_matter(Source(path, template)).problems:
        first = problems[0]
        say(f"{project.docs / path}:{first.place.line}: {first.message}; used default front matter instead")
    return template


def _give_up(line: str) -> NoReturn:
    say(line)
    raise SystemExit(1)

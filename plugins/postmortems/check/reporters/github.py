"""Annotations on a pull request, as workflow commands of GitHub Actions.

::error file=docs/postmortems/2026/03-checkout/postmortem.md,line=41,title=PM103 leftover-template-text::"[Owner]" …

GitHub shows ten errors, ten warnings and ten notices a step, and drops the rest without a word. So findings in changed
files come first, and where there are more than ten the tenth says how many are in the step's log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from postmortems.check.report import Report
from postmortems.check.reporters.text import summary
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.text.terminal import escape_controls

MOST = 10
"""Maximum number of annotations of each level that GitHub shows of one step."""

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def report_github(report: Report) -> str:
    """The report as lines of which GitHub makes annotations; the log shows what does not become one."""
    lines: list[str] = []
    rest: list[Diagnostic] = []
    for level, command in _COMMANDS.items():
        found = [diagnostic for diagnostic in report.diagnostics if diagnostic.level is level]
        if report.changes is not None:
            touched = report.changes.touches
            found.sort(key=lambda diagnostic: not touched(diagnostic.place.path))
        shown = found if len(found) <= MOST else found[: MOST - 1]
        lines += [_annotation(command, diagnostic, report) for diagnostic in shown]
        if more := found[len(shown) :]:
            lines.append(_more(command, level, more))
            rest += more
    if rest:
        lines += ["::group::Findings without an annotation", *_plain(rest, report), "::endgroup::"]
    return "\n".join([*lines, summary(report), ""])


def _annotation(command: str, diagnostic: Diagnostic, report: Report) -> str:
    place = diagnostic.place
    properties = {
        "file": escape_controls(report.repository_path(place.path)),
        "line": str(place.line),
        "endLine": str(place.end_line),
        "col": str(place.column),
        "endColumn": str(place.end_column),
        "title": f"{diagnostic.code} {diagnostic.rule}",
    }
    # GitHub refuses columns where the end is on another line.
    if place.end_line != place.line:
        del properties["col"], properties["endColumn"]
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = escape_controls(diagnostic.message) + (
        f"\nhelp: {escape_controls(diagnostic.help)}" if diagnostic.help else ""
    )
    return f"::{command} {written}::{_data(text)}"


def _more(command: str, level: Level, more: list[Diagnostic]) -> str:
    files = len({diagnostic.place.path for diagnostic in more})
    noun = "finding" if level is Level.INFO else level.value
    text = (
        f"{len(more)} more {noun}s in {files} {'file' if files == 1 else 'files'} not annotated (GitHub "
        f"shows {MOST} per step): see this step's log"
    )
    return f"::{command} title=postmortems::{_data(text)}"


def _plain(diagnostics: Iterable[Diagnostic], report: Report) -> Iterator[str]:
    for diagnostic in diagnostics:
        place, message = diagnostic.place, escape_controls(diagnostic.message)
        where = f"{escape_controls(report.repository_path(place.path))}:{place.line}:{place.column}"
        # A line that begins with two colons would be a command.
        yield f"  {where} {diagnostic.code} {diagnostic.rule} [{diagnostic.level}] {message}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

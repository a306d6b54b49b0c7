"""Markdown, for the summary of a CI job and for comments: a table a file, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from postmortems.check.report import Report
from postmortems.check.reporters.text import summary
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.text.markdown import code, escaped

_ORDER = {level: number for number, level in enumerate(Level)}


def report_markdown(report: Report) -> str:
    """The report as Markdown in which nothing that an author wrote is more than text."""
    lines = [f"**{escaped(summary(report))}**", ""]
    for path, several in groupby(report.diagnostics, key=lambda diagnostic: diagnostic.place.path):
        lines += [f"{code(report.shown(path))}", "", *finding_table(list(several)), ""]
    return "\n".join(lines)


def finding_table(diagnostics: list[Diagnostic]) -> Iterator[str]:
    """The lines of a table of diagnostics of one file, errors first."""
    yield "| Line | Level | Rule | Finding | Next step |"
    yield "|---:|---|---|---|---|"
    for diagnostic in sorted(diagnostics, key=lambda diagnostic: (_ORDER[diagnostic.level], diagnostic.sort_key)):
        rule = f"{diagnostic.code} {diagnostic.rule}"
        message, advice = escaped(diagnostic.message), escaped(diagnostic.help)
        yield f"| {diagnostic.place.line} | {diagnostic.level} | {rule} | {message} | {advice} |"

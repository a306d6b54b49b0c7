"""The report for people: each problem with the source line that it is about.

docs/postmortems/2026/03-checkout/postmortem.md:41:7 PM103 leftover-template-text [error]
  "[Owner]" is in the template, too
    41 | - [ ] [Owner] Fix the retry storm
       |       ^^^^^^^
  help: replace it
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from postmortems.check.registry import BY_NAME
from postmortems.check.report import Report
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.text.spelling import count_words
from postmortems.text.terminal import escape_controls, escaped_line, width

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.INFO: "36"}
_PLURALS = {Level.INFO: "info"}
"""Plurals that do not end in s."""

_SHOWN = 100
_BEFORE = 30


_LEFTOVER = "leftover-template-text"
_FRESH = 10
"""A draft with at least as many places of the template is one that its author has yet to write."""


def report_text(report: Report, *, colour: bool = False, verbose: bool = False, statistics: bool = False) -> str:
    """The report as text; with ANSI colours only where they are asked for.

    A fresh draft has one line in place of all that is still to be written, unless `verbose`. With `statistics`, the
    findings are counted by rule and not listed.
    """
    if statistics:
        return "\n".join([*_statistics(report.diagnostics), summary(report), ""])
    paint = _paint if colour else _leave
    fresh = {} if verbose else fresh_drafts(report)
    lines: list[str] = []
    for path, text in fresh.items():
        lines += [f"{paint(escape_controls(report.shown(path)), '1')}: {text} (--verbose lists them)", ""]
    for diagnostic in report.diagnostics:
        if diagnostic.place.path in fresh and is_softened(diagnostic):
            continue
        place = diagnostic.place
        where = f"{escape_controls(report.shown(place.path))}:{place.line}:{place.column}"
        what = f"{diagnostic.code} {diagnostic.rule} [{diagnostic.level}]"
        lines.append(f"{paint(where, '1')} {paint(what, _COLOURS[diagnostic.level])}")
        lines.append(f"  {escape_controls(diagnostic.message)}")
        lines.extend(paint(line, "2") for line in _excerpt(report, diagnostic))
        if diagnostic.help:
            lines.append(f"  {paint('help:', '1')} {escape_controls(diagnostic.help)}")
        lines.append("")
    return "\n".join([*lines, summary(report), ""])


def fresh_drafts(report: Report) -> dict[str, str]:
    """The drafts in which most of the template still is, by path, and what is said in place of all that they lack."""
    counted = Counter(diagnostic.place.path for diagnostic in report.diagnostics if diagnostic.rule == _LEFTOVER)
    return {
        path: f"draft: {number} places of the template are not yet written"
        for path, number in counted.items()
        if number >= _FRESH and path in report.drafts
    }


def is_softened(diagnostic: Diagnostic) -> bool:
    """True if a draft may have this: what its author writes answers it."""
    return BY_NAME[diagnostic.rule].softened_in_drafts and diagnostic.level is not Level.ERROR


def summary(report: Report) -> str:
    """`2 errors, 1 warning in 12 files`, or that there is nothing to report."""
    counts = level_counts(report.diagnostics)
    files = count_words(report.files, "file")
    if not counts:
        return f"{files}, nothing to report"
    about = "about " if report.is_estimate else ""
    fix = f"; `--fix` would fix {about}{report.fixable}" if report.fixable else ""
    return f"{counts} in {files}{fix}"


def level_counts(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`, the gravest first; empty where there is none."""
    counted = Counter(diagnostic.level for diagnostic in diagnostics)
    return ", ".join(count_words(counted[level], level.value, _PLURALS.get(level)) for level in Level if counted[level])


def _statistics(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """A line for each rule and level: how many findings there are, the most frequent first."""
    counted = Counter((diagnostic.code, diagnostic.rule, diagnostic.level) for diagnostic in diagnostics)
    wide = len(str(max(counted.values(), default=0)))
    for (code, rule, level), number in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{number:>{wide}}  {code} {rule} [{level}]"


def _excerpt(report: Report, diagnostic: Diagnostic) -> Iterator[str]:
    """The source line with its number, and carets below the place; a long line is cut around them."""
    line = report.source(diagnostic.place)
    if line is None or not line.strip():
        return
    length = len(line)
    begin = min(diagnostic.place.column - 1, length)
    end = length if diagnostic.place.end_line > diagnostic.place.line else min(diagnostic.place.end_column - 1, length)
    first = 0 if length <= _SHOWN else max(0, min(begin - _BEFORE, length - _SHOWN))
    last = min(length, first + _SHOWN)
    # Cut before it is made harmless: a line may have a megabyte, and a file ten thousand findings.
    pieces = escaped_line(line[first:last])
    lead, tail = "…" if first else "", "…" if last < length else ""
    number = str(diagnostic.place.line)
    indent = width(lead) + width("".join(pieces[: begin - first]))
    carets = "^" * max(1, width("".join(pieces[begin - first : min(end, last) - first])))
    yield f"    {number} | {lead}{''.join(pieces)}{tail}"
    yield f"    {' ' * len(number)} | {' ' * indent}{carets}"


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _leave(text: str, code: str) -> str:
    return text

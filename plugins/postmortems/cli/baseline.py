"""The options `--baseline` and `--write-baseline`: a file of known findings, read and written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from postmortems.check.baseline import (
    Baseline,
    Compared,
    compare,
    entries_of,
    narrowed,
    write_baseline,
)
from postmortems.check.report import Report
from postmortems.cli.project import refuse
from postmortems.cli.whole_file import write_whole
from postmortems.pipeline import BaselineError, read_baseline
from postmortems.text.spelling import count_words


def known_findings(path: Path) -> Baseline:
    """The baseline in this file; ends the command with exit code 2 where there is none."""
    try:
        return read_baseline(path)
    except BaselineError as error:
        refuse(str(error))


def renew(path: Path, report: Report) -> str:
    """Write the baseline of a whole report into a file, and say what was done.

    One that exists only shrinks: what it does not hold already is no old finding, and is not added.
    """
    found = entries_of(report)
    if not path.exists():
        _write(path, write_baseline(found, path.as_posix()))
        return f"{path}: {count_words(len(found), 'finding')} written"
    compared = compare(report, known_findings(path))
    _write(path, write_baseline(compared.known, path.as_posix()))
    said = f"{path}: {count_words(len(compared.known), 'finding')} kept, {len(compared.gone)} fixed"
    left = len(found) - len(compared.known)
    if left:
        said += f"; {left} new findings were not added (a baseline can only shrink): fix or waive them"
    return said


def without_known(
    path: Path, report: Report, keep: Callable[[str], bool], mask: Callable[[str, str], str]
) -> tuple[Compared, list[str]]:
    """The comparison of a whole report with the baseline in a file, and what is to be said of it, a line each.

    `mask` hides what must not be shown in a message about a file: anybody can write a baseline.
    """
    compared = narrowed(compare(report, known_findings(path)), keep)
    if not compared.gone:
        return compared, []
    said = [f"{path}: {count_words(len(compared.gone), 'listed finding')} fixed; update it with --write-baseline"]
    shown = compared.gone[:10]
    said += [f"{path}: fixed: {entry.path}: {entry.rule}: {mask(entry.path, entry.message)}" for entry in shown]
    if len(compared.gone) > len(shown):
        said.append(f"{path}: fixed: and {len(compared.gone) - len(shown)} more")
    return compared, said


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        refuse(f"{path}: cannot write: {error.strerror or error}")

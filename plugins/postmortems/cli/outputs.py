"""Outputs of a report: one format or several, each to stdout or into a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from postmortems.check.report import Report
from postmortems.check.reporters import FORMATS, reporter
from postmortems.cli.streams import is_terminal, print_whole
from postmortems.cli.whole_file import write_whole
from postmortems.text.spelling import did_you_mean, listed


@dataclass(frozen=True, slots=True)
class Output:
    """A format, and the file that it is written to; None is stdout."""

    form: str
    file: Path | None = None


class OutputType(click.ParamType[Output]):
    """`text`, or `sarif:findings.sarif`."""

    name = "format"

    def convert(self, value: str | Output, param: click.Parameter | None, ctx: click.Context | None) -> Output:
        if isinstance(value, Output):
            return value
        form, colon, file = value.partition(":")
        if form not in FORMATS:
            hint = did_you_mean(form, FORMATS) or f"the formats are {listed(FORMATS)}"
            self.fail(f'"{form}" is not a format; {hint}', param, ctx)
        if colon and not file:
            self.fail(f'"{value}" has no file name: {form}:FILE, or {form} alone for stdout', param, ctx)
        return Output(form, Path(file) if file else None)


def output_problems(outputs: Sequence[Output]) -> list[str]:
    """Problems of these outputs before anything is read, a line each."""
    problems: list[str] = []
    if len(on_stdout := [output.form for output in outputs if output.file is None]) > 1:
        problems.append(
            f"--format {' and '.join(on_stdout)} cannot both use stdout: give all but one a file, "
            f"such as {on_stdout[-1]}:{on_stdout[-1]}.out"
        )
    files = [os.path.realpath(output.file) for output in outputs if output.file]
    for output in outputs:
        if output.file is None:
            continue
        folder = Path(os.path.realpath(output.file)).parent
        if files.count(os.path.realpath(output.file)) > 1:
            problems.append(f"--format {output.form}:{output.file} is named twice: give each format a file of its own")
        elif not folder.is_dir():
            problems.append(
                f"--format {output.form}:{output.file}: the folder {folder} does not exist: create it first"
            )
        elif output.file.is_dir():
            problems.append(f"--format {output.form}:{output.file} is a folder: name a file in it")
    return list(dict.fromkeys(problems))


def put_out(report: Report, outputs: Sequence[Output], *, verbose: bool = False, statistics: bool = False) -> list[str]:
    """Write the report to each output, stdout last; what could not be written, a line each."""
    problems: list[str] = []
    for output in sorted(outputs, key=lambda output: output.file is None):
        colour = output.file is None and is_terminal(sys.stdout) and not os.environ.get("NO_COLOR")
        write = reporter(output.form, colour=colour, verbose=verbose, statistics=statistics)
        data = write(report).encode("utf-8")
        if output.file is None:
            print_whole(data)
            continue
        try:
            write_whole(output.file, data)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            problems.append(f"--format {output.form}:{output.file}: cannot write: {reason}")
    return problems

"""Fixed files on their way to the disk, or to stdout as a diff."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from postmortems.check.masking import Masking
from postmortems.check.report import Report
from postmortems.cli.streams import is_ci_log, is_terminal, print_whole, say, tell
from postmortems.cli.whole_file import write_whole
from postmortems.fix.fixed_file import FixedFile
from postmortems.fix.registry import FIXABLE
from postmortems.model.diagnostic import Diagnostic
from postmortems.read.mounts import place_of
from postmortems.results import CheckResult, Run
from postmortems.text.terminal import escape_controls, without_commands

_MOST_TRIED = 50

Shown = Callable[[str], str]
"""A path below the docs folder → what it is called from the working directory."""


def apply_fixes(run: Run, wanted: Iterable[Diagnostic], *, diff: bool) -> tuple[bool, list[str]]:
    """Fix what of some findings can be fixed, or show how, and say on stderr how much that is.

    Whether something has changed on disk, and a line for each file that could not be written.
    """
    shown = run.report().shown
    problems: list[str] = []
    given_back: dict[str, str] = {}
    files = list(run.fixes(wanted, given_back.__setitem__))
    if diff:
        print_diff(files, shown, lambda _: run.masking)
    else:
        files, problems = write_fixed(run.docs, files, shown)
    answered = counted(sum(file.answered for file in files), "problem")
    # One file can have two names, of which each has findings of its own.
    done = {os.path.realpath(place_of(run.docs, file.path)) for file in files}
    for path, new in given_back.items():
        if os.path.realpath(place_of(run.docs, path)) not in done:
            say(f"{shown(path)}: not modified; its fixes would cause a new problem: {new}")
    tell(f"{'would fix' if diff else 'fixed'} {answered} in {counted(len(files), 'file')}")
    return bool(files) and not diff, problems


def with_fixable(report: Report, found: CheckResult, read: Callable[[], Run]) -> Report:
    """Add the number of findings that `--fix` would resolve to the report.

    Fixed files are checked again, which costs a reading of each. If there are many, all suggested edits are counted
    instead, and the number is an estimate: on 169 public postmortems 925, of which 918 are fixed. `read` reads
    everything; it is called if the result comes from the cache.
    """
    fixable = [diagnostic for diagnostic in report.diagnostics if diagnostic.rule in FIXABLE]
    files = {diagnostic.place.path for diagnostic in fixable}
    if not fixable or not (suggested := found.suggested(fixable)):
        return report
    if len(files) > _MOST_TRIED:
        return replace(report, fixable=suggested, is_estimate=True)
    run = found if isinstance(found, Run) else read()
    return replace(report, fixable=sum(file.answered for file in run.fixes(fixable)))


def write_fixed(docs: Path, files: Iterable[FixedFile], shown: Shown) -> tuple[list[FixedFile], list[str]]:
    """Write each file as a whole; those that were written, and a line for each that was not.

    A file that has changed since it was read is left as it is: its fixes were made for another text.
    """
    written: list[FixedFile] = []
    problems: list[str] = []
    done: set[str] = set()
    for file in files:
        path = place_of(docs, file.path)
        # Two names may lead to one file, whose fixes need not be the same: other findings hold for other names.
        if (real := os.path.realpath(path)) in done:
            continue
        done.add(real)
        try:
            there = path.read_bytes()
            if there != file.before:
                problems.append(f"{shown(file.path)}: changed since it was read; not modified")
                continue
            if not os.access(path, os.W_OK):
                raise PermissionError(13, "Permission denied")
            write_whole(path, file.after)
        except OSError as error:
            problems.append(f"{shown(file.path)}: cannot write: {error.strerror or error}")
        else:
            written.append(file)
    return written, problems


def print_diff(files: Sequence[FixedFile], shown: Shown, masking_of: Callable[[FixedFile], Masking]) -> None:
    """All changes as one unified diff on stdout; a terminal gets what it can be trusted with.

    Secrets and personal data are masked, as they are in reports. Such a diff cannot be applied; stderr says so.
    """
    lines: list[str] = []
    for file in files:
        show = _Masked(file.path, masking_of(file))
        lines += file.diff(shown(file.path), show)
        if show.hidden:
            say(f"{shown(file.path)}: the diff masks {counted(show.hidden, 'line')}, so it cannot be applied")
    if is_terminal(sys.stdout):
        lines = [escape_controls(line.removesuffix("\n")) + "\n" for line in lines]
    print_whole("".join(lines).encode("utf-8", "surrogateescape"))


@dataclass
class _Masked:
    """Lines of a diff as they may be shown; `hidden` counts those of which something may not."""

    path: str
    masking: Masking
    hidden: int = 0

    def __call__(self, lines: Sequence[str], index: int) -> str:
        def source_line(_: str, number: int) -> str | None:
            return lines[number - 1].rstrip("\r\n") if 0 < number <= len(lines) else None

        line = lines[index]
        bare = line.rstrip("\r\n")
        masked = self.masking.source_line(self.path, index + 1, source_line) or bare
        if is_ci_log():
            masked = without_commands(masked)
        self.hidden += masked != bare
        return masked + line[len(bare) :]


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

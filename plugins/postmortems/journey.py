"""The whole way of a knowledge base: read, check, analyse. The build and the command both walk it here."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from postmortems.analyse.analysis import Analysis, analyse
from postmortems.analyse.insight import Insight
from postmortems.check.levels import unknown_rules
from postmortems.check.report import Report
from postmortems.check.run import check_corpus, fails
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic
from postmortems.read.corpus import Progress, read_corpus
from postmortems.settings import SettingProblem, Settings


@dataclass(frozen=True)
class Journey:
    """A knowledge base that has been read and checked."""

    docs: Path
    settings: Settings
    today: date
    corpus: Corpus
    insight: Insight
    diagnostics: tuple[Diagnostic, ...]

    def fails(self, *, strict: bool) -> bool:
        """Whether these findings refuse the corpus."""
        return fails(self.diagnostics, strict=strict)

    def analysis(self) -> Analysis:
        """What the corpus says."""
        with _collector_paused():
            return analyse(self.corpus, self.settings, self.today)

    def report(self, diagnostics: tuple[Diagnostic, ...] | None = None) -> Report:
        """The findings, or some of them, for a reporter: with paths relative to the working directory."""
        return Report(
            self.diagnostics if diagnostics is None else diagnostics,
            len(self.corpus.postmortems) + len(self.corpus.patterns),
            shown=shown_from(Path.cwd(), self.docs),
            source_line=_source_lines(self.docs),
        )


def travel(docs: Path, settings: Settings, today: date | None = None, progress: Progress | None = None) -> Journey:
    """Read and check everything below the docs folder."""
    day = today or today_utc()
    with _collector_paused():
        corpus = read_corpus(docs, settings, progress)
        insight = Insight(corpus, settings, day)
        return Journey(docs, settings, day, corpus, insight, check_corpus(corpus, settings, insight, day))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No garbage collection for a while. Everything that is read stays, so looking for garbage among it again and
    again only costs: a third of the whole reading, and growing faster than the corpus."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def setting_problems(settings: Settings) -> tuple[SettingProblem, ...]:
    """What only the rules can say about the settings."""
    return unknown_rules(settings)


def today_utc() -> date:
    """The day that everything counts from: that of SOURCE_DATE_EPOCH where it is set, else today in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdecimal() and len(epoch) <= 11:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).date()


def shown_from(working: Path, docs: Path) -> Callable[[str], str]:
    """Paths below the docs folder as they are called from the working directory, with `/`."""
    prefix = os.path.relpath(docs.resolve(), working.resolve()).replace(os.sep, "/")
    return lambda path: path if prefix == "." else f"{prefix}/{path}"


def _source_lines(docs: Path) -> Callable[[str, int], str | None]:
    @cache
    def lines_of(path: str) -> list[str]:
        try:
            with (docs / path).open(encoding="utf-8-sig", errors="replace") as file:
                return file.read(4_000_000).split("\n")
        except OSError:
            return []

    def line_of(path: str, number: int) -> str | None:
        lines = lines_of(path)
        return lines[number - 1] if 0 < number <= len(lines) else None

    return line_of

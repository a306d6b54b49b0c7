"""The lines of the benchmark's report, each with the aim that it is held against."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan, nan

from benchmarks.figures import Figures, beside_markdownlint, of_builds, of_increments, of_whole
from benchmarks.measure import Cost

BUDGETS = {
    "/": 50_000,
    "postmortems/": 200_000,
    "postmortems/*/": 350_000,
    "postmortems/*/*/": 50_000,
    "patterns/": 60_000,
    "patterns/*/": 230_000,
    "services/": 80_000,
    "services/*/": 140_000,
    "owners/": 40_000,
    "owners/*/": 220_000,
    "actions/": 140_000,
    "metrics/": 300_000,
    "reviews/": 80_000,
    "reviews/*/": 120_000,
    "guide/*/": 60_000,
    "guide/*/*/": 30_000,
}
"""Bytes of HTML that the largest page of each kind may have at 1,000 postmortems."""

_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report.

    `value` takes it from the figures of one size, and is not a number where it was not measured. `whole` says that it
    is of the whole knowledge base, so that linear growth is by the factor of the sizes; else it is of one postmortem or
    a ratio, and should stay as it is. An aim with `at` is for that many postmortems, else for every size.
    """

    name: str
    value: Callable[[Figures], float]
    show: Callable[[float], str]
    aim: float | None = None
    at: int | None = None
    whole: bool = False

    def verdict(self, sizes: Sequence[Figures]) -> str:
        """Whether the aim is met at the size that it is for; empty where that was not measured."""
        judged = [self.value(figures) for figures in sizes if self.at in (None, figures.count)]
        known = [value for value in judged if not isnan(value)]
        return "" if self.aim is None or not known else "met" if max(known) <= self.aim else "MISSED"

    @property
    def aim_words(self) -> str:
        """The aim, and the size that it is for."""
        if self.aim is None:
            return ""
        return f"≤ {self.show(self.aim)}{f' at {self.at:,}' if self.at else ''}"


def _mega(value: float) -> str:
    return f"{value / 1e6:,.1f} MB"


def _mebi(value: float) -> str:
    return f"{value / _MIB:,.0f} MiB"


def _kilo(value: float) -> str:
    return f"{value / 1e3:,.1f} kB"


def _seconds(value: float) -> str:
    return f"{value:,.1f} s"


def _ratio(value: float) -> str:
    return f"{value:.2f}"


def _milli(value: float) -> str:
    return f"{value:.2f} ms"


def _weight(kind: str, budget: float) -> Row:
    value = of_builds(lambda b: b.plugin_size.kinds.get(kind, nan))
    return Row(f"HTML of the largest page {kind}", value, _kilo, aim=budget, at=1_000)


ROWS = (
    Row("build: CPU with the plugin ÷ without", of_builds(lambda b: statistics.median(b.shares)), _ratio, 1.6, 1_000),
    Row("  smallest of the pairs", of_builds(lambda b: min(b.shares)), _ratio),
    Row("  largest of the pairs", of_builds(lambda b: max(b.shares)), _ratio),
    Row("  the same by the clock", of_builds(lambda b: statistics.median(b.waits)), _ratio),
    Row(
        "build: memory with the plugin ÷ without",
        of_builds(lambda b: max(c.memory for c in b.plugin) / max(c.memory for c in b.plain)),
        _ratio,
        1.5,
        1_000,
    ),
    Row("build: CPU with the plugin", of_builds(lambda b: _median(b.plugin)), _seconds, whole=True),
    Row("build: CPU without", of_builds(lambda b: _median(b.plain)), _seconds, whole=True),
    Row(
        "build: CPU the plugin adds a postmortem",
        lambda f: f.builds.added * 1000 / f.count if f.builds else nan,
        _milli,
    ),
    Row("build: peak memory with the plugin", of_builds(lambda b: max(c.memory for c in b.plugin)), _mebi, whole=True),
    Row("build: peak memory without", of_builds(lambda b: max(c.memory for c in b.plain)), _mebi, whole=True),
    Row("build by increments: the first ÷ a whole one, CPU", of_whole(lambda i: i.first), _ratio),
    Row("  nothing has changed ÷ a whole one", of_whole(lambda i: i.unchanged), _ratio, 0.10, 1_000),
    Row("  after one edit ÷ a whole one", of_whole(lambda i: i.edited), _ratio, 0.12, 1_000),
    Row("  after one edit, by the clock", of_increments(lambda i: i.edited.wall), _seconds, 1.2, 1_000),
    Row("preview: from an edit to its page", of_increments(lambda i: i.served), _seconds, 1.5, 1_000),
    Row("check ÷ markdownlint-cli2 on the same files: CPU", beside_markdownlint(lambda f: f.cold), _ratio, 0.5, 1_000),
    Row("  the same when nothing has changed since", beside_markdownlint(lambda f: f.unchanged), _ratio, 0.1, 1_000),
    Row("check: CPU a postmortem, in process", lambda f: sum(f.in_process) if f.in_process else nan, _milli, 3.0),
    Row("  of that, reading", lambda f: f.in_process[0] if f.in_process else nan, _milli),
    Row("  of that, the rules", lambda f: f.in_process[1] if f.in_process else nan, _milli),
    Row("check: CPU of the command", lambda f: f.cold.cpu, _seconds, whole=True),
    Row("  when nothing has changed since", lambda f: f.unchanged.cpu, _seconds, whole=True),
    Row("  after one edit", lambda f: f.edited.cpu, _seconds, whole=True),
    Row("  after one edit, by the clock", lambda f: f.edited.wall, _seconds, 1.5, 10_000, whole=True),
    Row("check: peak memory of the command", lambda f: f.cold.memory, _mebi, 300 * _MIB, 10_000, whole=True),
    Row("  after one edit", lambda f: f.edited.memory, _mebi, 300 * _MIB, 10_000, whole=True),
    Row("list: CPU of the command", lambda f: f.listing.cpu, _seconds, whole=True),
    Row("list: peak memory of the command", lambda f: f.listing.memory, _mebi, whole=True),
    Row("metrics: CPU of the command", lambda f: f.metrics.cpu, _seconds, whole=True),
    Row("metrics: peak memory of the command", lambda f: f.metrics.memory, _mebi, whole=True),
    Row("check, list and metrics: CPU", lambda f: sum(c.cpu for c in f.commands), _seconds, 300, 100_000, whole=True),
    Row(
        "check, list and metrics: most memory",
        lambda f: max(c.memory for c in f.commands),
        _mebi,
        2_048 * _MIB,
        100_000,
        whole=True,
    ),
    Row("HTML of a postmortem's page, median, with", of_builds(lambda b: b.plugin_size.page_median), _kilo, 40_000),
    Row("HTML of a postmortem's page, median, without", of_builds(lambda b: b.plain_size.page_median), _kilo),
    Row("HTML of a postmortem's page, largest, with", of_builds(lambda b: b.plugin_size.page_largest), _kilo),
    Row("HTML of a postmortem's page, largest, without", of_builds(lambda b: b.plain_size.page_largest), _kilo),
    *(_weight(kind, budget) for kind, budget in BUDGETS.items()),
    Row(
        "page /postmortems/, compressed",
        of_builds(lambda b: b.plugin_size.packed.get("postmortems/", nan)),
        _kilo,
        300_000,
    ),
    Row("whole site with the plugin", of_builds(lambda b: b.plugin_size.whole), _mega, whole=True),
    Row("whole site without", of_builds(lambda b: b.plain_size.whole), _mega, whole=True),
    Row("search index with the plugin", of_builds(lambda b: b.plugin_size.search_index), _mega, whole=True),
    Row("search index without", of_builds(lambda b: b.plain_size.search_index), _mega, whole=True),
)


def report(sizes: Sequence[Figures]) -> str:
    """All figures in one table; the growth is that of the largest size against the smallest."""
    head = ["", *(f"{figures.count:,}" for figures in sizes), "growth", "aim", ""]
    lines = [head]
    for row in ROWS:
        values = [row.value(figures) for figures in sizes]
        shown = ["–" if isnan(value) else row.show(value) for value in values]
        lines.append([row.name, *shown, _growth(row, sizes), row.aim_words, row.verdict(sizes)])
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, len(head) - 1) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _growth(row: Row, sizes: Sequence[Figures]) -> str:
    measured = [(value, figures.count) for figures in sizes if not isnan(value := row.value(figures))]
    if len(measured) < 2 or not measured[0][0]:
        return ""
    (least, few), (most, many) = measured[0], measured[-1]
    return _ratio(most / least / (many / few if row.whole else 1))


def _median(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.cpu for cost in costs)

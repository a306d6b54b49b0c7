"""Whether the promises on speed, memory and size hold, as ratios in one run.

`make bench`, or `python -m benchmarks.bench [--quick] [--runs N]`. Seconds differ from machine to machine, so the
build with the plugin is set against a build of the same pages without it, in turns; and a knowledge base of three
times the size against the smaller one: 1.00 is linear growth. Of the check, which has nothing to be set against, the
best of several runs counts. It informs and never fails. It needs a POSIX system.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from math import isnan
from pathlib import Path
from time import monotonic

from benchmarks.generate import generate
from benchmarks.incident import LAST_DAY
from benchmarks.increments import Increments, increments
from benchmarks.measure import CommandError, Cost, Size, cost_of, size_of

MKDOCS_YML = """\
site_name: Benchmark
docs_dir: {docs}
site_dir: {site}
theme:
  name: material
  font: false
  features: [navigation.indexes, navigation.tabs]
plugins: [{plugins}]
markdown_extensions: [admonition, attr_list, def_list, md_in_html, tables, toc]
# The plugin does this by itself. Without it every page would list all others, which nobody would want to compare with.
not_in_nav: /postmortems/
validation:
  nav: {{omitted_files: info, not_found: warn, absolute_links: warn}}
  links: {{not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: warn}}
"""

WHOLE, KEPT = "{postmortems: {incremental: false}}", "{postmortems: {incremental: true}}"
"""The plugin in builds of everything, and in those by increments."""

ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": str(int(datetime.combine(LAST_DAY, time(), UTC).timestamp())),
}


MARKDOWNLINT = Path(__file__).parents[1] / "tests/tools/node_modules/.bin/markdownlint-cli2"
"""The Markdown linter that most repositories have, from `make tools`."""

MOST_MEMORY = 300
"""MiB that a check of 10,000 postmortems may take."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured at one size: the builds in the order of their pairs, and the best of the checks."""

    count: int
    plain: Sequence[Cost]
    plugin: Sequence[Cost]
    plain_size: Size
    plugin_size: Size
    reading: float
    checking: float
    check: Cost
    unchanged: Cost
    markdownlint: Cost | None
    increments: Increments


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report.

    `value` takes it from the figures of one size. `whole` says that it is of the whole knowledge base, so that
    linear growth is by the factor of the sizes; else it is of one postmortem or a ratio, and should stay as it is.
    `at_first` says that the aim is for the smallest size of a full run, `AT`, since the figure depends on the size.
    """

    name: str
    value: Callable[[Figures], float]
    show: Callable[[float], str]
    aim: float | None = None
    whole: bool = False
    at_first: bool = False


AT = 1_000
"""The number of postmortems that budgets are for."""

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

PACKED_INDEX = 300_000
"""Bytes that the page `/postmortems/` may have after gzip, with as many postmortems as may be."""


def _weight(kind: str, budget: float) -> Row:
    return Row(
        f"HTML of the largest page {kind}",
        lambda f: f.plugin_size.kinds.get(kind, float("nan")),
        _kilo,
        aim=budget,
        at_first=True,
    )


def _mega(value: float) -> str:
    return f"{value / 1e6:,.1f} MB"


def _kilo(value: float) -> str:
    return f"{value / 1e3:,.1f} kB"


def _seconds(value: float) -> str:
    return f"{value:,.1f} s"


def _ratio(value: float) -> str:
    return f"{value:.2f}"


def _milli(value: float) -> str:
    return f"{value:.2f} ms"


def _cpu(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.cpu for cost in costs)


def _memory(costs: Sequence[Cost]) -> float:
    return max(cost.memory for cost in costs)


ROWS = (
    Row("build: with the plugin ÷ without, by the clock", lambda f: statistics.median(waited(f)), _ratio, aim=1.25),
    Row("build: CPU with the plugin ÷ without", lambda f: statistics.median(with_share(f)), _ratio, aim=1.25),
    Row("  smallest of the pairs", lambda f: min(with_share(f)), _ratio),
    Row("  largest of the pairs", lambda f: max(with_share(f)), _ratio),
    Row("build: CPU with the plugin", lambda f: _cpu(f.plugin), _seconds, whole=True),
    Row("build: CPU without", lambda f: _cpu(f.plain), _seconds, whole=True),
    Row("build: CPU the plugin adds a postmortem", lambda f: added(f) * 1000 / f.count, _milli),
    Row("build: peak memory with the plugin", lambda f: _memory(f.plugin), _mega, whole=True),
    Row("build: peak memory without", lambda f: _memory(f.plain), _mega, whole=True),
    Row("build by increments: the first ÷ a whole one, CPU", lambda f: of_whole(f, f.increments.first), _ratio),
    Row("  nothing has changed ÷ a whole one", lambda f: of_whole(f, f.increments.unchanged), _ratio, aim=0.10),
    Row("  after one edit ÷ a whole one", lambda f: of_whole(f, f.increments.edited), _ratio, aim=0.12),
    Row("  after one edit, by the clock", lambda f: f.increments.edited.wall, _seconds, aim=1.2, at_first=True),
    Row("preview: from an edit to its page", lambda f: f.increments.served, _seconds, aim=1.5, at_first=True),
    Row("check: CPU a postmortem, in process", lambda f: f.reading + f.checking, _milli, aim=3.0),
    Row("  of that, reading", lambda f: f.reading, _milli),
    Row("  of that, the rules", lambda f: f.checking, _milli),
    Row("check ÷ markdownlint-cli2 on the same files: CPU", lambda f: beside(f, f.check), _ratio, aim=1 / 3),
    Row("  the same when nothing has changed since", lambda f: beside(f, f.unchanged), _ratio, aim=0.1),
    Row("check: by the clock a postmortem, whole command", lambda f: f.check.wall * 1000 / f.count, _milli),
    Row("check: CPU a postmortem, whole command", lambda f: f.check.cpu * 1000 / f.count, _milli, aim=3.0),
    Row("check: peak memory of the command", lambda f: f.check.memory, _mega, whole=True),
    Row("check: CPU of the command", lambda f: f.check.cpu, _seconds, whole=True),
    Row("HTML of a postmortem's page, median, with", lambda f: f.plugin_size.page_median, _kilo, aim=40_000),
    Row("HTML of a postmortem's page, median, without", lambda f: f.plain_size.page_median, _kilo),
    Row("HTML of a postmortem's page, largest, with", lambda f: f.plugin_size.page_largest, _kilo),
    Row("HTML of a postmortem's page, largest, without", lambda f: f.plain_size.page_largest, _kilo),
    *(_weight(kind, budget) for kind, budget in BUDGETS.items()),
    Row(
        "page /postmortems/, compressed",
        lambda f: f.plugin_size.packed.get("postmortems/", float("nan")),
        _kilo,
        aim=PACKED_INDEX,
    ),
    Row("whole site with the plugin", lambda f: f.plugin_size.whole, _mega, whole=True),
    Row("whole site without", lambda f: f.plain_size.whole, _mega, whole=True),
    Row("search index with the plugin", lambda f: f.plugin_size.search_index, _mega, whole=True),
    Row("search index without", lambda f: f.plain_size.search_index, _mega, whole=True),
)


def with_share(figures: Figures) -> list[float]:
    """The CPU time of each build with the plugin, divided by that of the build before it without."""
    return [b.cpu / a.cpu for a, b in zip(figures.plain, figures.plugin, strict=True)]


def waited(figures: Figures) -> list[float]:
    """The time that each build with the plugin took by the clock, divided by that of the build before it without."""
    return [b.wall / a.wall for a, b in zip(figures.plain, figures.plugin, strict=True)]


def beside(figures: Figures, cost: Cost) -> float:
    """The CPU time of a check divided by that of markdownlint-cli2; not a number where that is not installed."""
    return cost.cpu / figures.markdownlint.cpu if figures.markdownlint else float("nan")


def of_whole(figures: Figures, cost: Cost) -> float:
    """The CPU time of a build divided by that of a whole one with the plugin."""
    return cost.cpu / _cpu(figures.plugin)


def added(figures: Figures) -> float:
    """The CPU seconds that the plugin adds to a build, median of the pairs."""
    return statistics.median(b.cpu - a.cpu for a, b in zip(figures.plain, figures.plugin, strict=True))


def report(sizes: Sequence[Figures]) -> str:
    """All figures in one table; the last column compares the largest size with the smallest."""
    head = ["", *(f"{figures.count:,}" for figures in sizes), "growth", "aim", ""]
    lines = [head]
    first, last = sizes[0], sizes[-1]
    for row in ROWS:
        values = [row.value(figures) for figures in sizes]
        factor = last.count / first.count if row.whole else 1
        growth = values[-1] / values[0] / factor if values[0] > 0 else float("nan")
        aim = f"≤ {row.show(row.aim)}" if row.aim is not None else ""
        judged = max(values) if not row.at_first else values[0] if first.count == AT else float("nan")
        verdict = "" if row.aim is None or isnan(judged) else "met" if judged <= row.aim else "MISSED"
        lines.append([row.name, *map(row.show, values), _ratio(growth), aim, verdict])
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, len(head) - 1) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


class Progress:
    """One line on stderr before each step, with the time since the start, since a build takes a minute."""

    def __init__(self, steps: int) -> None:
        self.steps, self.step, self.begin = steps, 0, monotonic()

    def __call__(self, doing: str) -> None:
        self.step += 1
        print(f"[{self.step}/{self.steps}, {monotonic() - self.begin:4.0f} s] {doing}", file=sys.stderr, flush=True)


def measure(folder: Path, count: int, runs: int, progress: Progress) -> Figures:
    """Everything at one size; `folder` is empty and may be filled."""
    binaries = Path(sys.executable).parent
    progress(f"{count:,} postmortems: make them up")
    docs = folder / "docs"
    generate(docs, count)
    ids = [path.parent.relative_to(docs / "postmortems").as_posix() for path in docs.rglob("postmortem.md")]
    plain: list[Cost] = []
    plugin: list[Cost] = []
    sizes: dict[str, Size] = {}
    for run in range(1, runs + 1):
        for name, plugins, costs in (("plain", "search", plain), ("plugin", f"search, {WHOLE}", plugin)):
            progress(
                f"{count:,} postmortems: build {run} of {runs} {'with' if name == 'plugin' else 'without'} the plugin"
            )
            site, config = folder / f"site-{name}", folder / f"{name}.yml"
            config.write_text(MKDOCS_YML.format(docs=docs, site=site, plugins=plugins), "utf-8")
            costs.append(cost_of([str(binaries / "mkdocs"), "build", "-q", "-f", str(config)], folder, ENVIRONMENT))
            sizes[name] = size_of(site, ids)
            shutil.rmtree(site)
    progress(f"{count:,} postmortems: builds by increments")
    kept = folder / "kept.yml"
    kept.write_text(MKDOCS_YML.format(docs=docs, site=folder / "site-kept", plugins=f"search, {KEPT}"), "utf-8")
    several = increments(str(binaries / "mkdocs"), kept, docs, ENVIRONMENT)
    shutil.rmtree(folder / "site-kept")
    progress(f"{count:,} postmortems: check")
    rounds = max(3, runs)
    module = [sys.executable, "-m", "benchmarks.check_in_process", str(docs), str(rounds)]
    reading, checking = map(float, cost_of(module, Path(__file__).parents[1], ENVIRONMENT).said.split())
    command = [str(binaries / "postmortems"), "check", "--config", str(folder / "plugin.yml")]
    check = _best(lambda: cost_of([*command, "--no-cache"], folder, ENVIRONMENT), rounds)
    cost_of(command, folder, ENVIRONMENT)
    unchanged = _best(lambda: cost_of(command, folder, ENVIRONMENT), rounds)
    markdownlint = None
    if MARKDOWNLINT.exists():
        progress(f"{count:,} postmortems: markdownlint-cli2")
        linting = [str(MARKDOWNLINT), "docs/**/*.md"]
        markdownlint = _best(lambda: cost_of(linting, folder, ENVIRONMENT, good=(0, 1)), rounds)
    return Figures(
        count,
        plain,
        plugin,
        sizes["plain"],
        sizes["plugin"],
        reading,
        checking,
        check,
        unchanged,
        markdownlint,
        several,
    )


def _best(measured: Callable[[], Cost], rounds: int) -> Cost:
    return min((measured() for _ in range(rounds)), key=lambda cost: cost.cpu)


def check_of_many(folder: Path, count: int) -> str:
    """A sentence on a check of so many postmortems that a build of them would take too long here."""
    generate(folder / "docs", count)
    (folder / "mkdocs.yml").write_text("site_name: Benchmark\nplugins: [postmortems]\n", "utf-8")
    command = [str(Path(sys.executable).with_name("postmortems")), "check", "--no-cache"]
    cost = cost_of(command, folder, ENVIRONMENT)
    memory = cost.memory / 2**20
    verdict = "met" if memory <= MOST_MEMORY else "MISSED"
    return (
        f"check of {count:,} postmortems: {cost.cpu * 1000 / count:.2f} ms of CPU each, "
        f"{memory:,.0f} MiB at most (aim: {MOST_MEMORY} MiB, {verdict})"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; always 0, since a benchmark informs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="100 and 300 postmortems instead of 1,000 and 3,000")
    parser.add_argument("--runs", type=int, default=2, metavar="N", help="pairs of builds at each size (default: 2)")
    options = parser.parse_args(arguments)
    counts = (100, 300) if options.quick else (AT, 3_000)
    runs = max(1, options.runs)
    progress = Progress(len(counts) * (2 * runs + 3 + MARKDOWNLINT.exists()) + (not options.quick))
    sizes: list[Figures] = []
    many = ""
    cache = os.environ["POSTMORTEMS_CACHE"] = tempfile.mkdtemp(prefix="postmortems-bench-cache-")
    try:
        for count in counts:
            with tempfile.TemporaryDirectory(prefix="postmortems-bench-") as folder:
                sizes.append(measure(Path(folder), count, runs, progress))
        if not options.quick:
            progress("10,000 postmortems: check")
            with tempfile.TemporaryDirectory(prefix="postmortems-bench-") as folder:
                many = check_of_many(Path(folder), 10_000)
    except CommandError as failure:
        print(f"The benchmark ends here: {failure}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
    finally:
        shutil.rmtree(cache, ignore_errors=True)
    if sizes:
        print(report(sizes))
        if len(sizes) > 1:
            print("\nGrowth: 1.00 is linear; for a figure of one postmortem, or a ratio, it is unchanged.")
    if many:
        print(many)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Whether the promises on speed, memory and size hold, as ratios in one run.

`make bench`, or `python -m benchmarks.bench [--sizes N,N] [--runs N]`; `make bench SIZES=10000,100000` for the large
ones, which take long. Seconds differ from machine to machine, so the build with the plugin is set against a build of
the same pages without it, in turns; and a larger knowledge base against the smallest: 1.00 is linear growth. Of the
check at up to 3,000 postmortems the best of several runs counts. It informs and never fails. It needs a POSIX system.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from time import monotonic

from benchmarks.figures import Builds, Figures
from benchmarks.generate import generate
from benchmarks.incident import LAST_DAY
from benchmarks.increments import Increments, increments
from benchmarks.measure import CommandError, Cost, Size, cost_of, size_of
from benchmarks.rows import report

MKDOCS_YML = """\
site_name: Benchmark
docs_dir: {docs}
site_dir: {site}
theme:
  name: material
  font: false
  features: [navigation.indexes, navigation.prune, navigation.tabs]
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

_BINARIES = Path(sys.executable).parent
_PACKAGE = Path(__file__).parents[1] / "plugins"
_MKDOCS = str(_BINARIES / "mkdocs")

SIZES = (200, 1_000)
"""The sizes of a run that nobody has asked for others."""

COMPARED, BUILT = 3_000, 10_000
"""The largest sizes of which everything is measured, and of which a site is built."""


class Progress:
    """One line on stderr before each step, with the time since the start, since a build takes a minute."""

    def __init__(self, steps: int) -> None:
        self.steps, self.step, self.begin = steps, 0, monotonic()

    def __call__(self, doing: str) -> None:
        self.step += 1
        print(f"[{self.step}/{self.steps}, {monotonic() - self.begin:4.0f} s] {doing}", file=sys.stderr, flush=True)


def measure(folder: Path, count: int, runs: int, progress: Progress) -> Figures:
    """Everything at one size; `folder` is empty and may be filled."""
    progress(f"{count:,} postmortems: make them up")
    docs = folder / "docs"
    generate(docs, count)
    rounds = runs if count <= COMPARED else 1
    builds = measure_builds(folder, count, rounds, progress) if count <= BUILT else None
    kept = measure_increments(folder, count, progress) if count <= COMPARED else None
    config = folder / "plugin.yml"
    config.write_text(MKDOCS_YML.format(docs=docs, site=folder / "site", plugins=f"search, {WHOLE}"), "utf-8")
    command = [str(_BINARIES / "postmortems"), "check", "--config", str(config)]
    progress(f"{count:,} postmortems: check")
    in_process = None
    if count <= COMPARED:
        module = [sys.executable, "-m", "benchmarks.check_in_process", str(docs), str(max(3, rounds))]
        reading, checking = map(float, cost_of(module, Path(__file__).parents[1], ENVIRONMENT).said.split())
        in_process = reading, checking
    times = max(3, rounds) if count <= COMPARED else 1
    if count <= COMPARED:
        cold = _best(lambda: cost_of([*command, "--no-cache"], folder, ENVIRONMENT), times)
        cost_of(command, folder, ENVIRONMENT)
    else:
        cold = cost_of(command, folder, ENVIRONMENT)
    unchanged = _best(lambda: cost_of(command, folder, ENVIRONMENT), times)
    _edit_one(docs)
    edited = cost_of(command, folder, ENVIRONMENT)
    progress(f"{count:,} postmortems: list and metrics")
    listing, metrics = (
        cost_of([str(_BINARIES / "postmortems"), name, "--config", str(config)], folder, ENVIRONMENT)
        for name in ("list", "metrics")
    )
    markdownlint = None
    if count <= COMPARED and MARKDOWNLINT.exists():
        progress(f"{count:,} postmortems: markdownlint-cli2")
        linting = [str(MARKDOWNLINT), "docs/**/*.md"]
        markdownlint = _best(lambda: cost_of(linting, folder, ENVIRONMENT, good=(0, 1)), times)
    return Figures(count, cold, unchanged, edited, listing, metrics, in_process, markdownlint, builds, kept)


def measure_builds(folder: Path, count: int, runs: int, progress: Progress) -> Builds:
    """Pairs of builds."""
    docs = folder / "docs"
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
            costs.append(cost_of([_MKDOCS, "build", "-q", "-f", str(config)], folder, ENVIRONMENT))
            sizes[name] = size_of(site, ids)
            shutil.rmtree(site)
    return Builds(plain, plugin, sizes["plain"], sizes["plugin"])


def measure_increments(folder: Path, count: int, progress: Progress) -> Increments:
    """Builds after a build, and a preview."""
    progress(f"{count:,} postmortems: builds by increments")
    docs, site, config = folder / "docs", folder / "site-kept", folder / "kept.yml"
    config.write_text(MKDOCS_YML.format(docs=docs, site=site, plugins=f"search, {KEPT}"), "utf-8")
    found = increments(_MKDOCS, config, docs, ENVIRONMENT)
    shutil.rmtree(site)
    return found


def _best(measured: Callable[[], Cost], rounds: int) -> Cost:
    return min((measured() for _ in range(rounds)), key=lambda cost: cost.cpu)


def _edit_one(docs: Path) -> None:
    documents = sorted(docs.glob("postmortems/*/*/postmortem.md"))
    path = documents[len(documents) // 2]
    path.write_text(path.read_text("utf-8").replace("\n## ", "\nOne more sentence for the check.\n\n## ", 1), "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; always 0, since a benchmark informs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--sizes",
        type=_sizes,
        default=SIZES,
        metavar="N,N",
        help="numbers of postmortems (default: 200,1000); above 3,000 no builds by increments, above 10,000 no builds",
    )
    parser.add_argument("--runs", type=int, default=2, metavar="N", help="pairs of builds at each size (default: 2)")
    options = parser.parse_args(arguments)
    runs = max(1, options.runs)
    progress = Progress(sum(_steps(count, runs) for count in options.sizes))
    # As installed packages are. Where Python writes no bytecode, each command would compile hundreds of modules anew.
    compileall.compile_dir(_PACKAGE, quiet=1)
    sizes: list[Figures] = []
    cache = os.environ["POSTMORTEMS_CACHE"] = tempfile.mkdtemp(prefix="postmortems-bench-cache-")
    try:
        for count in options.sizes:
            with tempfile.TemporaryDirectory(prefix="postmortems-bench-") as folder:
                sizes.append(measure(Path(folder), count, runs, progress))
    except CommandError as failure:
        print(f"The benchmark ends here: {failure}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
    finally:
        shutil.rmtree(cache, ignore_errors=True)
    if sizes:
        print(report(sizes))
        print("\nAn aim without a size is for every size; one whose size was not measured has no verdict.")
    if len(sizes) > 1:
        print("Growth: 1.00 is linear; for a figure of one postmortem, or a ratio, it is unchanged.")
    return 0


def _sizes(text: str) -> tuple[int, ...]:
    try:
        sizes = sorted({int(number) for number in text.split(",")})
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a list of numbers such as 200,1000") from None
    if sizes[0] < 3:
        raise argparse.ArgumentTypeError("a size is at least 3")
    return tuple(sizes)


def _steps(count: int, runs: int) -> int:
    """The number of lines of progress at one size."""
    if count > BUILT:
        return 3
    return 5 if count > COMPARED else 2 * runs + 4 + MARKDOWNLINT.exists()


if __name__ == "__main__":
    sys.exit(main())

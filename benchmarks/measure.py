"""What a child process costs, and how large a built site is.

Maintainers: everything that is measured runs in a process of its own. On Linux a child's peak memory is never below
that of the process that started it, so whoever measures has to stay small: do not read a corpus in here.
"""

from __future__ import annotations

import gzip
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in a unit of `ru_maxrss`."""


class CommandError(Exception):
    """A measured command that did not end well; the text is what it said last."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU time (user and system, its workers' too) and by the clock, and peak memory in bytes of one
    process; `said` is its stdout."""

    cpu: float
    wall: float
    memory: int
    said: str


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes of a built site: its postmortems' pages (median and largest), its search index, everything.

    `kinds` has the largest page of every kind, `packed` the same after gzip; a kind is the page's address with a star
    for all but the first folder: `patterns/*/`.
    """

    page_median: float
    page_largest: float
    search_index: float
    whole: float
    kinds: Mapping[str, float]
    packed: Mapping[str, float]


def cost_of(command: Sequence[str], folder: Path, environment: Mapping[str, str], good: Collection[int] = (0,)) -> Cost:
    """Run a command in `folder` to its end, which is to have one of the exit codes `good`."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err, env={**os.environ, **environment})
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        wall = monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said, complaint = out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace")
    if process.returncode not in good:
        last = "\n".join((complaint or said).splitlines()[-12:])
        raise CommandError(f"{' '.join(command)} ended with {process.returncode}:\n{last}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * _UNIT, said)


def size_of(site: Path, ids: Sequence[str]) -> Size:
    """The size of a built site; `ids` are those of its postmortems."""
    pages = [_page(site, one).stat().st_size for one in ids]
    largest = _largest(site)
    return Size(
        page_median=statistics.median(pages),
        page_largest=max(pages),
        search_index=(site / "search" / "search_index.json").stat().st_size,
        whole=sum(path.stat().st_size for path in site.rglob("*") if path.is_file()),
        kinds={kind: path.stat().st_size for kind, path in largest.items()},
        packed={kind: len(gzip.compress(path.read_bytes(), mtime=0)) for kind, path in largest.items()},
    )


def _largest(site: Path) -> dict[str, Path]:
    """The largest page of every kind."""
    found: dict[str, Path] = {}
    for path in sorted(site.rglob("index.html"), key=lambda one: one.stat().st_size):
        first, *others = path.relative_to(site).parent.parts or ("",)
        found["/".join([first, *("*" for _ in others), ""]) if first else "/"] = path
    return found


def _page(site: Path, one: str) -> Path:
    """A postmortem's page: at its id, which is the plugin's doing, or where MkDocs alone puts it."""
    page = site / "postmortems" / one / "index.html"
    return page if page.exists() else page.parent / "postmortem" / "index.html"

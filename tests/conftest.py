"""What all tests share: a sound postmortem, a knowledge base written as a mapping, and a build of it."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from shutil import rmtree

import pytest
from hypothesis import settings

from tests.commands import run

# No test has a time limit: on a busy machine hypothesis' own of 200 ms fails what is sound.
settings.register_profile("without deadline", deadline=None)
settings.register_profile("brief", deadline=None, max_examples=20)  # of `make unit`
settings.load_profile("without deadline")


MEMORY = Path("/dev/shm")
"""A file system in memory, as Linux has it."""


def _has_room(folder: Path) -> bool:
    """Ask for four times the space that a run needs, and for programs that may run: containers tend to allow neither."""
    if not os.access(folder, os.W_OK):
        return False
    seen = os.statvfs(folder)
    return seen.f_bavail * seen.f_frsize > 4 * 2**30 and not seen.f_flag & os.ST_NOEXEC


def pytest_configure(config: pytest.Config) -> None:
    """No test uses or fills the cache of whoever runs it. Workers get the environment of the first process.

    Containers tend to forbid Python to store what it has compiled. A run starts hundreds of processes, which would all
    compile the same modules. And a run writes and removes 150,000 files, most of them in sites: where there is room they
    stay in memory.
    """
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not hasattr(config, "workerinput"):
        place = str(MEMORY) if "TMPDIR" not in os.environ and _has_room(MEMORY) else tempfile.gettempdir()
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", place)  # where the folders of failed tests stay
        os.environ["TMPDIR"] = tempfile.tempdir = tempfile.mkdtemp(prefix="postmortems-tests-", dir=place)
        Path(tempfile.tempdir).chmod(0o755)  # as that of the system is: a test looks into it as another user
        os.environ["POSTMORTEMS_CACHE"] = f"{tempfile.tempdir}/cache"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what tests have kept, and what processes that were killed have left."""
    if not hasattr(config, "workerinput"):
        rmtree(os.environ.pop("TMPDIR"), ignore_errors=True)


TAKE_LONG = frozenset(("built", "chromium", "run_in", "start", "shared"))
"""Fixtures that stand for a site, a browser or a process."""
START = frozenset(("subprocess", "run_other", "preview", "Twins"))
"""Names in a file of tests that starts such a thing itself."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have each worker begin with the files that take long, so that none waits at the end for what another began last.

    xdist gives each worker a part of the list, from its begin to its end, and has those who are done take from others.
    """
    long = {item.path for item in items if _takes_long(item)}
    kinds = ([item for item in items if item.path in long], [item for item in items if item.path not in long])
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [
        item
        for number in range(workers)
        for kind in kinds
        for item in kind[number * len(kind) // workers : (number + 1) * len(kind) // workers]
    ]


def _takes_long(item: pytest.Item) -> bool:
    needed, known = getattr(item, "fixturenames", ()), vars(getattr(item, "module", None) or object)
    return bool(item.get_closest_marker("large")) or not (TAKE_LONG.isdisjoint(needed) and START.isdisjoint(known))


def pytest_collection_finish() -> None:
    """Have the garbage collector leave alone what lives until the end: ten thousand tests and all that they import."""
    gc.collect()
    gc.freeze()


MKDOCS_YML = """\
site_name: Knowledge base
theme:
  name: material
  font: false
plugins:
  - search
  - postmortems
markdown_extensions: [attr_list, tables]
validation:
  links: {not_found: warn, anchors: warn, unrecognized_links: warn}
"""

TWO_SCHEMES = """\
theme:
  name: material
  font: false
  features: [navigation.indexes, navigation.tabs]
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, toggle: {icon: material/weather-night, name: Dark}}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {icon: material/weather-sunny, name: Light}}
"""
"""A theme with tabs, and a light and a dark scheme that follow the reader's."""

PATTERN = """\
---
title: Database issues
family: database
aliases: [db]
---

The database is rarely the first thing that breaks.

## What it looks like

Sessions wait.

## How to notice it

Count those that wait.

## What helps

Stop the writes.

## How to prevent it

Set a lock timeout.
"""

FRONT_MATTER = """\
---
title: Checkout times out
status: published
severity: SEV2
services: [checkout]
owner: Payments
started_at: 2026-03-02T14:20:00Z
detected_at: 2026-03-02T14:23:00Z
mitigated_at: 2026-03-02T14:45:00Z
resolved_at: 2026-03-02T16:00:00Z
detected_by: alert
root_cause: connection pool exhaustion
patterns: [database-issues]
published_on: 2026-03-09
---
"""

SURVEY = """\
- {safe_to_speak_up: [0, 0, 1, 2, 3], we_share_what_we_learn: [0, 0, 1, 2, 3],
   improvements_happen: [0, 0, 1, 2, 3], teams_work_together: [0, 0, 1, 2, 3]}
"""

BODY = """\

## Executive Summary

Checkout answered slowly for 25 minutes.

## Timeline

| Time (UTC) | Event | Action taken |
|---|---|---|
| 2026-03-02 14:20 | Requests queue for a connection | |
| 14:23 | Alert on response time | On-call paged |
| 14:45 | Response time is normal | Pool enlarged |
| 16:00 | Leak fixed and released | |

## Root Cause Analysis

### Primary Cause

Connections leaked on one error path.

### Contributing Factors

- The pool had no alert on its use.
- The error path had no test.

## Impact Assessment

### Technical Impact

- 12 % of requests timed out.

### Business Impact

- 340 orders were placed late.

## Response Evaluation

### What Went Well

- The alert named the pool.

### Areas for Improvement

- The dashboard did not show the leak.

## Action Items

### Immediate

- [x] [Payments] Alert on pool use above 80 % (kind: detect, done: 2026-03-05)
- [ ] [Payments] Test the error path (kind: prevent, due: 2026-12-20)

## Lessons Learned

A pool is a queue.
"""

POSTMORTEM = FRONT_MATTER + BODY
POSTMORTEM_PATH = "docs/postmortems/2026/01-checkout/postmortem.md"

Write = Callable[[Mapping[str, str | bytes]], Path]

TOOLS = Path(__file__).parent / "tools" / "node_modules"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a sound knowledge base below a folder, with the given files added or put in its place; give the folder."""

    def write_files(files: Mapping[str, str | bytes]) -> Path:
        whole: dict[str, str | bytes] = {
            "mkdocs.yml": MKDOCS_YML,
            "docs/index.md": "# Home\n",
            "docs/patterns/database-issues.md": PATTERN,
            POSTMORTEM_PATH: POSTMORTEM,
        }
        for path, content in (whole | dict(files)).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return write_files


@pytest.fixture
def run_in() -> Callable[..., subprocess.CompletedProcess[str]]:
    """One of the installed commands as a user runs it: run_in(folder, "mkdocs", "build")."""
    return run


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share; `made_once` in `tests/sites.py` keeps them apart."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def built(shared: Path) -> Callable[[str], Path]:
    """The root of one of the sites that many tests look at, by its name in `tests/sites.py`."""
    from tests.sites import built_site  # which needs what stands above

    return partial(built_site, shared=shared)


@pytest.fixture
def sound() -> dict[str, str]:
    """The parts of the sound knowledge base, by name."""
    return {"postmortem": POSTMORTEM, "front_matter": FRONT_MATTER, "body": BODY, "path": POSTMORTEM_PATH}


@pytest.fixture(scope="session")
def tool() -> Callable[[str], Path]:
    """A file of a program of others, by its path below `tests/tools/node_modules`.

    Where `make tools` has not run the test is skipped; in CI, where POSTMORTEMS_NEED_TOOLS is set, it fails instead.
    """

    def find(path: str) -> Path:
        if not (TOOLS / path).exists():
            message = f"{path} is not here: `make tools` installs it"
            if os.environ.get("POSTMORTEMS_NEED_TOOLS"):
                pytest.fail(message)
            pytest.skip(message)
        return TOOLS / path

    return find

"""A second run is answered from the cache, and says what a first one would have said."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from postmortems import pipeline as run
from postmortems.cli.check import command
from postmortems.pipeline import run_pipeline
from postmortems.read import postmortems
from postmortems.read.store import open_store
from postmortems.settings import Settings

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    cache = tmp_path_factory.mktemp("cache")
    cache.chmod(0o700)
    monkeypatch.setenv("POSTMORTEMS_CACHE", str(cache))
    return cache


def fresh_and_kept(folder: Path, run_in: Run, *options: str) -> str:
    """What three runs say: one without the cache, and two with it; all must agree."""
    said = {run_in(folder, "postmortems", "check", *options, *more).stdout for more in (("--no-cache",), (), ())}
    assert len(said) == 1
    return said.pop()


def changes(folder: Path, sound: dict[str, str]) -> list[Callable[[], object]]:
    """Everything that a run may depend on, each changed in turn."""
    path = folder / sound["path"]
    return [
        lambda: path.write_text(sound["postmortem"].replace("## Timeline", "## Tim"), "utf-8"),
        lambda: path.with_name("timeline.json").write_text("[", "utf-8"),
        lambda: path.with_name("timeline.json").unlink(),
        lambda: (folder / "docs/patterns/database-issues.md").unlink(),
        lambda: (folder / "mkdocs.yml").write_text(
            "site_name: x\nplugins: [{postmortems: {levels: {PM101: off}}}]\n", "utf-8"
        ),
        lambda: path.rename(path.with_name("other.md")),
    ]


def test_no_change_is_missed(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    folder = write({})
    seen = [fresh_and_kept(folder, run_in)]
    for change in changes(folder, sound):
        change()
        seen.append(fresh_and_kept(folder, run_in))
    assert all(one != other for one, other in pairwise(seen))


def test_another_day_is_another_run(write: Write, run_in: Run) -> None:
    folder = write({})
    for day in ("2026-03-10", "2027-01-01"):
        fresh_and_kept(folder, run_in, "--today", day)


def test_a_change_that_keeps_size_and_time_is_seen(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    folder = write({})
    path = folder / sound["path"]
    before = path.stat()
    assert fresh_and_kept(folder, run_in) == "2 files, nothing to report\n"
    path.write_text(sound["postmortem"].replace("severity: SEV2", "severity: SEVX"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert "SEVX" in fresh_and_kept(folder, run_in)


def test_a_damaged_cache_is_one_line_and_changes_nothing(write: Write, run_in: Run, cache: Path) -> None:
    folder = write({})
    run_in(folder, "postmortems", "check")
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:5000])
    done = run_in(folder, "postmortems", "check")
    assert (done.returncode, done.stdout) == (0, "2 files, nothing to report\n")
    assert done.stderr == f"postmortems: {file}: was damaged; the next run recreates it\n"
    assert run_in(folder, "postmortems", "check").stderr == ""


def test_without_a_home_a_check_goes_on(write: Write, run_in: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write({})
    monkeypatch.setenv("POSTMORTEMS_CACHE", "/dev/null/x")
    done = run_in(folder, "postmortems", "check")
    assert (done.returncode, done.stdout) == (0, "2 files, nothing to report\n")
    assert done.stderr.count("\n") == 1
    assert run_in(folder, "postmortems", "list").returncode == 0


def test_a_build_after_a_check_asks_no_rule_again(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = write({}) / "docs"
    store = open_store(docs.parent)
    first = run_pipeline(docs, Settings(), date(2026, 3, 10), store=store)

    def not_again(*_: object, **__: object) -> None:
        pytest.fail("the rules were asked again")

    monkeypatch.setattr(run, "check_corpus", not_again)
    again = run_pipeline(docs, Settings(), date(2026, 3, 10), store=store)
    assert again.diagnostics == first.diagnostics
    assert again.corpus.postmortems == first.corpus.postmortems
    store.close()


def test_a_check_that_counts_fixes_reads_no_other_file_again(
    write: Write, sound: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sound["path"].replace("/postmortem.md", "-other/postmortem.md")
    folder = write({other: sound["postmortem"].replace("severity: SEV2", "severity: sev-2")})
    read: list[str] = []
    parse = postmortems.read_postmortem
    monkeypatch.setattr(postmortems, "read_postmortem", lambda *given: read.append(given[0]) or parse(*given))
    options = ["--config", str(folder / "mkdocs.yml"), "--statistics"]
    for expected in (2, 0):
        read.clear()
        done = CliRunner().invoke(command, options)
        assert "would fix 1" in done.output
        assert len(read) == expected

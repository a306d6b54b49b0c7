"""Builds by increments on another day, with other options, beside each other, and with stores that are no good."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from tests.commands import ENVIRONMENT
from tests.publish.knowledge_base import FILES, FIRST
from tests.publish.preview import preview
from tests.publish.random_changes import edited, random_changes
from tests.publish.twins import MKDOCS_YML, Twins, different_files


@pytest.fixture
def built(tmp_path: Path) -> Twins:
    """Twins that have been built once."""
    twins = Twins(tmp_path / "twins", FILES)
    assert twins.build() == []
    return twins


@pytest.mark.large
def test_another_day_and_other_ways_to_build(built: Twins) -> None:
    in_may = str(int(ENVIRONMENT["SOURCE_DATE_EPOCH"]) + 40 * 86_400)
    assert built.build(SOURCE_DATE_EPOCH=in_may) == []
    assert built.build() == []
    built.change(edited("docs/index.md", "runbook.md", "gone.md"))
    assert built.build("--quiet") == []
    assert built.build() == []
    assert "gone.md" in built.said
    assert built.build("--strict", code=1) == []
    built.change(edited("docs/index.md", "gone.md", "runbook.md"))
    assert built.build("--strict") == []
    built.change(edited("docs/runbook.md", "## First steps", "## Begin"))
    assert built.build("--strict", code=1) == []
    assert "first-steps" in built.said


@pytest.mark.large
def test_a_store_that_is_damaged_missing_or_nowhere(built: Twins, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    at = {"POSTMORTEMS_CACHE": str(cache)}
    assert built.build(**at) == []
    stores = list(cache.glob("*-build.sqlite"))
    assert len(stores) == 1
    whole = stores[0].read_bytes()
    for number, damaged in enumerate((
        whole[: len(whole) // 2], b"", b"x" * 5000,
        *(whole[:begin] + b"\xff" * 3000 + whole[begin + 3000 :] for begin in range(5000, len(whole), len(whole) // 4)),
    )):  # fmt: skip
        stores[0].write_bytes(damaged)
        built.change(edited(FIRST, "Connections leaked", f"Connections{number} leaked"))
        found = [line for line in built.build(**at) if "sqlite" not in line]
        assert found == []
        built.change(edited(FIRST, f"Connections{number} leaked", "Connections leaked"))
    stores[0].unlink(missing_ok=True)
    assert built.build(**at) == []
    nowhere = tmp_path / "file"
    nowhere.write_text("", "utf-8")
    assert [line for line in built.build(POSTMORTEMS_CACHE=str(nowhere / "x")) if "not used" not in line] == []


@pytest.mark.large
def test_two_builds_at_once_and_one_that_is_killed(built: Twins, tmp_path: Path) -> None:
    at = {"POSTMORTEMS_CACHE": str(tmp_path / "cache")}
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", "-q"]

    def begun(site: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*command, "-d", site], cwd=built.kept, env={**os.environ, **ENVIRONMENT, **at})

    both = [begun("one"), begun("two")]
    assert [process.wait() for process in both] == [0, 0]
    assert built.build(**at) == []
    for site in ("one", "two"):
        assert different_files(built.kept / site, built.whole / "site") == []
    built.change({"mkdocs.yml": MKDOCS_YML.replace("Knowledge base", "Other name")})
    third = begun("three")
    # It is killed when it has begun to write pages, if it has not ended by then.
    while third.poll() is None and not (built.kept / "three" / "index.html").exists():
        time.sleep(0.01)
    third.kill()
    third.wait()
    assert built.build(**at) == []


@pytest.mark.large
def test_a_preview_after_a_build(built: Twins) -> None:
    pages = {}
    for folder in (built.kept, built.whole):
        with preview(folder) as site:
            first = site.until("postmortems/2026/01-checkout/", lambda page: "error path" in page)
            edited(FIRST, "Connections leaked on one", "Connections leaked on *two*")(folder)
            second = site.until("postmortems/2026/01-checkout/", lambda page: "<em>two</em>" in page)
            others = [site.get(name) for name in ("", "patterns/database-issues/", "postmortems/", "runbook/")]
            pages[folder] = [re.sub(r"\d{5,}|livereload\([^)]*\)", "", text) for text in (first, second, *others)]
            pages[folder] = [text.replace(site.address.rstrip("/"), "") for text in pages[folder]]
    assert pages[built.kept] == pages[built.whole]
    assert "<em>two</em>" in pages[built.kept][1]
    assert built.build() == []


@pytest.mark.large
def test_random_edits(tmp_path: Path) -> None:
    number = int(os.environ.get("POSTMORTEMS_EDITS", "8"))
    random = Random(os.environ.get("POSTMORTEMS_SEED", "1"))
    twins = Twins(tmp_path, FILES)
    assert twins.build() == []
    for step in range(number):
        names = [twins.change(change) or name for name, change in random_changes(random, twins.kept)]
        # An edit may be one that the check refuses.
        assert twins.build(code=None) == [], (step, names)

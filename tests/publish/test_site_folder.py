"""The site's folder is not emptied: whatever lies in it, a build leaves there what a whole build would, and no more."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from tests.commands import ENVIRONMENT, run
from tests.publish.knowledge_base import FILES, FIRST
from tests.publish.random_changes import edited
from tests.publish.twins import MKDOCS_YML, Step, Twins, different_files, steps

ASIDE = "site/.postmortems-last-site"
PAGE = "site/postmortems/2026/01-checkout/index.html"


@pytest.fixture
def built(tmp_path: Path) -> Twins:
    """Twins that have been built once."""
    twins = Twins(tmp_path / "twins", FILES)
    assert twins.build() == []
    return twins


def times(folder: Path) -> dict[str, int]:
    """When each file of the site was written."""
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.mark.large
def test_only_what_has_changed_is_written(built: Twins) -> None:
    site = built.kept / "site"
    before = times(site)
    built.change(edited(FIRST, "Connections leaked on one error path.", "Connections leaked on *two* error paths."))
    assert built.build() == []
    after = times(site)
    assert after["postmortems/2026/01-checkout/index.html"] != before["postmortems/2026/01-checkout/index.html"]
    for same in ("runbook/index.html", "patterns/lost-leader/index.html", "services/cart/index.html",
                 "data/postmortems/2026/02-cart.json"):  # fmt: skip
        assert after.get(same) == before.get(same), same
    written = {name for name, at in after.items() if before.get(name) != at and name.endswith(".html")}
    assert len(written) < len([name for name in after if name.endswith(".html")]) / 2
    assert "skipped" not in built.said


def as_a_link(folder: Path) -> None:
    """A page that is a link to a file elsewhere, which nobody may write into."""
    (folder / "elsewhere.html").write_text("mine", "utf-8")
    (folder / PAGE).unlink()
    (folder / PAGE).symlink_to(folder / "elsewhere.html")


def with_another_name(folder: Path) -> None:
    """A page with a second name, as a copy by hard links has it."""
    (folder / "snapshot.html").hardlink_to(folder / PAGE)
    edited(FIRST, "Connections leaked", "Sockets leaked")(folder)


def a_folder_as_a_link(folder: Path) -> None:
    """A folder of the site that is a link to one elsewhere."""
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "kept.txt").write_text("mine", "utf-8")
    (folder / "site/patterns/more").symlink_to(folder / "elsewhere")


def read_only(folder: Path) -> None:
    """Pages that nobody may write."""
    (folder / PAGE).chmod(0o400)
    edited(FIRST, "Sockets leaked", "Threads leaked")(folder)


def both(*changes: Callable[[Path], object] | Mapping[str, str]) -> Callable[[Path], None]:
    """Several changes in one."""

    def change(folder: Path) -> None:
        for each in changes:
            if callable(each):
                each(folder)
            else:
                for name, text in each.items():
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    (folder / name).write_text(text, "utf-8")

    return change


DAMAGED: Sequence[Step] = (
    ("a page is changed", {PAGE: "mine"}),
    ("as long as before", lambda folder: (folder / PAGE).write_bytes(b"x" * (folder / PAGE).stat().st_size) and None),
    ("a page is gone", {PAGE: None}),
    ("a folder is gone", {"site/patterns": None}),
    ("data is changed", {"site/data/postmortems.json": "[]"}),
    ("another file", {"site/secret.txt": "mine", "site/postmortems/old/index.html": "old", "site/a/.hidden": "x"}),
    ("empty folders", lambda folder: (folder / "site/a/b/c").mkdir(parents=True)),
    ("a folder for a page", lambda folder: both(Path.unlink, Path.mkdir)(folder / "site/index.html")),
    ("a file for a folder", both(lambda folder: shutil.rmtree(folder / "site/patterns"), {"site/patterns": "file"})),
    ("a link", as_a_link),
    ("a folder as a link", a_folder_as_a_link),
    ("left aside", {f"{ASIDE}/index.html": "old", f"{ASIDE}/patterns/index.html": "old"}),
)  # fmt: skip

CHANGED: Sequence[Step] = (
    ("another name", with_another_name),
    ("read only", read_only),
    ("a page that moves", lambda folder: (folder / "docs/runbook.md").rename(folder / "docs/index2.md") and None),
    ("a page in its folder's place", {"docs/runbook/index.md": "# Runbook\n\n## First steps\n"}),
    ("addresses without folders", edited("mkdocs.yml", "theme:", "use_directory_urls: false\ntheme:")),
    ("and with them", edited("mkdocs.yml", "use_directory_urls: false\n", "")),
    ("no template for a page", both({"docs/blank.md": "---\ntemplate: blank.html\n---\n", "over/blank.html": "{{ page.title }}"},
                                    edited("mkdocs.yml", "  font: false", "  font: false\n  custom_dir: over"))),
    ("a blank template", {"over/blank.html": "\n"}),
    ("a blank template again", {}),
    ("a plugin of others", edited("mkdocs.yml", "- search", "- search\n  - material/tags")),
)  # fmt: skip


@pytest.mark.large
def test_whatever_others_do_to_the_site(built: Twins) -> None:
    whole = built.whole
    for name, damage in DAMAGED:
        built.change(damage, built.kept)
        assert run(built.kept, "mkdocs", "build", "-q").stderr == "", name
        assert different_files(built.kept / "site", whole / "site") == [], name
    assert (built.kept / "elsewhere.html").read_text("utf-8") == "mine"
    assert (built.kept / "elsewhere/kept.txt").read_text("utf-8") == "mine"
    assert not (built.kept / ASIDE).exists()


@pytest.mark.large
def test_whatever_changes_beside_the_site(built: Twins) -> None:
    assert steps(built, CHANGED) == []
    assert "Connections leaked" in (built.kept / "snapshot.html").read_text("utf-8")
    modes = {path.stat().st_mode for path in (built.kept / "site").rglob("*.html")}
    assert modes == {(built.whole / "site/index.html").stat().st_mode}


@pytest.mark.large
def test_the_files_of_pagefind(tmp_path: Path) -> None:
    twins = Twins(tmp_path, {**FILES, "mkdocs.yml": MKDOCS_YML.replace("search: material", "search: pagefind")})
    site, index = twins.kept / "site", twins.kept / "site/assets/postmortems/pagefind"
    assert twins.build() == []
    before = times(index)
    assert before
    twins.change(lambda folder: (folder / "site/assets/postmortems/pagefind/more.txt").write_text("x") and None)
    assert twins.build() == []
    assert times(index) == before
    twins.change(edited(FIRST, "Connections leaked", "Sockets leaked"))
    assert twins.build() == []
    twins.change(edited("mkdocs.yml", "search: pagefind", "search: material"))
    assert twins.build() == []
    assert not index.exists()
    assert (site / "index.html").exists()


@pytest.mark.large
def test_a_build_that_fails_or_is_ended_leaves_nothing_aside(built: Twins) -> None:
    built.change({"over/main.html": "{% extends 'base.html' %}{% block content %}{{ 1 / 0 }}{% endblock %}"})
    built.change(edited("mkdocs.yml", "  font: false", "  font: false\n  custom_dir: over"))
    assert run(built.kept, "mkdocs", "build", "-q").returncode == 1
    assert not (built.kept / ASIDE).exists()
    built.change({"over/main.html": "{% extends 'base.html' %}"})
    assert built.build() == []
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", "-q"]
    for ended in (signal.SIGINT, signal.SIGKILL) * 2:
        process = subprocess.Popen(command, cwd=built.kept, env={**os.environ, **ENVIRONMENT})
        while process.poll() is None and not (built.kept / ASIDE).exists():
            time.sleep(0.001)
        process.send_signal(ended)
        process.wait()
        # Whoever is killed at that moment leaves the site aside, and the next build removes it.
        assert ended == signal.SIGKILL or not (built.kept / ASIDE).exists()
        assert built.build() == []
        assert not (built.kept / ASIDE).exists()


@pytest.mark.large
def test_without_it_the_folder_is_left_to_mkdocs(built: Twins) -> None:
    site = built.kept / "site"
    (site / "more.txt").write_text("mine", "utf-8")
    assert run(built.kept, "mkdocs", "build", "-q", "--dirty").returncode == 0
    assert (site / "more.txt").exists()
    edited("mkdocs.yml", "incremental: true", "incremental: false")(built.kept)
    before = times(site)
    assert run(built.kept, "mkdocs", "build", "-q").returncode == 0
    assert not {name for name, at in times(site).items() if before.get(name) == at}
    assert different_files(site, built.whole / "site") == []

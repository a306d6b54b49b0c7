"""What MkDocs would give up at is refused while the old site still stands, or is no part of the site."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]

WITHOUT_RULES = (
    "site_name: x\ntheme: {name: material, font: false}\nplugins: [{postmortems: {levels: {PM001: off, PM704: off}}}]\n"
)


def test_a_link_that_leads_round_is_refused_whatever_the_levels_say(write: Write, run_in: Run) -> None:
    folder = write({"mkdocs.yml": WITHOUT_RULES, "site/index.html": "old"})
    (folder / "docs/postmortems/2026/01-checkout/up").symlink_to("../..")
    done = run_in(folder, "mkdocs", "build", "-q")
    assert done.returncode == 1
    line = "links to folders form a loop or reach too many files: remove postmortems/2026/01-checkout/up"
    assert line in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "site/index.html").read_text("utf-8") == "old"


def test_what_cannot_be_read_is_no_part_of_the_site(write: Write, run_in: Run) -> None:
    folder = write({"mkdocs.yml": WITHOUT_RULES, "docs/sound.txt": "x"})
    docs = folder / "docs"
    (docs / os.fsdecode(b"caf\xe9")).mkdir()
    for name in (b"caf\xe9/postmortem.md", b"caf\xe9.md", b"caf\xe9.png"):
        (docs / os.fsdecode(name)).write_text("x", "utf-8")
    os.mkfifo(docs / "pipe.txt")
    (docs / "self.txt").symlink_to("self.txt")
    (docs / "null.md").symlink_to("/dev/null")
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    assert {path.name for path in (folder / "site").glob("*.txt")} == {"sound.txt", "llms.txt", "csp.txt"}
    assert not [path for path in (folder / "site").rglob("*") if "caf" in path.name or "null" in path.name]


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit", "markdown", "rdjson"])
def test_a_name_that_is_not_utf8_can_be_reported_in_every_format(write: Write, run_in: Run, form: str) -> None:
    folder = write({})
    (folder / "docs" / os.fsdecode(b"caf\xe9.md")).write_text("x", "utf-8")
    done = run_in(folder, "postmortems", "check", "--format", form)
    assert (done.returncode, "caf" in done.stdout, done.stderr) == (1, True, "")
